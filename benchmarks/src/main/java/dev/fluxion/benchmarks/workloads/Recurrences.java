package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.tanh;
import static dev.fluxion.numpy.Numpy.zeros;

import dev.fluxion.ValueAndGrad;
import dev.fluxion.lax.Lax;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** W7: an LSTM over 100 steps, and 1000 steps of an ordinary differential equation. */
final class Recurrences implements Workload {
    private static final int STEPS = 100;
    private static final int BATCH = 16;
    private static final int WIDTH = 32;
    private static final int HIDDEN = 64;
    private static final double DT = 0.005;

    record Weights(NDArray input, NDArray hidden, NDArray bias) {}

    private static NDArray gate(NDArray z, int i) {
        return Lax.sliceInDim(z, i * HIDDEN, (i + 1) * HIDDEN, 1, 1);
    }

    private static NDArray lstm(Weights w, NDArray xs) {
        NDArray zero = zeros(BATCH, HIDDEN);
        NDArray sums = Lax.<Tuple2<NDArray, NDArray>, NDArray, NDArray>scan(
                        (state, x) -> {
                            NDArray z = x.matmul(w.input())
                                    .plus(state._1.matmul(w.hidden()))
                                    .plus(w.bias());
                            NDArray cell = Nn.sigmoid(gate(z, 1))
                                    .times(state._2)
                                    .plus(Nn.sigmoid(gate(z, 0)).times(tanh(gate(z, 2))));
                            NDArray h = Nn.sigmoid(gate(z, 3)).times(tanh(cell));
                            return Tuple.of(Tuple.of(h, cell), square(h).sum());
                        },
                        Tuple.of(zero, zero),
                        xs)
                .ys();
        return sums.sum().div(STEPS * BATCH * HIDDEN);
    }

    private static NDArray ode(NDArray p, NDArray start) {
        NDArray end = Lax.foriLoop(
                0,
                1000,
                (i, y) -> {
                    NDArray meeting = y.get(0).times(y.get(1));
                    NDArray prey = p.get(0).times(y.get(0)).minus(p.get(1).times(meeting));
                    NDArray hunters = p.get(3).times(meeting).minus(p.get(2).times(y.get(1)));
                    return y.plus(stack(List.of(prey, hunters)).times(DT));
                },
                start);
        return square(end).sum();
    }

    @Override
    public void run(Figures figures) {
        Weights w = new Weights(
                Inputs.array(41, 0.5, WIDTH, 4 * HIDDEN),
                Inputs.array(42, 0.5, HIDDEN, 4 * HIDDEN),
                Inputs.array(43, 0.2, 4 * HIDDEN));
        NDArray xs = Inputs.array(40, 2, STEPS, BATCH, WIDTH);
        measure(figures, "lstm", Recurrences::lstm, w, xs);
        NDArray p = array(1.5, 1, 3, 1);
        NDArray start = array(1.0, 1.0);
        measure(figures, "ode", Recurrences::ode, p, start);
        List<NDArray> rows = new ArrayList<>();
        for (int k = 0; k < 64; k++) {
            rows.add(p.times(1 + 0.001 * k));
        }
        NDArray many = stack(rows);
        Function2<NDArray, NDArray, NDArray> batch = vmap(grad(Recurrences::ode), inAxes(0, NONE));
        figures.warm(
                Map.of("model", "ode", "vmap", 64),
                "grad",
                Timing.of(() -> batch.apply(many, start)),
                Workload.norm(batch.apply(many, start)));
    }

    private static <A> void measure(Figures figures, String model, Function2<A, NDArray, NDArray> f, A a, NDArray b) {
        Map<String, Object> params = Map.of("model", model);
        Function2<A, NDArray, ValueAndGrad<A>> both = valueAndGrad(f);
        Function2<A, NDArray, NDArray> value = jit(f);
        figures.once(params, "compile", Timing.once(() -> both.apply(a, b)));
        double norm = Workload.norm(both.apply(a, b).gradient());
        figures.warm(params, "value_and_grad", Timing.of(() -> both.apply(a, b)), norm);
        figures.warm(
                params,
                "value",
                Timing.of(() -> value.apply(a, b)),
                value.apply(a, b).item());
    }
}
