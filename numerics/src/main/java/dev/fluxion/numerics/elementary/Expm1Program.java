package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code exp x - 1 = 2 ((p - 1/2) + p high + p r^2/2 + p cubicTail)} with {@code p = 2^(k-1)}, see {@link Exponential}; largest term
 * first, what the first sums lose added to the last. The half keeps {@code p} finite up to the overflow of the result.
 *
 * <p>Below -37.08 the result is -1 (0.71 ulp off at most), below 2^-54 in magnitude it is {@code x}.
 */
final class Expm1Program {
    private Expm1Program() {}

    static Atom expm1(Steps s, Atom x) {
        Exponential exponential = Exponential.natural(s, x, s.bias() - 1);
        Atom power = Exponential.powerOfTwo(s, s.bits(exponential.shifted()));
        Atom head = s.sub(power, lit(0.5));
        Atom headLow = s.sub(s.sub(power, head), lit(0.5));
        Atom linear = s.mul(power, exponential.high());
        Atom sum = s.add(head, linear);
        Atom sumLow = s.add(s.add(s.sub(head, sum), linear), headLow);
        Atom quadratic = s.mul(exponential.square(), lit(0.5));
        Atom half = s.add(sum, s.fma(power, quadratic, s.fma(power, exponential.cubicTail(s), sumLow)));
        Atom result = s.mul(half, lit(2.0));

        Atom capped = s.select(s.compare(CompareOp.GT, x, lit(s.pick(710, 89))), lit(Double.POSITIVE_INFINITY), result);
        Atom floored = s.select(s.compare(CompareOp.LT, x, lit(s.pick(-37.08, -17.33))), lit(-1.0), capped);
        return s.select(s.compare(CompareOp.LT, s.abs(x), lit(s.pick(0x1p-54, 0x1p-25))), x, floored);
    }
}
