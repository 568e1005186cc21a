package dev.fluxion.ir.scalar;

/**
 * The logarithm of the gamma function and its derivatives.
 *
 * <p>Only {@link StrictMath}, correctly rounded operations and a fixed order of evaluation are used: a result has the
 * same bits on every machine. The rational coefficients were fitted for this class to 60-digit values (least squares,
 * reweighted towards equal errors); before the rounding of its coefficients each is off by less than
 * 4e-18 of the function.
 */
public final class GammaFunctions {
    /**
     * {@code lgamma(1+d) / (d (d-1)) - 0.375} in {@code d + 0.5}, for {@code -0.5 <= d <= 1.5}: the zeros at d = 0 and
     * 1 are divided out, and the error of what remains beside the constant counts for less.
     */
    private static final double[] LGAMMA_P = {
        0.3881532572329334,
        2.139204095783914,
        4.299509064341631,
        3.6136365063268023,
        0.6910544074726624,
        -0.7017694414486249,
        -0.3919654636019129,
        -0.06328340283099339,
        -0.002765054537209404,
        -1.1770981509035616e-06
    };

    private static final double[] LGAMMA_Q = {
        1.0, 7.013060074767695, 19.759873607581337, 28.716777031608977,
        23.03061877981616, 10.145525578419488, 2.3108079443057195, 0.23670061445303883,
        0.0077551513088452975
    };

    /** {@code B(2k) / (2k (2k-1))}, k = 1 ...: the series of Stirling in {@code 1/x^2}. */
    private static final double[] STIRLING = {
        1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0, -691 / 360360.0, 1 / 156.0, -3617 / 122400.0
    };

    /** The part of {@code (x - 1/2) (log(x) - 1) + ...} that does not depend on x: {@code (log(2 pi) - 1) / 2}. */
    private static final double STIRLING_CONSTANT = 0.4189385332046727;

    /** The positive root of digamma, less 1, in two parts. */
    private static final double ROOT = 0.46163214496836236;

    private static final double ROOT_REST = -1.5522348162858677e-17;

    /** {@code digamma(1+d) / (d - root) - 0.625} in {@code d + 0.5}, for {@code -0.5 <= d <= 1.5}. */
    private static final double[] DIGAMMA_P = {
        1.416851487905516,
        2.101624428680061,
        0.6488565803035943,
        -0.2398917442296705,
        -0.15976592704293083,
        -0.027895293327748046,
        -0.001732645156157032,
        -2.8591039407364505e-05
    };

    private static final double[] DIGAMMA_Q = {
        1.0, 3.606588344014173, 4.148009338550933, 2.1175445796190044,
        0.526320322060019, 0.06268798113633464, 0.0031520187354880944, 4.62311414501087e-05
    };

    /** {@code B(2k) / (2k)}, k = 1 ...: the asymptotic series of digamma in {@code 1/x^2}. */
    private static final double[] DIGAMMA_SERIES = {
        1 / 12.0, -1 / 120.0, 1 / 252.0, -1 / 240.0, 1 / 132.0, -691 / 32760.0, 1 / 12.0, -3617 / 8160.0
    };

    /** {@code B(2k) / (2k)!}, k = 1 ...: the coefficients of the summation formula of Euler and Maclaurin. */
    private static final double[] EULER_MACLAURIN = {
        0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07,
        2.08767569878681e-08, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
        8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19
    };

    /** From here on the asymptotic series of lgamma and digamma are exact to well below an ulp. */
    private static final double ASYMPTOTIC = 10;

    private GammaFunctions() {}

