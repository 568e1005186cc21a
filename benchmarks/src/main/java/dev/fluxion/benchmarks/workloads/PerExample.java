package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.sqrt;

import dev.fluxion.JitOptions;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import io.vavr.Function2;
import io.vavr.Function3;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** W4: the gradients of a 64-64-10 network for each of 256 examples. */
final class PerExample implements Workload {
    @Override
    public void run(Figures figures) {
        List<Layers.Layer> layers = Layers.of(20, DType.FLOAT64, 64, 64, 10);
        NDArray x = Inputs.array(3, 2, 256, 64);
        NDArray labels = Inputs.labels(256);
        Function3<List<Layers.Layer>, NDArray, NDArray, List<Layers.Layer>> batched = grad(Layers::crossEntropy);
        Function3<List<Layers.Layer>, NDArray, NDArray, List<Layers.Layer>> each =
                vmap(grad(Layers::crossEntropy), inAxes(NONE, 0, 0));
        Function3<List<Layers.Layer>, NDArray, NDArray, NDArray> norms =
                jit((List<Layers.Layer> p, NDArray a, NDArray b) ->
                        vmap((List<Layers.Layer> g) -> squares(g)).apply(each.apply(p, a, b)));
        measure(figures, "batched_grad", batched, layers, x, labels);
        measure(figures, "per_example_grads", each, layers, x, labels);
        reused(figures, each, layers, x, labels);
        figures.warm(
                Map.of(),
                "per_example_grad_norms",
                Timing.of(() -> norms.apply(layers, x, labels)),
                sqrt(norms.apply(layers, x, labels).sum()).item());
    }

    /** The gradients of one call take the arrays of those of the call before, as in a loop that is done with them by then. */
    private static void reused(
            Figures figures,
            Function3<List<Layers.Layer>, NDArray, NDArray, List<Layers.Layer>> each,
            List<Layers.Layer> layers,
            NDArray x,
            NDArray labels) {
        Function2<List<Layers.Layer>, NDArray, List<Layers.Layer>> next = jit(
                (List<Layers.Layer> before, NDArray a) -> each.apply(layers, a, labels),
                JitOptions.builder().donateArgnums(0).build());
        AtomicReference<List<Layers.Layer>> last = new AtomicReference<>(each.apply(layers, x, labels));
        Timing timing = Timing.of(() -> {
            last.set(next.apply(last.get(), x));
            return last;
        });
        figures.warm(Map.of(), "per_example_grads_reused", timing, Workload.norm(last.get()));
    }

    private static NDArray squares(List<Layers.Layer> gradients) {
        return Tree.flatten(gradients).leaves().map(g -> g.times(g).sum()).reduce(NDArray::plus);
    }

    private static void measure(
            Figures figures,
            String metric,
            Function3<List<Layers.Layer>, NDArray, NDArray, List<Layers.Layer>> f,
            List<Layers.Layer> layers,
            NDArray x,
            NDArray labels) {
        double norm = Workload.norm(f.apply(layers, x, labels));
        figures.warm(Map.of(), metric, Timing.of(() -> f.apply(layers, x, labels)), norm);
    }
}
