package dev.fluxion.transforms;

import static dev.fluxion.lax.Lax.eq;
import static dev.fluxion.lax.Lax.gt;
import static dev.fluxion.lax.Lax.log;
import static dev.fluxion.lax.Lax.lt;
import static dev.fluxion.lax.Lax.pow;
import static dev.fluxion.lax.Lax.roundNearestEven;
import static dev.fluxion.lax.Lax.select;
import static dev.fluxion.lax.Lax.square;
import static dev.fluxion.transforms.JvpRules.sum;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.numpy.NDArray;

/** The derivatives of the binary elementwise operations. */
final class BinaryDerivatives {
    private BinaryDerivatives() {}

    /** The tangent of {@code z = op(x, y)}, null where it is zero; null stands for a zero {@code dx} or {@code dy}. */
    static NDArray of(BinaryOp op, NDArray x, NDArray y, NDArray z, NDArray dx, NDArray dy) {
        if (op == BinaryOp.DIV && dx != null && dy != null) {
            // One quotient by the divisor of z itself: two of them would be four in the next derivative.
            return dx.minus(dy.times(z)).div(y);
        }
        return sum(dx == null ? null : first(op, x, y, dx), dy == null ? null : second(op, x, y, z, dy));
    }

    /** {@code (d op / d x) t}, or null where it is zero everywhere. */
    private static NDArray first(BinaryOp op, NDArray x, NDArray y, NDArray t) {
        return switch (op) {
            case ADD, SUB -> t;
            case MUL -> t.times(y);
            case DIV -> t.div(y);
            case REM -> t;
            case POW -> t.times(y.times(pow(x, y.minus(1))));
            case ATAN2 -> t.times(y.div(square(x).plus(square(y))));
            case MAX -> t.times(share(gt(x, y), eq(x, y), t));
            case MIN -> t.times(share(lt(x, y), eq(x, y), t));
            // The neighbour is x to within rounding.
            case NEXTAFTER -> t;
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> null;
        };
    }

    /** {@code (d op / d y) t}, or null where it is zero everywhere; {@code z = op(x, y)}. */
    private static NDArray second(BinaryOp op, NDArray x, NDArray y, NDArray z, NDArray t) {
        return switch (op) {
            case ADD -> t;
            case SUB -> t.unaryMinus();
            case MUL -> t.times(x);
            case DIV -> t.times(z).div(y).unaryMinus();
            // z = x - n y with the whole number n = trunc(x / y); infinite where y = 0 and z is NaN.
            case REM ->
                t.times(roundNearestEven(select(eq(z, z), x.minus(z), x).div(y)).unaryMinus());
            // z is 0 where x is, but for y = 0: log 1 makes that derivative 0 and not NaN.
            case POW ->
                t.times(log(select(eq(x, Scalars.like(x, 0)), Scalars.like(x, 1), x))
                        .times(z));
            case ATAN2 -> t.times(x.div(square(x).plus(square(y))).unaryMinus());
            case MAX -> t.times(share(gt(y, x), eq(x, y), t));
            case MIN -> t.times(share(lt(y, x), eq(x, y), t));
            case NEXTAFTER -> null;
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> null;
        };
    }

    /** 1 where an operand wins, a half where the two tie, else 0. */
    private static NDArray share(NDArray wins, NDArray ties, NDArray like) {
        return select(wins, Scalars.like(like, 1), select(ties, Scalars.like(like, 0.5), Scalars.like(like, 0)));
    }
}
