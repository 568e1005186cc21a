package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code exp x} and {@code 2^x} as {@code 2^k (1 + (high + tail))}, see {@link Exponential}.
 *
 * <p>The scaling takes two powers of two with exponents {@code k/2}, so that {@code k} from -1077 to 1025 passes through no
 * overflow, and underflow is rounded once.
 */
final class ExpProgram {
    /** The exponent bias of both factors. */
    private static final int BIAS = 2 * 1023;

    private ExpProgram() {}

    static Atom exp(Steps s, Atom x) {
        return between(s, x, -746, scaled(s, Exponential.natural(s, x, BIAS)), 710);
    }

    static Atom exp2(Steps s, Atom x) {
        return between(s, x, -1076, scaled(s, Exponential.binary(s, x, BIAS)), 1025);
    }

    private static Atom scaled(Steps s, Exponential e) {
        Atom y = s.add(lit(1.0), s.add(e.high(), e.tail(s)));
        Atom biased = s.bits(e.shifted());
        Atom first = s.shiftRightArithmetic(biased, lit(1L));
        Atom second = s.sub(biased, first);
        return s.mul(s.mul(y, Exponential.powerOfTwo(s, first)), Exponential.powerOfTwo(s, second));
    }

    /** Zero below, infinity above; NaN goes through. */
    private static Atom between(Steps s, Atom x, double below, Atom result, double above) {
        Atom capped = s.select(s.compare(CompareOp.GT, x, lit(above)), lit(Double.POSITIVE_INFINITY), result);
        return s.select(s.compare(CompareOp.LT, x, lit(below)), lit(0.0), capped);
    }
}
