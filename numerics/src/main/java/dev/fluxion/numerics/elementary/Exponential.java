package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import java.util.function.BinaryOperator;

/**
 * {@code exp y = 2^k (1 + high + tail)}: what the functions built on {@code exp} share.
 *
 * @param shifted a constant plus {@code k}; {@code k} is in its last bits
 * @param high the reduced argument, at most {@code ln(2)/2} in magnitude, exact but for a small part in {@code tail}
 * @param low that part
 * @param square {@code r^2} for {@code r = high + low}
 * @param even the even terms but the first, 1/2, of {@code q(r) = (exp(r) - 1 - r) / r^2} over {@code r^2}; the error of q is
 *     2^-61.6 relative to exp(r) - 1
 * @param odd its odd terms over {@code r}
 * @param r {@code high + low}, rounded
 */
record Exponential(Atom shifted, Atom high, Atom low, Atom r, Atom square, Atom even, Atom odd) {
    private static final double[] EVEN = {
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
        Atom magic = lit(s.magic() + bias);
        Atom shifted = s.fma(y, lit(1.4426950408889634), magic);
        Atom k = s.sub(shifted, magic);
        return of(s, shifted, s.fma(k, lit(-ln2High(s)), y), s.mul(k, lit(-ln2Low(s))));
    }

    /** For {@code 2^y}: the product of the fraction with {@code ln 2} in two parts. */
    static Exponential binary(Steps s, Atom y, int bias) {
        return binary(s, y, (ln2, lost) -> lost, bias);
    }

    /** For {@code 2^(y + yLow)}. */
    static Exponential binary(Steps s, Atom y, Atom yLow, int bias) {
        return binary(s, y, (ln2, lost) -> s.fma(yLow, ln2, lost), bias);
    }

    private static Exponential binary(Steps s, Atom y, BinaryOperator<Atom> withLow, int bias) {
        Atom ln2 = lit(ln2High(s));
        Atom magic = lit(s.magic() + bias);
        Atom shifted = s.add(y, magic);
        Atom fraction = s.sub(y, s.sub(shifted, magic));
        Atom high = s.mul(fraction, ln2);
        Atom lost = withLow.apply(ln2, s.fma(fraction, ln2, s.neg(high)));
        return of(s, shifted, high, s.fma(fraction, lit(ln2Low(s)), lost));
    }

    private static double ln2High(Steps s) {
        return s.pick(0.6931471805599453, 0.6931471824645996);
    }

    private static double ln2Low(Steps s) {
        return s.pick(2.3190468138462996e-17, -1.9046542121259336e-09);
    }

    private static Exponential of(Steps s, Atom shifted, Atom high, Atom low) {
        Atom r = s.add(high, low);
        Atom square = s.mul(r, r);
        Atom even = s.horner(square, s.pick(EVEN, 0.04166635870933533, 0.001394094666466117));
        Atom odd = s.horner(square, s.pick(ODD, 0.1666666567325592, 0.008333374746143818, 0.00019856687868013978));
        return new Exponential(shifted, high, low, r, square, even, odd);
    }

    /** {@code exp(r) - 1 - high}. */
    Atom tail(Steps s) {
        return s.fma(square, s.fma(r, odd, fullEven(s)), low);
    }

    /** {@code exp(r) - 1 - high - r^2/2}, with what the rounding of {@code r} lost: for results that cancel most of {@code high}. */
    Atom cubicTail(Steps s) {
        Atom lost = s.add(s.sub(high, r), low);
        return s.fma(square, s.fma(r, odd, s.mul(square, even)), s.fma(r, lost, low));
    }

    /** {@code exp(-r) - 1 + high}. */
    Atom mirroredTail(Steps s) {
        return s.sub(s.mul(square, s.fma(s.neg(r), odd, fullEven(s))), low);
    }

    private Atom fullEven(Steps s) {
        return s.fma(square, even, lit(0.5));
    }

    /** The power of two whose biased exponent is in the last bits of {@code biased}. */
    static Atom powerOfTwo(Steps s, Atom biased) {
        return s.fromBits(s.shiftLeft(biased, lit((long) s.fractionBits())));
    }
}
