package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code log Gamma(x)} for {@code x >= 0}, one quotient of polynomials and one logarithm for all of it:
 *
 * <pre>
 * x &lt; 1       lgamma(x + 1) - log x
 * x &lt; 5/2     (x - 1) (x - 2) (C + N(x - 1)/D(x - 1))
 * otherwise   (x - 1/2) (log x - 1) + STIRLING + N(x^2)/(x D(x^2))
 * </pre>
 *
 * <p>Factors are exact or sums of two doubles, so that errors are relative to the result at its zeros 1 and 2, too.
 */
final class LgammaProgram {
    /** Where the series of Stirling begins. */
    private static final double FAR = 2.5;

    private static final double C = 0.46875;
    /** {@code lgamma(1 + d) / (d (d - 1)) - C} for {@code d} in [0, 3/2]; relative error 2^-60.3. */
    private static final double[] NEAR_N = {
        0.10846566490153287,
        0.10902553432743285,
        -0.19178230671328472,
        -0.34446562818261106,
        -0.1913373284252311,
        -0.04461126276617463,
        -0.004061464489223626,
        -0.00010001114492866608
    };

    private static final double[] NEAR_D = {
        1.0,
        3.266258526803225,
        4.184160964502644,
        2.665946141304196,
        0.8849527772159135,
        0.14639309846554843,
        0.01042431029065704,
        0.00021767613363018237
    };

    /** {@code x} times what the series of Stirling adds, from the highest power of {@code 1/x^2}; error 2^-59.4 of lgamma. */
    private static final double[] FAR_N = {
        -0.0021326546396989122,
        0.21584626698234166,
        1.4959759646472528,
        2.0275382331614122,
        0.7940363126341166,
        0.08333333333333082
    };

    private static final double[] FAR_D = {
        0.0, 3.036661944117878, 18.68911192154528, 24.639660625645597, 9.56176908493342, 1.0
    };

    private static final double[] NEAR_N_SINGLE = {
        0.10846566408872604, -0.08604231476783752, -0.14163629710674286, -0.023369431495666504
    };

    private static final double[] NEAR_D_SINGLE = {1.0, 1.4678254127502441, 0.5801125764846802, 0.053994569927453995};

    private static final double[] FAR_N_SINGLE = {0.018105216324329376, 0.08333303034305573};

    private static final double[] FAR_D_SINGLE = {0.25048187375068665, 1.0};

    private LgammaProgram() {}

    static Atom lgamma(Steps s, Atom x) {
        Atom isSmall = s.compare(CompareOp.LT, x, lit(1.0));
        Atom isFar = s.compare(CompareOp.GE, x, lit(FAR));
        Atom below = s.sub(x, lit(1.0));
        Atom d = s.select(isSmall, x, below);
        Atom dMinus1 = s.select(isSmall, below, s.sub(x, lit(2.0)));
        // Beyond, the last term of the series no longer counts, and its powers are to stay finite.
        Atom huge = lit(s.pick(0x1p80, 0x1p14));
        Atom moderate = s.select(s.compare(CompareOp.GT, x, huge), huge, x);
        Atom square = s.mul(moderate, moderate);
        Atom numerator = s.select(
                isFar, s.horner(square, s.pick(FAR_N, FAR_N_SINGLE)), s.horner(d, s.pick(NEAR_N, NEAR_N_SINGLE)));
        Atom denominator = s.select(
                isFar,
                s.mul(moderate, s.horner(square, s.pick(FAR_D, FAR_D_SINGLE))),
                s.horner(d, s.pick(NEAR_D, NEAR_D_SINGLE)));
        Atom quotient = s.div(numerator, denominator);

        Atom product = s.mul(d, dMinus1);
        Atom productLow = s.fma(d, dMinus1, s.neg(product));
        Atom near = s.fma(product, lit(C), s.fma(product, quotient, s.mul(productLow, lit(C))));

        NaturalLogarithm log = NaturalLogarithm.of(s, x);
        Atom small = s.sub(s.sub(near, log.high()), log.low());

        Atom factor = s.sub(log.high(), lit(1.0));
        Atom half = s.sub(x, lit(0.5));
        Atom main = s.mul(half, factor);
        Atom mainLow = s.fma(half, log.low(), s.fma(half, factor, s.neg(main)));
        // (log(2 pi) - 1) / 2 in two parts.
        Atom stirling = lit(s.pick(0.4189385332046727, 0.418938547372818));
        Atom stirlingLow = lit(s.pick(1.6728209650585413e-17, -1.4168144879533884e-08));
        Atom sum = s.add(main, stirling);
        Atom shift = s.sub(sum, main);
        Atom sumLow = s.add(s.sub(main, s.sub(sum, shift)), s.sub(stirling, shift));
        Atom far = s.add(sum, s.add(sumLow, s.add(mainLow, s.add(quotient, stirlingLow))));

        Atom result = s.select(isFar, far, s.select(isSmall, small, near));
        // The least argument whose result overflows.
        Atom overflow = lit(s.pick(2.5599833278516387e305, 4.085003425410169e+36));
        Atom capped = s.select(s.compare(CompareOp.GE, x, overflow), lit(Double.POSITIVE_INFINITY), result);
        return s.select(s.compare(CompareOp.EQ, x, lit(0.0)), lit(Double.POSITIVE_INFINITY), capped);
    }
}
