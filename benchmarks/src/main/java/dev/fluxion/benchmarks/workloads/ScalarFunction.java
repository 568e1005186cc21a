package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.asDoubleFunction;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** W1: a scalar function of twenty operations and its derivatives by nested {@code grad}. */
public final class ScalarFunction implements Workload {
    /** {@code e^(-q) q}, twenty elementwise operations. */
    public static NDArray f(NDArray x) {
        NDArray b = x.times(x);
        NDArray e = sin(x).times(cos(b));
        NDArray h = b.plus(1.0);
        NDArray k = tanh(e).plus(log(h).times(exp(x.times(-0.5))));
        NDArray o = sin(sqrt(h)).times(x.div(h));
        NDArray q = k.times(k).plus(o);
        return exp(q.unaryMinus()).times(q);
    }

    @Override
    public void run(Figures figures) {
        NDArray x = scalar(0.7);
        Function1<NDArray, NDArray> f = ScalarFunction::f;
        for (int order = 0; order <= 8; order++) {
            Function1<NDArray, NDArray> derivative = f;
            Map<String, Object> params = Map.of("order", order);
            figures.once(
                    params, "trace", Timing.once(() -> makeJaxpr(derivative).apply(x)));
            figures.once(params, "compile", Timing.once(() -> jit(derivative).apply(x)));
            double value = derivative.apply(x).item();
            Function1<NDArray, NDArray> compiled = order == 0 ? jit(derivative) : derivative;
            figures.warm(params, "call", Timing.of(() -> compiled.apply(x)), value);
            DoubleUnaryOperator plain = asDoubleFunction(derivative);
            figures.warm(
                    Map.of("order", order, "double", true), "call", Timing.of(() -> plain.applyAsDouble(0.7)), value);
            f = grad(f);
        }
        NDArray xs = Inputs.shifted(80, 2, 1, 100_000);
        Function1<NDArray, NDArray> each = ScalarFunction::f;
        for (int order = 0; order <= 2; order++) {
            Function1<NDArray, NDArray> batch = jit(vmap(each));
            figures.large(
                    Map.of("order", order, "vmap", 100_000),
                    "call",
                    () -> batch.apply(xs),
                    Workload.norm(batch.apply(xs)));
            each = grad(each);
        }
    }
}
