package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.sin;

import dev.fluxion.ValueAndGrad;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.List;
import java.util.Map;

/** W2: {@code sum(exp(-x x) sin x + x / (1 + x x))}, value and gradient. */
final class FusedSum implements Workload {
    private static NDArray f(NDArray x) {
        NDArray square = x.times(x);
        return exp(square.unaryMinus())
                .times(sin(x))
                .plus(x.div(square.plus(1.0)))
                .sum();
    }

    @Override
    public void run(Figures figures) {
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            for (int n : new int[] {1000, 100_000, 10_000_000}) {
                NDArray x = Inputs.array(1, 4, n).astype(dtype);
                Map<String, Object> params = Map.of("n", n, "dtype", dtype == DType.FLOAT64 ? "f64" : "f32");
                Function1<NDArray, ValueAndGrad<NDArray>> both = valueAndGrad(FusedSum::f);
                Function1<NDArray, NDArray> value = jit(FusedSum::f);
                figures.once(params, "value_and_grad_first_call", Timing.once(() -> both.apply(x)));
                double norm = Workload.norm(both.apply(x).gradient());
                figures.large(params, "value_and_grad", () -> both.apply(x), norm);
                figures.warm(
                        params,
                        "value",
                        Timing.of(() -> value.apply(x)),
                        value.apply(x).item());
            }
        }
    }
}
