package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code polygamma(1, x)}, the derivative of {@code digamma}, for {@code x >= 0}: {@code v + v^2/2 + v^3 N(v)/D(v)} with
 * {@code v = 1/x}; below 1 that of {@code x + 1}, and {@code 1/x^2}. Reciprocals are sums of two doubles.
 */
final class TrigammaProgram {
    /** {@code (trigamma z - v - v^2/2) / v^3} of {@code v = 1/z} in (0, 1]; error 2^-61 of trigamma. */
    private static final double[] N = {
        0.1666666666666322,
        1.7931043439678158,
        9.324171566717341,
        29.12525136548651,
        58.22400027742612,
        74.17218473027874,
        56.040402380370786,
        19.715675170828238,
        2.84218251014583e-06
    };

    private static final double[] D = {
        1.0,
        10.758626063769192,
        56.14502940303798,
        176.90323329659023,
        360.4301531688054,
        478.8767599645602,
        400.5083470415123,
        190.94322030574793,
        39.43142032523558
    };

    private static final double[] N_SINGLE = {
        0.16667106747627258, 0.2246059626340866, 0.16282682120800018, -0.002606668509542942
    };

    private static final double[] D_SINGLE = {1.0, 1.3483034372329712, 1.1704914569854736, 0.28636425733566284};

    private TrigammaProgram() {}

    static Atom trigamma(Steps s, Atom x) {
        Atom isSmall = s.compare(CompareOp.LT, x, lit(1.0));
        Atom inverse = s.div(lit(1.0), x);
        Atom square = s.mul(inverse, inverse);
        Atom inverseLow = s.mul(s.fma(s.neg(inverse), x, lit(1.0)), inverse);
        Atom squareLow = s.fma(s.add(inverse, inverse), inverseLow, s.fma(inverse, inverse, s.neg(square)));

        Atom step = s.select(isSmall, lit(1.0), lit(0.0));
        Atom z = s.add(x, step);
        Atom zLow = s.add(s.sub(step, z), x);
        Atom v = s.div(lit(1.0), z);
        Atom vLow = s.mul(s.fma(s.neg(v), zLow, s.fma(s.neg(v), z, lit(1.0))), v);
        Atom quotient = s.div(s.horner(v, s.pick(N, N_SINGLE)), s.horner(v, s.pick(D, D_SINGLE)));
        Atom rest = s.fma(s.mul(v, v), s.fma(v, quotient, lit(0.5)), s.fma(vLow, v, vLow));

        Atom small = s.add(square, s.add(s.add(v, rest), squareLow));
        // Next to the overflow of the square, and beyond, what it lost is not a number.
        Atom bounded = s.select(s.compare(CompareOp.LT, x, lit(s.pick(0x1p-511, 0x1p-63))), square, small);
        Atom result = s.select(isSmall, bounded, s.add(v, rest));
        return s.select(s.compare(CompareOp.EQ, x, lit(Double.POSITIVE_INFINITY)), lit(0.0), result);
    }
}
