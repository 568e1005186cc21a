package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;

/**
 * {@code exp y = 2^k (1 + high + tail)}: what the functions built on {@code exp} share.
 *
 * @param shifted a constant plus {@code k}; {@code k} is in its last bits
 * @param high the reduced argument, at most {@code ln(2)/2} in magnitude, exact but for a small part in {@code tail}
 * @param low that part
 * @param square {@code r^2} for {@code r = high + low}
 * @param even the even terms of {@code q(r) = (exp(r) - 1 - r) / r^2}; its error is 2^-61.6 relative to exp(r) - 1
 * @param odd its odd terms over {@code r}
 * @param r {@code high + low}, rounded
 */
record Exponential(Atom shifted, Atom high, Atom low, Atom r, Atom square, Atom even, Atom odd) {
    /** Added to a number below 2^51, it leaves the nearest integer in the last bits of the sum. */
    static final double MAGIC = 0x1.8p52;

    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN2_HIGH = 0.6931471805599453;
    private static final double LN2_LOW = 2.3190468138462996e-17;
    private static final double[] EVEN = {
        0.5,
        0.041666666666666685,
        0.0013888888888893343,
        2.4801587280025393e-05,
        2.755732847100642e-07,
        2.0894276010823124e-09
    };
    private static final double[] ODD = {
        0.16666666666666677, 0.0083333333333218, 0.00019841269885318186, 2.7557245184137133e-06, 2.5108674154021406e-08
    };

    /**
     * For {@code exp y}. By fma {@code y - k ln2High} is exact.
     *
     * @param bias added to {@code k} in {@code shifted}
     */
    static Exponential natural(Steps s, Atom y, int bias) {
        Atom shifted = s.fma(y, lit(LOG2_E), lit(MAGIC + bias));
        Atom k = s.sub(shifted, lit(MAGIC + bias));
        return of(s, shifted, s.fma(k, lit(-LN2_HIGH), y), s.mul(k, lit(-LN2_LOW)));
    }

    /** For {@code 2^y}: the product of the fraction with {@code ln 2} in two parts. */
    static Exponential binary(Steps s, Atom y, int bias) {
        Atom shifted = s.add(y, lit(MAGIC + bias));
        Atom fraction = s.sub(y, s.sub(shifted, lit(MAGIC + bias)));
        Atom high = s.mul(fraction, lit(LN2_HIGH));
        Atom lost = s.fma(fraction, lit(LN2_HIGH), s.neg(high));
        return of(s, shifted, high, s.fma(fraction, lit(LN2_LOW), lost));
    }

    private static Exponential of(Steps s, Atom shifted, Atom high, Atom low) {
        Atom r = s.add(high, low);
        Atom square = s.mul(r, r);
        return new Exponential(shifted, high, low, r, square, s.horner(square, EVEN), s.horner(square, ODD));
    }

    /** {@code exp(r) - 1 - high}. */
    Atom tail(Steps s) {
        return s.fma(square, s.fma(r, odd, even), low);
    }

    /** {@code exp(-r) - 1 + high}. */
    Atom mirroredTail(Steps s) {
        return s.sub(s.mul(square, s.fma(s.neg(r), odd, even)), low);
    }

    /** The power of two whose biased exponent is in the last bits of {@code biased}. */
    static Atom powerOfTwo(Steps s, Atom biased) {
        return s.fromBits(s.shiftLeft(biased, lit(52L)));
    }
}
