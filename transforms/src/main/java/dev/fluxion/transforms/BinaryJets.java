package dev.fluxion.transforms;

import static dev.fluxion.transforms.PowerSeries.times;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Literal;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Value;
import io.vavr.collection.Array;

/** The power series of the binary elementwise operations. */
final class BinaryJets {
    /** Whole powers up to this one are products, which are right at 0 too. */
    private static final int LARGEST_PRODUCT = 64;

    private BinaryJets() {}

    /** {@code z(t) = op(x(t), y(t))}; {@code z0 = op(x_0, y_0)}. */
    static Taylor of(BinaryOp op, Taylor x, Taylor y, NDArray z0) {
        return switch (op) {
            case MUL -> x == y ? PowerSeries.square(x) : times(x, y);
            case DIV -> PowerSeries.over(x, y);
            case POW -> pow(x, y, z0);
            case ATAN2 -> angle(x, y, z0);
            case ADD,
                    SUB,
                    REM,
                    MAX,
                    MIN,
                    NEXTAFTER,
                    AND,
                    OR,
                    XOR,
                    SHIFT_LEFT,
                    SHIFT_RIGHT_LOGICAL,
                    SHIFT_RIGHT_ARITHMETIC -> JetRules.linear(new Elementwise.Binary(op), Array.of(x, y), z0);
        };
    }

    private static Taylor pow(Taylor x, Taylor y, NDArray z0) {
        NDArray exponent = y.primal();
        if (!y.isConstant()) {
            // z = e^(y log x); log 1 in the place of log 0, where z is 0 and stays so.
            NDArray base = Lax.select(
                    Lax.eq(x.primal(), Scalars.like(x.primal(), 0)), Scalars.like(x.primal(), 1), x.primal());
            Taylor log = PowerSeries.log(Lax.log(base), x);
            return PowerSeries.exp(z0, times(y, log));
        }
        if (exponent.value() instanceof Value.Tracer(var _, Literal literal, var _)) {
            double n = literal.doubleValue();
            if (n == Math.rint(n) && n >= 1 && n <= LARGEST_PRODUCT) {
                return new Taylor(z0, PowerSeries.power(x, (int) n).terms());
            }
        }
        return PowerSeries.power(z0, x, product -> product.times(exponent));
    }

    /** The angle of the point (x, y): {@code z' = (x y' - y x') / (x^2 + y^2)}. */
    private static Taylor angle(Taylor y, Taylor x, NDArray z0) {
        int order = x.order() - 1;
        Taylor square =
                PowerSeries.plus(PowerSeries.square(x), PowerSeries.square(y)).truncated(order);
        Taylor area =
                PowerSeries.minus(times(x.truncated(order), y.derivative()), times(y.truncated(order), x.derivative()));
        return JetRules.antiderivative(z0, PowerSeries.over(area, square));
    }
}
