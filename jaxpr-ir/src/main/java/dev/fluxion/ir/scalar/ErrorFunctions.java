package dev.fluxion.ir.scalar;

/**
 * The error function, its complement and its inverse.
 *
 * <p>Only {@link StrictMath}, correctly rounded operations and a fixed order of evaluation are used: a result has the
 * same bits on every machine. The rational coefficients were fitted for this class to 60-digit values (least squares,
 * reweighted towards equal errors); before the rounding of its coefficients each is off by less than
 * 2e-18 of the function.
 */
public final class ErrorFunctions {
    private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

    /** {@code erf(x)/x - 1} in {@code x^2}, for {@code |x| <= 1}. */
    private static final double[] ERF = {
        0.1283791670955126, -0.3761263890318375, 0.11283791670954885, -0.026866170645077857,
        0.005223977624828275, -0.0008548326981417146, 0.00012055331132666538, -1.4925595765598274e-05,
        1.6461008377590637e-06, -1.6350395212596814e-07, 1.4660322248921086e-08, -1.1374931854938982e-09,
        5.96064672364565e-11
    };

    /** A lower bound of {@code exp(x^2) erfc(x)} on [0.5, 2]: the error of what remains beside it counts for less. */
    private static final double MIDDLE = 0.25;

    /** {@code exp(x^2) erfc(x) - MIDDLE} in {@code x - 0.5}, for {@code 0.5 <= x <= 2}. */
    private static final double[] MIDDLE_P = {
        0.3656903441929259,
        0.2994979686287298,
        0.01802752939063083,
        -0.09215850021233207,
        -0.05801714157981103,
        -0.017033767972706306,
        -0.0026144531640933783,
        -0.00017189973891515824
    };

    private static final double[] MIDDLE_Q = {
        1.0, 2.2209686540228533, 2.180389540618725, 1.229502972741352,
        0.4313194894130771, 0.09446056065534732, 0.012009649472127812, 0.0006875956381182527
    };

    /** {@code x^2 (x exp(x^2) erfc(x) - 1/sqrt(pi))} in {@code 1/x^2}, for {@code x >= 2}. */
    private static final double[] TAIL_P = {
        -0.28209479177387414, -9.171833267781103, -107.41520884346636, -566.0104908040676,
        -1367.3319464340018, -1365.5772249866166, -411.4010308552994, -5.5039502337236055
    };

    private static final double[] TAIL_Q = {
        1.0, 34.013302390672216, 428.04695471019943, 2534.1004957674077,
        7430.402349034836, 10417.618572148654, 6136.988107291431, 1074.3421246972619
    };

    /** First guess {@code erfInv(x)/x} in {@code x^2}, for {@code |x| <= 0.75}; relative error 6e-8. */
    private static final double[] CENTRE_P = {
        0.8862268752160241, -0.9776852778090086, 0.18546515482899484, 0.01089308788478643
    };

    private static final double[] CENTRE_Q = {1.0, -1.3650042712266595, 0.42277871446605503};

    /** First guess {@code erfInv(x)} in {@code sqrt(-log(1 - x))}, for {@code 0.75 <= x < 1}; relative error 2e-8. */
    private static final double[] EDGE_P = {
        -0.012212959945815564, 0.10902130253245554, 0.49514978050205055, 1.7485292777847532, 0.395007950337843
    };

    private static final double[] EDGE_Q = {1.0, 1.1397397658145403, 1.7617439829576813, 0.39476342869528586};

    private ErrorFunctions() {}

    /**
     * {@code erf(x) = 2/sqrt(pi) * integral from 0 to x of exp(-t^2) dt}, for every x.
     *
     * <p>{@code erf(+-0) = +-0}, {@code erf(+-inf) = +-1}, NaN gives NaN.
     *
     * <p>Method: a polynomial in {@code x^2} up to 1, {@code 1 - erfc(x)} beyond. Largest error found: 1.1 ulp
     * over 24000 points.
     */
    public static double erf(double x) {
        double a = Math.abs(x);
        if (a <= 1) {
            return x + x * Elementary.polynomial(ERF, x * x);
        }
        return Math.copySign(1 - erfc(a), x);
    }

    /**
     * {@code erfc(x) = 1 - erf(x)}, for every x, with full relative accuracy in the right tail.
     *
     * <p>{@code erfc(-inf) = 2}, {@code erfc(inf) = 0}, NaN gives NaN. Results below 2.2e-308 (x above 26.54) are
     * subnormal, and 0 from 27.23 on.
     *
     * <p>Method: {@code 1 - erf(x)} up to 0.5; beyond, {@code exp(-x^2)} times a rational function. A rounding of
     * {@code x^2} would be an error of up to {@code x^2} half ulps in the power: {@code x^2} is kept in two parts.
     * Largest error found: 3.1 ulp over 24000 points up to 26.5.
     */
    public static double erfc(double x) {
        if (x < -1) {
            return 2 - erfc(-x);
        }
        if (x < 0.5) {
            return 1 - (x + x * Elementary.polynomial(ERF, x * x));
        }
        if (x >= 28) {
            return 0;
        }
        double factor;
        if (x < 2) {
            double t = x - 0.5;
            factor = MIDDLE + Elementary.polynomial(MIDDLE_P, t) / Elementary.polynomial(MIDDLE_Q, t);
        } else {
            double u = 1 / (x * x);
            factor = (TWO_OVER_SQRT_PI / 2 + u * (Elementary.polynomial(TAIL_P, u) / Elementary.polynomial(TAIL_Q, u)))
                    / x;
        }
        double square = x * x;
        double rest = Math.fma(x, x, -square);
        return StrictMath.exp(-square) * (factor - factor * rest);
    }

    /**
     * The y with {@code erf(y) = x}, for {@code -1 <= x <= 1}.
     *
     * <p>{@code erfInv(+-0) = +-0}, {@code erfInv(+-1) = +-inf}; NaN outside the domain and for NaN.
     *
     * <p>Method: a rational first guess and one step of Halley's iteration, which takes its relative error of at most
     * 6e-8 below 1e-17. The residual is taken from erfc where {@code |x| >= 0.5}: {@code 1 - |x|} is exact there, and
     * what is left of erfc near {@code |x| = 1} has its full precision. Largest error found: 1.8 ulp over 24000 points.
     */
    public static double erfInv(double x) {
        double a = Math.abs(x);
        if (!(a < 1)) {
            return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
        }
        double complement = 1 - a;
        double y;
        if (a <= 0.75) {
            double z = a * a;
            y = a * (Elementary.polynomial(CENTRE_P, z) / Elementary.polynomial(CENTRE_Q, z));
        } else {
            double s = Math.sqrt(-StrictMath.log(complement));
            y = Elementary.polynomial(EDGE_P, s) / Elementary.polynomial(EDGE_Q, s);
        }
        double residual = a < 0.5 ? erf(y) - a : complement - erfc(y);
        double newton = residual * StrictMath.exp(y * y) / TWO_OVER_SQRT_PI;
        return Math.copySign(y - newton / (1 + y * newton), x);
    }
}
