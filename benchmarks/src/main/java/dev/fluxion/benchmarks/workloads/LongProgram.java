package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.ValueAndGrad;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.Map;

/** W10: programs of up to 100,000 equations: traced, differentiated, compiled, run. */
final class LongProgram implements Workload {
    private static NDArray f(NDArray x, int steps) {
        NDArray v = x;
        for (int k = 0; k < steps; k++) {
            v = switch (k % 4) {
                case 0 -> sin(v);
                case 1 -> v.times(0.9 + 0.01 * (k % 7));
                case 2 -> v.plus(x);
                default -> tanh(v);
            };
        }
        return v.sum();
    }

    @Override
    public void run(Figures figures) {
        NDArray x = Inputs.array(70, 2, 16);
        for (int steps : new int[] {100, 1000, 3000, 10_000, 30_000, 100_000}) {
            Map<String, Object> params = Map.of("eqns", steps);
            Function1<NDArray, NDArray> f = v -> f(v, steps);
            Function1<NDArray, ValueAndGrad<NDArray>> both = valueAndGrad(f);
            figures.once(params, "make_jaxpr", Timing.once(() -> makeJaxpr(f).apply(x)));
            figures.once(
                    params, "make_jaxpr_grad", Timing.once(() -> makeJaxpr(both).apply(x)));
            figures.once(params, "compile_fwd", Timing.once(() -> jit(f).apply(x)));
            figures.once(params, "compile_grad", Timing.once(() -> both.apply(x)));
            double norm = Workload.norm(both.apply(x).gradient());
            figures.warm(params, "value_and_grad", Timing.of(() -> both.apply(x)), norm);
        }
    }
}
