package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;

import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.Map;

/** W0: what a call costs when there is next to nothing to compute. */
final class Dispatch implements Workload {
    @Override
    public void run(Figures figures) {
        NDArray x = scalar(1.0);
        NDArray v = ones(16);
        Function1<NDArray, NDArray> plusOne = jit((NDArray a) -> a.plus(1.0));
        Function1<NDArray, NDArray> sum = jit((NDArray a) -> a.sum());
        figures.warm(Map.of("op", "x+1 jit scalar"), "call", Timing.of(() -> plusOne.apply(x)), 2);
        figures.warm(Map.of("op", "x+1 eager scalar"), "call", Timing.of(() -> x.plus(1.0)), 2);
        figures.warm(Map.of("op", "sum jit 16"), "call", Timing.of(() -> sum.apply(v)), 16);
        double first =
                Timing.once(() -> jit((NDArray a) -> a.times(3.0).plus(1.0)).apply(x));
        figures.once(Map.of("op", "first call tiny jit"), "trace+compile+run", first);
    }
}
