package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code tanh x = -E / (2 + E)} with {@code E = exp(-2|x|) - 1}, and the sign of {@code x}.
 *
 * <p>{@code E = (2^k - 1) + 2^k high + 2^k tail}, see {@link Exponential}. {@code E} and {@code 2 + E} are carried as sums of
 * two doubles. From 22 on, on FLOAT32 from 9.02, the result is 1.
 */
final class TanhProgram {
    private TanhProgram() {}

    static Atom tanh(Steps s, Atom x) {
        Atom magnitude = s.abs(x);
        Exponential exponential = Exponential.natural(s, s.mul(magnitude, lit(-2.0)), s.bias());
        Atom power = Exponential.powerOfTwo(s, s.bits(exponential.shifted()));
        Atom head = s.sub(lit(1.0), power);
        Atom headLow = s.sub(s.sub(lit(1.0), head), power);
        Atom linear = s.mul(power, exponential.high());
        Atom sum = s.sub(head, linear);
        Atom sumLow = s.add(s.sub(s.sub(head, sum), linear), headLow);
        Atom rest = s.mul(power, exponential.tail(s));
        Atom minusE = s.sub(sum, rest);
        Atom minusELow = s.add(s.sub(s.sub(sum, minusE), rest), sumLow);

        Atom d = s.sub(lit(2.0), minusE);
        Atom dLow = s.sub(s.sub(s.sub(lit(2.0), d), minusE), minusELow);
        Atom result = Quotient.of(s, minusE, minusELow, d, dLow);
        Atom saturated = s.select(s.compare(CompareOp.GT, magnitude, lit(s.pick(22, 9.02))), lit(1.0), result);
        return s.withSignOf(x, saturated);
    }
}
