package dev.fluxion.ir.scalar;

/** The asymptotic series of lgamma and digamma with nearly twice the digits of a double, for arguments from {@link #FROM} on. */
final class GammaSeries {
    /** The least argument. */
    static final int FROM = 16;

    /** The first so many coefficients are in two parts. */
    private static final int HEAD = 3;

    /** {@code B(2k) / (2k (2k-1))} */
    private static final double[] LGAMMA = new double[2 * HEAD];

    private static final double[] LGAMMA_TAIL = new double[Bernoulli.COUNT - HEAD];

    /** {@code B(2k) / (2k)} */
    private static final double[] DIGAMMA = new double[2 * HEAD];

    private static final double[] DIGAMMA_TAIL = new double[Bernoulli.COUNT - HEAD];

    private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

    private static final double HALF_LOG_TWO_PI_LOW = -3.8782941580672414e-17;

    static {
        for (int i = 0; i < Bernoulli.COUNT; i++) {
            int twice = 2 * (i + 1);
            double denominator = Bernoulli.DENOMINATORS[i] * twice;
            put(Bernoulli.NUMERATORS[i], denominator, DIGAMMA, DIGAMMA_TAIL, i);
            put(Bernoulli.NUMERATORS[i], denominator * (twice - 1), LGAMMA, LGAMMA_TAIL, i);
        }
    }

    private GammaSeries() {}

    private static void put(double numerator, double denominator, double[] head, double[] tail, int i) {
        if (i < HEAD) {
            DoubleDoubleFunctions.put(new DoubleDouble(numerator, 0).over(new DoubleDouble(denominator, 0)), head, i);
        } else {
            tail[i - HEAD] = numerator / denominator;
        }
    }

    /** {@code (z - 1/2) log z - z + log(2 pi)/2 + (B(2)/2 + B(4)/(12 z^2) + ...)/z}, a new number that is off by some 2^-94 of the first term. */
    static DoubleDouble lgamma(DoubleDouble z) {
        DoubleDouble inverse = new DoubleDouble(z).inverted();
        DoubleDouble square = new DoubleDouble(inverse).times(inverse);
        DoubleDouble series = DoubleDouble.polynomial(LGAMMA, LGAMMA_TAIL, square)
                .times(inverse)
                .plus(HALF_LOG_TWO_PI, HALF_LOG_TWO_PI_LOW);
        DoubleDouble factor = new DoubleDouble(z).plus(-0.5, 0);
        return DoubleDoubleFunctions.log(z).times(factor).minus(z).plus(series);
    }

    /** {@code log z - 1/(2z) - (B(2)/2 + B(4)/(4 z^2) + ...)/z^2}, a new number that is off by some 2^-94. */
    static DoubleDouble digamma(DoubleDouble z) {
        DoubleDouble inverse = new DoubleDouble(z).inverted();
        DoubleDouble square = new DoubleDouble(inverse).times(inverse);
        DoubleDouble series = DoubleDouble.polynomial(DIGAMMA, DIGAMMA_TAIL, square)
                .times(square)
                .plus(inverse.times(0.5, 0));
        return DoubleDoubleFunctions.log(z).minus(series);
    }
}
