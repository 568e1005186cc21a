package dev.fluxion.ir.scalar;

/** Elementary functions with nearly twice the digits of a double. */
final class DoubleDoubleFunctions {
    static final double PI = Math.PI;

    static final double PI_LOW = 1.2246467991473532e-16;

    private static final double LOG_2 = 0.6931471805599453;

    private static final double LOG_2_LOW = 2.3190468138462996e-17;

    /** {@code 1, 1/3, 1/5 ...}, as many in two parts as count for small arguments. */
    private static final double[] ATANH = inverseOddNumbers(3);

    private static final double[] ATANH_TAIL = {1 / 7.0, 1 / 9.0, 1 / 11.0, 1 / 13.0, 1 / 15.0};

    /** {@code 1, -1/3!, 1/5! ...} */
    private static final double[] SINE = inverseFactorials(1, 3);

    private static final double[] SINE_TAIL = {
        -1 / 5040.0, 1 / 362880.0, -1 / 39916800.0, 1 / 6227020800.0, -1 / 1307674368000.0
    };

    /** {@code 1, -1/2!, 1/4! ...} */
    private static final double[] COSINE = inverseFactorials(0, 3);

    private static final double[] COSINE_TAIL = {
        -1 / 720.0, 1 / 40320.0, -1 / 3628800.0, 1 / 479001600.0, -1 / 87178291200.0
    };

    /** {@code log(1 + i/16)}, in two parts each. */
    private static final double[] LOGARITHMS = new double[2 * 17];

    /** {@code sin(pi i/32)}, in two parts each. */
    private static final double[] SINES = new double[2 * 17];

    static {
        double[] noTail = {0};
        double[] atanh = inverseOddNumbers(36);
        for (int i = 0; i <= 16; i++) {
            DoubleDouble quotient = new DoubleDouble(i, 0).over(new DoubleDouble(32 + i, 0));
            DoubleDouble square = new DoubleDouble(quotient).times(quotient);
            put(DoubleDouble.polynomial(atanh, noTail, square).times(quotient).times(2, 0), LOGARITHMS, i);
        }
        double[] sine = inverseFactorials(1, 14);
        double[] cosine = inverseFactorials(0, 14);
        for (int i = 0; i <= 8; i++) {
            DoubleDouble angle = new DoubleDouble(PI, PI_LOW).times(i / 32.0, 0);
            DoubleDouble square = new DoubleDouble(angle).times(angle);
            put(DoubleDouble.polynomial(sine, noTail, square).times(angle), SINES, i);
            put(DoubleDouble.polynomial(cosine, noTail, square), SINES, 16 - i);
        }
    }

    private DoubleDoubleFunctions() {}

    /**
     * {@code log x} of a positive normal x, a new number that is off by some 2^-95 of the larger of 1 and itself.
     *
     * <p>{@code x = 2^k m}, and {@code log m = log c + 2 atanh((m - c)/(m + c))} with {@code c} the nearest multiple of 1/16.
     */
    static DoubleDouble log(DoubleDouble x) {
        int k = Math.getExponent(x.high());
        double power = Double.longBitsToDouble((long) Double.MAX_EXPONENT - k << 52);
        double high = x.high() * power;
        double low = x.low() * power;
        double i = Math.rint(high * 16);
        double c = i / 16;
        DoubleDouble quotient = new DoubleDouble(high, low).plus(-c, 0).over(new DoubleDouble(high, low).plus(c, 0));
        DoubleDouble square = new DoubleDouble(quotient).times(quotient);
        int at = 2 * (int) i - 32;
        return DoubleDouble.polynomial(ATANH, ATANH_TAIL, square)
                .times(quotient)
                .times(2, 0)
                .plus(new DoubleDouble(LOG_2, LOG_2_LOW).times(k, 0).plus(LOGARITHMS[at], LOGARITHMS[at + 1]));
    }

    /** {@code sin(pi x)} of {@code 0 <= x <= 1/2}, a new number that is off by some 2^-88 of itself. */
    static DoubleDouble sinOfPi(double x) {
        int i = (int) Math.rint(x * 32);
        DoubleDouble rest = rest(x, i);
        DoubleDouble square = new DoubleDouble(rest).times(rest);
        DoubleDouble sine = DoubleDouble.polynomial(SINE, SINE_TAIL, square).times(rest);
        DoubleDouble cosine = DoubleDouble.polynomial(COSINE, COSINE_TAIL, square);
        return rotated(sine, cosine, i);
    }

    /** {@code 1 / tan(pi x)} of {@code 0 < x <= 1/2}, a new number that is off by some 2^-88 of the larger of 1 and itself. */
    static DoubleDouble cotOfPi(double x) {
        int i = (int) Math.rint(x * 32);
        DoubleDouble rest = rest(x, i);
        DoubleDouble square = new DoubleDouble(rest).times(rest);
        DoubleDouble sine = DoubleDouble.polynomial(SINE, SINE_TAIL, square).times(rest);
        DoubleDouble cosine = DoubleDouble.polynomial(COSINE, COSINE_TAIL, square);
        DoubleDouble sinOfAll = rotated(new DoubleDouble(sine), new DoubleDouble(cosine), i);
        // The sine of the complement.
        return rotated(sine.times(-1, 0), cosine, 16 - i).over(sinOfAll);
    }

    private static DoubleDouble rest(double x, int i) {
        return new DoubleDouble(PI, PI_LOW).times(x - i / 32.0, 0);
    }

    /** The sine of {@code pi i/32} and an angle. */
    private static DoubleDouble rotated(DoubleDouble sine, DoubleDouble cosine, int i) {
        return sine.times(SINES[32 - 2 * i], SINES[33 - 2 * i]).plus(cosine.times(SINES[2 * i], SINES[2 * i + 1]));
    }

    private static double[] inverseOddNumbers(int count) {
        double[] result = new double[2 * count];
        for (int i = 0; i < count; i++) {
            put(new DoubleDouble(2 * i + 1, 0).inverted(), result, i);
        }
        return result;
    }

    /** {@code 1/n!, -1/(n+2)!, 1/(n+4)! ...} */
    private static double[] inverseFactorials(int n, int count) {
        double[] result = new double[2 * count];
        DoubleDouble last = new DoubleDouble(1, 0);
        for (int i = 0; i < count; i++) {
            put(last, result, i);
            last.over(new DoubleDouble(-(n + 2.0 * i + 1) * (n + 2.0 * i + 2), 0));
        }
        return result;
    }

    /** As element {@code index} of an array of numbers in two parts. */
    static void put(DoubleDouble number, double[] array, int index) {
        array[2 * index] = number.high();
        array[2 * index + 1] = number.low();
    }
}