    /**
     * {@code lgamma(x) = log |Gamma(x)|}, for every x.
     *
     * <p>{@code +inf} at the poles 0, -1, -2, ... and at both infinities; exactly 0 at 1 and 2; NaN gives NaN.
     *
     * <p>Method: a rational function times {@code (x-1)(x-2)} on [0.5, 2.5], the recurrence
     * {@code Gamma(x+1) = x Gamma(x)} up to 10, the series of Stirling beyond. Largest error found: 3.0 ulp over 24000
     * points, the zeros 1 and 2 included. Negative x: {@link GammaOfNegatives}, 0.503 ulp over 10^6 points, most of them
     * next to the zeros between the poles.
     */
    public static double lgamma(double x) {
        if (x <= 0) {
            return isPole(x) ? Double.POSITIVE_INFINITY : GammaOfNegatives.lgamma(x);
        }
        if (x < 0.5) {
            return lgamma1p(x) - StrictMath.log(x);
        }
        if (x <= 2.5) {
            return lgamma1p(x - 1);
        }
        if (x < ASYMPTOTIC) {
            double y = x;
            double product = 1;
            while (y > 2.5) {
                y -= 1;
                product *= y;
            }
            return lgamma1p(y - 1) + StrictMath.log(product);
        }
        double inverse = 1 / x;
        return (x - 0.5) * (StrictMath.log(x) - 1)
                + (STIRLING_CONSTANT + inverse * Elementary.polynomial(STIRLING, inverse * inverse));
    }

    private static boolean isPole(double x) {
        return x <= 0 && x == Math.rint(x);
    }

    /** {@code lgamma(1+d)} for {@code -0.5 <= d <= 1.5}; +0 at both zeros. */
    private static double lgamma1p(double d) {
        double t = d + 0.5;
        return 0 - d * (1 - d) * (0.375 + Elementary.polynomial(LGAMMA_P, t) / Elementary.polynomial(LGAMMA_Q, t));
    }

    /**
     * {@code digamma(x) = d/dx log Gamma(x)}, for every x.
     *
     * <p>NaN at the poles 0, -1, -2, ... and at {@code -inf}; {@code digamma(inf) = inf}; NaN gives NaN.
     *
     * <p>Method: a rational function times the distance from the root 1.4616... on [0.5, 2.5], the recurrence
     * {@code digamma(x+1) = digamma(x) + 1/x} up to 10, the asymptotic series beyond. Largest error found: 2.6 ulp over
     * 24000 points, the root included. Negative x: {@link GammaOfNegatives}, 0.503 ulp over 10^6 points, most of them next
     * to the roots between the poles.
     */
    public static double digamma(double x) {
        if (x <= 0) {
            return isPole(x) ? Double.NaN : GammaOfNegatives.digamma(x);
        }
        if (x < 0.5) {
            return digamma1p(x) - 1 / x;
        }
        if (x <= 2.5) {
            return digamma1p(x - 1);
        }
        if (x < ASYMPTOTIC) {
            double y = x;
            double sum = 0;
            while (y > 2.5) {
                y -= 1;
                sum += 1 / y;
            }
            return sum + digamma1p(y - 1);
        }
        double inverse = 1 / x;
        double u = inverse * inverse;
        return StrictMath.log(x) - inverse * (0.5 + inverse * Elementary.polynomial(DIGAMMA_SERIES, u));
    }

    /** {@code digamma(1+d)} for {@code -0.5 <= d <= 1.5}. */
    private static double digamma1p(double d) {
        double t = d + 0.5;
        return ((d - ROOT) - ROOT_REST)
                * (0.625 + Elementary.polynomial(DIGAMMA_P, t) / Elementary.polynomial(DIGAMMA_Q, t));
    }

