package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code cbrt x = 2^q cbrt m}, {@code |x| = 2^(3q + r) f}, {@code m = 2^r f} with {@code r} in {-1, 0, 1} and {@code f} in [1, 2).
 *
 * <p>{@code m^(-1/3)} from a cubic polynomial in {@code f}, to 12 bits, and one step of Halley's method, to 33; then
 * {@code y = m (m^(-1/3))^2} and a step of Newton's method with the residual {@code y^3 - m} of twice the digits.
 */
final class CbrtProgram {
    private static final int SUBNORMAL_SHIFT = 54;

    private CbrtProgram() {}

    static Atom cbrt(Steps s, Atom x) {
        Atom a = s.abs(x);
        Atom isSubnormal = s.compare(CompareOp.LT, a, lit(s.minNormal()));
        Atom bits = s.bits(s.select(isSubnormal, s.mul(a, lit(0x1p54)), a));
        Atom biased = s.shiftRightLogical(bits, lit((long) s.fractionBits()));
        double bias = s.magic() + s.bias();
        Atom exponent = s.sub(
                s.fromBits(s.add(biased, lit(s.bitsOf(s.magic())))),
                s.select(isSubnormal, lit(bias + SUBNORMAL_SHIFT), lit(bias)));
        Atom shifted = s.fma(exponent, lit(1 / 3.0), lit(bias));
        Atom r = s.fma(s.sub(shifted, lit(bias)), lit(-3.0), exponent);
        Atom f = s.fromBits(s.or(s.and(bits, lit((1L << s.fractionBits()) - 1)), lit(s.bitsOf(1.0))));

        Atom isBelow = s.compare(CompareOp.LT, r, lit(0.0));
        Atom isAbove = s.compare(CompareOp.GT, r, lit(0.0));
        Atom m = s.mul(f, s.select(isBelow, lit(0.5), s.select(isAbove, lit(2.0), lit(1.0))));
        Atom scale = s.select(isBelow, lit(1.2599210498948732), s.select(isAbove, lit(0.7937005259840998), lit(1.0)));
        Atom start = s.mul(
                scale, s.horner(f, 1.5418864162811368, -0.8099594418884056, 0.3177566095754113, -0.04993677737038433));
        Atom e = s.fma(s.neg(m), s.mul(s.mul(start, start), start), lit(1.0));
        Atom inverse = s.fma(s.mul(start, e), s.fma(e, lit(2 / 9.0), lit(1 / 3.0)), start);

        Atom inverseSquare = s.mul(inverse, inverse);
        Atom y = s.mul(m, inverseSquare);
        Atom square = s.mul(y, y);
        Atom squareLow = s.fma(y, y, s.neg(square));
        Atom excess = s.fma(squareLow, y, s.fma(square, y, s.neg(m)));
        Atom root = s.fma(s.mul(excess, inverseSquare), lit(-1 / 3.0), y);

        Atom result = s.mul(root, Exponential.powerOfTwo(s, s.bits(shifted)));
        Atom finite = s.select(s.compare(CompareOp.LT, a, lit(Double.POSITIVE_INFINITY)), result, a);
        return s.withSignOf(x, s.select(s.compare(CompareOp.EQ, a, lit(0.0)), a, finite));
    }
}
