package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/**
 * {@code log(e^x + e^y)}: as {@code max(x, y) + log1p(e^-|x - y|)}, which has a kink in its parts though not in the whole,
 * so the derivative is given: {@code dx logistic(x - y) + dy logistic(y - x)}.
 */
final class LogAddExp {
    private LogAddExp() {}

    static NDArray of(NDArray x, NDArray y) {
        NDArray[] operands = Shapes.common("logaddexp", x, y);
        if (Trace.current() == null) {
            return value(operands[0], operands[1]);
        }
        Array<ArrayType> types = Array.of(operands).map(NDArray::type);
        var body = Trace.of("logaddexp", types, in -> Array.of(value(in.get(0), in.get(1))));
        var jvp = LazyJaxpr.of(() -> Trace.of("the derivative of logaddexp", types.appendAll(types), LogAddExp::jvp)
                .jaxpr());
        return Tracing.bind(new Control.CustomJvpCall("logaddexp", body.jaxpr(), jvp), operands);
    }

    private static NDArray value(NDArray x, NDArray y) {
        NDArray gap = x.minus(y);
        NDArray usual = Numpy.maximum(x, y).plus(Lax.log1p(Lax.exp(Lax.neg(Lax.abs(gap)))));
        // inf - inf is NaN where the result is that infinity
        return Numpy.where(Numpy.isnan(gap), x.plus(y), usual);
    }

    private static Array<NDArray> jvp(Array<NDArray> in) {
        NDArray x = in.get(0);
        NDArray y = in.get(1);
        NDArray gap = x.minus(y);
        NDArray tangent = in.get(2).times(Lax.logistic(gap)).plus(in.get(3).times(Lax.logistic(Lax.neg(gap))));
        return Array.of(of(x, y), tangent);
    }
}
