package dev.fluxion.ir.scalar;

/**
 * The gamma functions of negative arguments that are no poles, by reflection: with {@code d} the difference from the nearest
 * pole, which is exact,
 *
 * <pre>
 * lgamma(x)   = log(pi / |sin(pi d)|) - lgamma(1 - x)
 * digamma(x)  = digamma(1 - x) - pi / tan(pi d)
 * trigamma(x) = (pi / sin(pi d))^2 - trigamma(1 - x)
 * </pre>
 *
 * <p>The first two have zeros between the poles, where the right side cancels: it is evaluated with nearly twice the digits
 * of a double, and next to a zero, where these do not suffice either, by {@link GammaNearZeros}. Errors are relative to the
 * result everywhere; the largest found are 0.503, 0.503 and 0.73 ulp.
 */
final class GammaOfNegatives {
    /** The error of the sums here is some 2^-90: results below it could show that. */
    private static final double NEAR_ZERO = 0x1p-30;

    /** For smaller arguments the pole at 0 alone counts, to 2^-64. */
    private static final double TINY = 0x1p-64;

    /** For {@code y} below it the series are taken of {@code y + 16}, for others of {@code y + 1}. */
    private static final double NEAR = GammaSeries.FROM - 1;

    private static final int MIDDLE = GammaSeries.FROM / 2;

    /**
     * {@code (y+1) (y+2) ... (y+15) / (y+8) = (u+15) (u+28) ... (u+63)} in {@code u = y (y+16)}: of the factors, in pairs from
     * both ends, {@code (y+8-i) (y+8+i) = u + 64 - i^2}. The coefficients are in two
     * parts, of which the second is 0: they are whole numbers that doubles hold.
     */
    private static final double[] PRODUCT = new double[GammaSeries.FROM];

    /** Its derivative. */
    private static final double[] DERIVATIVE = new double[PRODUCT.length - 2];

    private static final double[] NO_TAIL = {0};

    /** {@code B(2k)}: the series of trigamma, from {@link #TRIGAMMA_FROM} on. */
    private static final double[] TRIGAMMA = new double[11];

    private static final int TRIGAMMA_FROM = 8;

    static {
        double[] product = new double[MIDDLE];
        product[0] = 1;
        for (int i = 1; i < MIDDLE; i++) {
            for (int j = i; j >= 0; j--) {
                product[j] = product[j] * (MIDDLE * MIDDLE - i * i) + (j > 0 ? product[j - 1] : 0);
            }
        }
        PRODUCT[0] = product[0];
        for (int i = 1; i < MIDDLE; i++) {
            PRODUCT[2 * i] = product[i];
            DERIVATIVE[2 * i - 2] = i * product[i];
        }
        for (int i = 0; i < TRIGAMMA.length; i++) {
            TRIGAMMA[i] = Bernoulli.NUMERATORS[i] / Bernoulli.DENOMINATORS[i];
        }
    }

    private GammaOfNegatives() {}

    static double lgamma(double x) {
        double y = -x;
        if (y < TINY) {
            return -StrictMath.log(y);
        }
        DoubleDouble quotient = piOverSine(x);
        if (y < NEAR) { // Gamma(y + 16) = Gamma(y + 1) (y+1) ... (y+15)
            quotient.times(DoubleDouble.polynomial(PRODUCT, NO_TAIL, unknown(y)))
                    .times(DoubleDouble.sum(y, MIDDLE));
        }
        double result = DoubleDoubleFunctions.log(quotient)
                .minus(GammaSeries.lgamma(seriesArgument(y)))
                .high();
        return Math.abs(result) < NEAR_ZERO ? GammaNearZeros.lgamma(x) : result;
    }

    static double digamma(double x) {
        double y = -x;
        if (y < TINY) {
            return 1 / y;
        }
        double d = x - Math.rint(x);
        double side = Math.signum(d);
        DoubleDouble sum = DoubleDoubleFunctions.cotOfPi(Math.abs(d))
                .times(-side * DoubleDoubleFunctions.PI, -side * DoubleDoubleFunctions.PI_LOW)
                .plus(GammaSeries.digamma(seriesArgument(y)));
        if (y < NEAR) { // digamma(y + 16) = digamma(y + 1) + 1/(y+1) + ... + 1/(y+15): of the logarithm of that product
            DoubleDouble u = unknown(y);
            DoubleDouble middle = DoubleDouble.sum(y, MIDDLE);
            DoubleDouble product = DoubleDouble.polynomial(PRODUCT, NO_TAIL, u);
            DoubleDouble numerator = DoubleDouble.polynomial(DERIVATIVE, NO_TAIL, u)
                    .times(2, 0)
                    .times(middle)
                    .times(middle)
                    .plus(product);
            sum.minus(numerator.over(product.times(middle)));
        }
        double result = sum.high();
        return Math.abs(result) < NEAR_ZERO ? GammaNearZeros.digamma(x) : result;
    }

    /** The first term is 9 at least and the other 1.65 at most: doubles suffice for that. */
    static double trigamma(double x) {
        double y = -x;
        if (y < TINY) {
            double inverse = 1 / y;
            double square = inverse * inverse;
            double lost = Math.fma(inverse, inverse, -square) + 2 * inverse * (Math.fma(-inverse, y, 1) * inverse);
            return square == Double.POSITIVE_INFINITY ? square : square + lost;
        }
        double far = y + 1;
        double sum = 0;
        for (; far < TRIGAMMA_FROM; far += 1) {
            sum += 1 / (far * far);
        }
        double inverse = 1 / far;
        double square = inverse * inverse;
        double series = inverse + square * (0.5 + inverse * Elementary.polynomial(TRIGAMMA, square));
        DoubleDouble quotient = piOverSine(x);
        return quotient.times(quotient).plus(-(sum + series), 0).high();
    }

    /** {@code pi / |sin(pi x)|} */
    private static DoubleDouble piOverSine(double x) {
        return new DoubleDouble(DoubleDoubleFunctions.PI, DoubleDoubleFunctions.PI_LOW)
                .over(DoubleDoubleFunctions.sinOfPi(Math.abs(x - Math.rint(x))));
    }

    /** {@code y (y + 16)}, the unknown of {@link #PRODUCT}. */
    private static DoubleDouble unknown(double y) {
        return DoubleDouble.sum(y, GammaSeries.FROM).times(y, 0);
    }

    private static DoubleDouble seriesArgument(double y) {
        return DoubleDouble.sum(y, y < NEAR ? GammaSeries.FROM : 1);
    }
}
