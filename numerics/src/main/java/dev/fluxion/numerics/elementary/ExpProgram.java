package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code exp x = 2^k (1 + r + r^2 q(r))}, {@code k} the nearest integer to {@code x / ln 2}, {@code r = x - k ln 2}.
 *
 * <p>{@code high = x - k ln2High} is exact by fma; it and {@code low = -k ln2Low} enter the sum unrounded. The scaling takes two powers of two with exponents {@code k/2}, so that
 * {@code k} from -1076 to 1024 passes through no overflow and underflow is rounded once.
 */
final class ExpProgram {
    /** 1.5 * 2^52 makes room for the nearest integer in the last bits; the rest is the exponent bias of both factors. */
    private static final double MAGIC = 0x1.8p52 + 2 * 1023;

    private ExpProgram() {}

    static Atom exp(Steps s, Atom x) {
        Atom shifted = s.fma(x, lit(Exponential.LOG2_E), lit(MAGIC));
        Atom k = s.sub(shifted, lit(MAGIC));
        Atom high = s.fma(k, lit(-Exponential.LN2_HIGH), x);
        Atom low = s.mul(k, lit(-Exponential.LN2_LOW));
        Atom r = s.add(high, low);
        Atom expm1 = s.add(high, s.fma(s.mul(r, r), Exponential.q(s, r), low));
        Atom y = s.add(lit(1.0), expm1);
        Atom result = scale(s, y, shifted);
        Atom capped = s.select(s.compare(CompareOp.GT, x, lit(710.0)), lit(Double.POSITIVE_INFINITY), result);
        return s.select(s.compare(CompareOp.LT, x, lit(-746.0)), lit(0.0), capped);
    }

    /** {@code y 2^k}: half of the exponent each to two factors, read from the bits of {@code MAGIC + k}. */
    private static Atom scale(Steps s, Atom y, Atom shifted) {
        Atom biased = s.bits(shifted);
        Atom first = s.shiftRightArithmetic(biased, lit(1L));
        Atom second = s.sub(biased, first);
        return s.mul(s.mul(y, powerOfTwo(s, first)), powerOfTwo(s, second));
    }

    private static Atom powerOfTwo(Steps s, Atom biasedExponent) {
        return s.fromBits(s.shiftLeft(biasedExponent, lit(52L)));
    }
}
