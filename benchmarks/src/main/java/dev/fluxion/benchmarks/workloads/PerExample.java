package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.sqrt;

import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import io.vavr.Function3;
import java.util.List;
import java.util.Map;

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
        figures.warm(
                Map.of(),
                "batched_grad",
                Timing.of(() -> batched.apply(layers, x, labels)),
                Workload.norm(batched.apply(layers, x, labels)));
        figures.large(
                Map.of(),
                "per_example_grads",
                () -> each.apply(layers, x, labels),
                Workload.norm(each.apply(layers, x, labels)));
        figures.warm(
                Map.of(),
                "per_example_grad_norms",
                Timing.of(() -> norms.apply(layers, x, labels)),
                sqrt(norms.apply(layers, x, labels).sum()).item());
    }

    private static NDArray squares(List<Layers.Layer> gradients) {
        return Tree.flatten(gradients).leaves().map(g -> g.times(g).sum()).reduce(NDArray::plus);
    }
}