    /**
     * {@code polygamma(n, x) = d^n/dx^n digamma(x) = (-1)^(n+1) n! (1/x^(n+1) + 1/(x+1)^(n+1) + ...)}, for n >= 0 and
     * every x.
     *
     * <p>At the poles 0, -1, -2, ... and at {@code -inf}: {@code +inf} for odd n, NaN for even n, whose two sides
     * differ in sign. {@code polygamma(n, inf)} is the limit 0, with the sign of the approach (JAX: NaN). NaN gives
     * NaN. {@code polygamma(0, x) = digamma(x)}.
     *
     * <p>Method: the sum above, its far part by the formula of Euler and Maclaurin; for negative x the two-sided sum,
     * which has period 1, less the part that does not belong ({@code n = 1}: {@link GammaOfNegatives}, 0.73 ulp). The
     * cost grows with n. Largest error found, over n = 1, 2, 3, 4, 7, 20 and 60: for positive x 3.4 ulp over 50000
     * points. For negative x and odd n 2.9 ulp over 18000 points. For negative x and even n 3.6 ulp over 23000 points,
     * of the larger of the result and {@code |polygamma(n, d)|} with d the distance from the nearest pole: an absolute
     * error near the roots there.
     *
     * @throws IllegalArgumentException for a negative n
     */
    public static double polygamma(int n, double x) {
        if (n < 0) {
            throw new IllegalArgumentException("polygamma of order " + n);
        }
        if (n == 0) {
            return digamma(x);
        }
        double parity = (n & 1) == 1 ? 1 : -1; // (-1)^(n+1), also the symmetry of the two-sided sum
        if (!(x <= 0)) {
            return parity * zeta(n, x);
        }
        if (isPole(x)) {
            return parity > 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (n == 1) {
            return GammaOfNegatives.trigamma(x);
        }
        double d = x - Math.rint(x);
        double side = d > 0 ? 1 : parity;
        double near = zeta(n, Math.abs(d));
        double twoSided = Math.abs(d) == 0.5 && parity < 0 ? 0 : near + parity * zeta(n, 1 - Math.abs(d));
        if (!(Math.abs(twoSided) < Double.POSITIVE_INFINITY)) {
            return parity * side * Double.POSITIVE_INFINITY; // the nearest pole decides
        }
        return parity * side * twoSided - zeta(n, 1 - x);
    }

    /** {@code n! (1/x^(n+1) + 1/(x+1)^(n+1) + ...)} for n >= 1 and x > 0 or NaN. */
    private static double zeta(int n, double x) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return 1 / x;
        }
        if (x < 1e-155) {
            return Double.POSITIVE_INFINITY; // 1/x^2 overflows
        }
        // n! / x^(n+1) with twice the digits, x = m 2^exponent, every 2^shift taken out.
        int exponent = Math.getExponent(x);
        double m = Math.scalb(x, -exponent);
        long shift = -exponent * (n + 1L);
        double f = 1;
        double fRest = 0;
        double p = m;
        double pRest = 0;
        for (int i = 1; i <= n; i++) {
            double product = f * i;
            fRest = Math.fma(f, i, -product) + fRest * i;
            double power = p * m;
            pRest = Math.fma(p, m, -power) + pRest * m;
            int up = Math.getExponent(product);
            int down = Math.getExponent(power);
            f = Math.scalb(product, -up);
            fRest = Math.scalb(fRest, -up);
            p = Math.scalb(power, -down);
            pRest = Math.scalb(pRest, -down);
            shift += up - down;
        }
        double scale = (f + fRest) / (p + pRest);
        double sum = relativeZeta(n, x);
        int sumExponent = Math.getExponent(sum);
        shift = Math.clamp(shift + sumExponent, -3000, 3000);
        return Math.scalb(scale * Math.scalb(sum, -sumExponent), (int) shift);
    }

    /** {@code 1 + (x/(x+1))^(n+1) + (x/(x+2))^(n+1) + ...} */
    private static double relativeZeta(int n, double x) {
        double order = n + 1.0;
        double start = ASYMPTOTIC + n;
        int head = x < start ? (int) Math.ceil(start - x) : 0;
        double far = x + head;
        double power = order / far;
        double series = 0;
        for (int k = 0; k < EULER_MACLAURIN.length; k++) {
            series += EULER_MACLAURIN[k] * power;
            power *= ((order + 2 * k + 1) / far) * ((order + 2 * k + 2) / far);
        }
        // From the smallest term to the largest. As exp of log1p a term is off by the size of its own exponent, which
        // is
        // small where the term counts; a power of the rounded quotient would be off by n ulps.
        double sum = (far / n + (0.5 + series)) * StrictMath.exp(-order * StrictMath.log1p(head / x));
        for (int j = head - 1; j >= 0; j--) {
            sum += StrictMath.exp(-order * StrictMath.log1p(j / x));
        }
        return sum;
    }
}
