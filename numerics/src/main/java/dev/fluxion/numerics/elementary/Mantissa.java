package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code x = 2^k (1 + f)} with {@code 1 + f} in {@code [sqrt(1/2), sqrt(2))}, for positive finite {@code x}: what logarithms
 * start from. Both are exact.
 *
 * @param shifted the exponent of {@code x}, scaled if it was, in the place of a number's exponent
 */
record Mantissa(Atom k, Atom f, Atom shifted) {
    private static final int SUBNORMAL_SHIFT = 54;

    /** Of any number; subnormal ones are scaled by 2^54 first. */
    static Mantissa of(Steps s, Atom x) {
        Atom isSubnormal = s.compare(CompareOp.LT, x, lit(s.minNormal()));
        Atom scaled = s.select(isSubnormal, s.mul(x, lit(0x1p54)), x);
        return ofNormal(s, scaled, s.select(isSubnormal, lit(s.magic() + SUBNORMAL_SHIFT), lit(s.magic())));
    }

    /** @param bias {@link Steps#magic} plus what is to be taken from {@code k} */
    static Mantissa ofNormal(Steps s, Atom x, Atom bias) {
        Atom bits = s.bits(x);
        Atom shift = lit((long) s.fractionBits());
        Atom exponent = s.shiftRightArithmetic(s.sub(bits, lit(s.bitsOf(Math.sqrt(0.5)))), shift);
        Atom shifted = s.shiftLeft(exponent, shift);
        Atom f = s.sub(s.fromBits(s.sub(bits, shifted)), lit(1.0));
        Atom k = s.sub(s.fromBits(s.add(exponent, lit(s.bitsOf(s.magic())))), bias);
        return new Mantissa(k, f, shifted);
    }
}
