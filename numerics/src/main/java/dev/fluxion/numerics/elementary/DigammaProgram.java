package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code digamma x}, the derivative of {@code lgamma}, for {@code x >= 0}, one quotient of polynomials for all of it:
 *
 * <pre>
 * x &lt; 1       digamma(x + 1) - 1/x
 * x &lt; 5/2     (x - root) (C + N(x - 1)/D(x - 1))
 * otherwise   log x - 1/(2x) + N(x^2)/D(x^2)
 * </pre>
 *
 * <p>The root 1.4616... is taken in two parts, so that errors are relative to the result next to it, too.
 */
final class DigammaProgram {
    /** Where the asymptotic series begins. */
    private static final double FAR = 2.5;
    /** {@code 1/x} alone counts below. */
    private static final double TINY = 0x1p-60;

    private static final double C = 0.9375;

    /** {@code digamma(1 + d) / (1 + d - root) - C} for {@code d} in [0, 3/2]; relative error 2^-59.5. */
    private static final double[] NEAR_N = {
        0.3128801375034054,
        -0.17697225914034792,
        -0.5854868872335546,
        -0.3129716471237737,
        -0.06292038272235392,
        -0.004797418151862707,
        -0.00010016288495471919
    };

    private static final double[] NEAR_D = {
        1.0,
        2.166072627266289,
        1.6407968165661744,
        0.556271432609,
        0.08711688207957453,
        0.005677455832818084,
        0.00010782573748921907
    };

    /** {@code x^2 (digamma x - log x + 1/(2x))}, from the highest power of {@code 1/x^2}; error 2^-57.5 of digamma. */
    private static final double[] FAR_N = {
        0.009542031490538469,
        -0.4062434021887077,
        -2.4213006801623926,
        -2.749944878880237,
        -0.9170589860407252,
        -0.08333333333331586
    };

    private static final double[] FAR_D = {
        0.0, 6.915567806402433, 31.983030935886443, 34.06219029177617, 11.10470783241428, 1.0
    };

    private static final double[] NEAR_N_SINGLE = {
        0.31288012862205505, -0.3637046217918396, -0.3920871317386627, -0.052675604820251465
    };

    private static final double[] NEAR_D_SINGLE = {1.0, 1.569253921508789, 0.6286158561706543, 0.05844948813319206};

    private static final double[] FAR_N_SINGLE = {-0.02595730498433113, -0.08333203196525574};

    private static final double[] FAR_D_SINGLE = {0.41092321276664734, 1.0};

    private DigammaProgram() {}

    static Atom digamma(Steps s, Atom x) {
        Atom isSmall = s.compare(CompareOp.LT, x, lit(1.0));
        Atom isFar = s.compare(CompareOp.GE, x, lit(FAR));
        Atom d = s.select(isSmall, x, s.sub(x, lit(1.0)));
        // Beyond, the last term of the series no longer counts, and its powers are to stay finite.
        Atom huge = lit(s.pick(0x1p70, 0x1p14));
        Atom moderate = s.select(s.compare(CompareOp.GT, x, huge), huge, x);
        Atom square = s.mul(moderate, moderate);
        Atom numerator = s.select(
                isFar, s.horner(square, s.pick(FAR_N, FAR_N_SINGLE)), s.horner(d, s.pick(NEAR_N, NEAR_N_SINGLE)));
        Atom denominator = s.select(
                isFar,
                s.mul(square, s.horner(square, s.pick(FAR_D, FAR_D_SINGLE))),
                s.horner(d, s.pick(NEAR_D, NEAR_D_SINGLE)));
        Atom quotient = s.div(numerator, denominator);

        // The root less 1 in two parts.
        Atom root = lit(s.pick(0.46163214496836236, 0.4616321325302124));
        Atom rootLow = lit(s.pick(-1.5522348162858677e-17, 1.243815006546356e-08));
        Atom distance = s.sub(d, root);
        Atom distanceLow = s.sub(s.sub(s.sub(d, distance), root), rootLow);
        Atom low = s.mul(s.add(quotient, lit(C)), distanceLow);
        Atom near = s.fma(distance, lit(C), s.fma(distance, quotient, low));

        Atom inverse = s.div(lit(1.0), x);
        Atom inverseLow = s.mul(s.fma(s.neg(inverse), x, lit(1.0)), inverse);
        Atom small = s.sub(s.sub(near, inverseLow), inverse);
        Atom bounded = s.select(s.compare(CompareOp.LT, x, lit(TINY)), s.neg(inverse), small);

        NaturalLogarithm log = NaturalLogarithm.of(s, x);
        Atom far = s.add(log.high(), s.add(log.low(), s.fma(inverse, lit(-0.5), quotient)));

        Atom result = s.select(isFar, far, s.select(isSmall, bounded, near));
        Atom capped = s.select(s.compare(CompareOp.EQ, x, lit(Double.POSITIVE_INFINITY)), x, result);
        return s.select(s.compare(CompareOp.EQ, x, lit(0.0)), lit(Double.NaN), capped);
    }
}
