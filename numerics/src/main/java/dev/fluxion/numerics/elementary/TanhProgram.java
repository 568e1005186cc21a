package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code tanh x = -E / (2 + E)} with {@code E = exp(-2|x|) - 1}, and the sign of {@code x}.
 *
 * <p>{@code E} and {@code 2 + E} are carried as sums of two doubles and the quotient is corrected by its remainder.
 * From 22 on the result is 1.
 */
final class TanhProgram {
    private static final double MAGIC = 0x1.8p52 + 1023;
    private static final double SATURATED = 22;

    private TanhProgram() {}

    static Atom tanh(Steps s, Atom x) {
        Atom magnitude = s.abs(x);
        Atom y = s.mul(magnitude, lit(-2.0));
        Atom shifted = s.fma(y, lit(Exponential.LOG2_E), lit(MAGIC));
        Atom k = s.sub(shifted, lit(MAGIC));
        Atom high = s.fma(k, lit(-Exponential.LN2_HIGH), y);
        Atom low = s.mul(k, lit(-Exponential.LN2_LOW));
        Atom r = s.add(high, low);
        Atom power = s.fromBits(s.shiftLeft(s.bits(shifted), lit(52L)));

        // E = (2^k - 1) + 2^k high + 2^k (r^2 q + low), largest term first; 2^k - 1 itself is rounded below 2^-53.
        Atom head = s.sub(power, lit(1.0));
        Atom headLow = s.sub(power, s.add(head, lit(1.0)));
        Atom linear = s.mul(power, high);
        Atom sum = s.add(head, linear);
        Atom rest = s.mul(power, s.fma(s.mul(r, r), Exponential.q(s, r), low));
        Atom e = s.add(sum, rest);
        Atom sumLow = s.add(s.add(s.sub(head, sum), linear), headLow);
        Atom eLow = s.add(s.add(s.sub(sum, e), rest), sumLow);

        Atom d = s.add(e, lit(2.0));
        Atom dLow = s.add(s.add(s.sub(lit(2.0), d), e), eLow);
        Atom inverse = s.div(lit(-1.0), d);
        Atom quotient = s.mul(e, inverse);
        Atom remainder = s.fma(quotient, dLow, s.add(s.fma(quotient, d, e), eLow));
        Atom result = s.fma(remainder, inverse, quotient);
        Atom saturated = s.select(s.compare(CompareOp.GT, magnitude, lit(SATURATED)), lit(1.0), result);
        return s.fromBits(s.or(s.bits(saturated), s.and(s.bits(x), lit(Long.MIN_VALUE))));
    }
}
