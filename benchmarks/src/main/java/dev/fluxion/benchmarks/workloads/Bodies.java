package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;

import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.Tuple3;
import java.util.Map;

/** W9: the forces among 64 bodies, 100 leapfrog steps, and the gradient through them. */
final class Bodies implements Workload {
    private static final int COUNT = 64;
    private static final int STEPS = 100;
    private static final double DT = 1e-3;

    private final NDArray masses = Inputs.shifted(62, 1, 1, COUNT);

    private NDArray energy(NDArray x) {
        NDArray d = reshape(x, COUNT, 1, 3).minus(reshape(x, 1, COUNT, 3));
        NDArray pairs = reshape(masses, COUNT, 1).times(reshape(masses, 1, COUNT));
        return pairs.div(sqrt(square(d).sum(2).plus(0.01))).sum().times(-0.5);
    }

    private NDArray acceleration(NDArray x) {
        return grad(this::energy).apply(x).unaryMinus().div(reshape(masses, COUNT, 1));
    }

    private Tuple2<NDArray, NDArray> leapfrog(Tuple2<NDArray, NDArray> start) {
        Tuple3<NDArray, NDArray, NDArray> end = Lax.foriLoop(
                0,
                STEPS,
                (i, s) -> {
                    NDArray half = s._2.plus(s._3.times(0.5 * DT));
                    NDArray x = s._1.plus(half.times(DT));
                    NDArray a = acceleration(x);
                    return Tuple.of(x, half.plus(a.times(0.5 * DT)), a);
                },
                Tuple.of(start._1, start._2, acceleration(start._1)));
        return Tuple.of(end._1, end._2);
    }

    @Override
    public void run(Figures figures) {
        NDArray x = Inputs.array(60, 4, COUNT, 3);
        Tuple2<NDArray, NDArray> start = Tuple.of(x, Inputs.array(61, 1, COUNT, 3));
        Function1<NDArray, NDArray> forces = grad(this::energy);
        figures.warm(Map.of("bodies", COUNT), "grad", Timing.of(() -> forces.apply(x)), Workload.norm(forces.apply(x)));
        Map<String, Object> params = Map.of("bodies", COUNT, "steps", STEPS);
        Function1<Tuple2<NDArray, NDArray>, Tuple2<NDArray, NDArray>> motion = jit(this::leapfrog);
        figures.warm(params, "leapfrog", Timing.of(() -> motion.apply(start)), Workload.norm(motion.apply(start)._1));
        Function1<Tuple2<NDArray, NDArray>, Tuple2<NDArray, NDArray>> gradient =
                grad((Tuple2<NDArray, NDArray> s) -> square(leapfrog(s)._1).sum());
        figures.warm(
                params,
                "grad_of_leapfrog",
                Timing.of(() -> gradient.apply(start)),
                Workload.norm(gradient.apply(start)));
    }
}
