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
    private ExpProgram() {}

    static Atom exp(Steps s, Atom x) {
        Atom result = scaled(s, Exponential.natural(s, x, bias(s)));
        return between(s, x, s.pick(-746, -105), result, s.pick(710, 89));
    }

    static Atom exp2(Steps s, Atom x) {
        return binary(s, x, Exponential.binary(s, x, bias(s)));
    }

    /** {@code 2^(x + low)}. */
    static Atom exp2(Steps s, Atom x, Atom low) {
        return binary(s, x, Exponential.binary(s, x, low, bias(s)));
    }

    private static Atom binary(Steps s, Atom x, Exponential e) {
        return between(s, x, s.pick(-1076, -151), scaled(s, e), s.pick(1025, 129));
    }

    /** The exponent bias of both factors. */
    static int bias(Steps s) {
        return 2 * s.bias();
    }

    private static Atom scaled(Steps s, Exponential e) {
        return scaled(s, s.add(lit(1.0), s.add(e.high(), e.tail(s))), e.shifted());
    }

    /** {@code y 2^k}, {@code k} being biased twice in {@code shifted}. */
    static Atom scaled(Steps s, Atom y, Atom shifted) {
        Atom biased = s.bits(shifted);
        // The constant in shifted is positive; AVX2 has no arithmetic shift of longs.
        Atom first = s.shiftRightLogical(biased, lit(1L));
        Atom second = s.sub(biased, first);
        return s.mul(s.mul(y, Exponential.powerOfTwo(s, first)), Exponential.powerOfTwo(s, second));
    }

    /** Zero below, infinity above; NaN goes through. */
    private static Atom between(Steps s, Atom x, double below, Atom result, double above) {
        Atom capped = s.select(s.compare(CompareOp.GT, x, lit(above)), lit(Double.POSITIVE_INFINITY), result);
        return s.select(s.compare(CompareOp.LT, x, lit(below)), lit(0.0), capped);
    }
}
