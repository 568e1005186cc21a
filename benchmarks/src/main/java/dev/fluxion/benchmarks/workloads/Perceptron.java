package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.valueAndGrad;

import dev.fluxion.ValueAndGrad;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import io.vavr.Function3;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;
import java.util.Map;

/** W3: a step of gradient descent of a 784-512-256-10 network on 128 examples. */
final class Perceptron implements Workload {
    @Override
    public void run(Figures figures) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            Map<String, Object> params = Map.of("dtype", dtype == DType.FLOAT64 ? "f64" : "f32");
            List<Layers.Layer> start = Layers.of(10, dtype, 784, 512, 256, 10);
            NDArray x = Inputs.shifted(2, 1, 0.5, 128, 784).astype(dtype);
            NDArray labels = Inputs.labels(128).astype(dtype);
            Function3<List<Layers.Layer>, NDArray, NDArray, Tuple2<List<Layers.Layer>, NDArray>> step =
                    jit((List<Layers.Layer> layers, NDArray a, NDArray b) -> {
                        ValueAndGrad<List<Layers.Layer>> both =
                                valueAndGrad(Layers::crossEntropy).apply(layers, a, b);
                        return Tuple.of(descend(layers, both.gradient()), both.value());
                    });
            figures.once(params, "compile", Timing.once(() -> step.apply(start, x, labels)));
            List<Layers.Layer> layers = start;
            for (int i = 0; i < 10; i++) {
                layers = step.apply(layers, x, labels)._1;
            }
            double loss = step.apply(layers, x, labels)._2.item();
            figures.large(params, "step", () -> step.apply(start, x, labels), loss);
            Function3<List<Layers.Layer>, NDArray, NDArray, NDArray> forward = jit(Layers::crossEntropy);
            figures.warm(
                    params,
                    "forward",
                    Timing.of(() -> forward.apply(start, x, labels)),
                    forward.apply(start, x, labels).item());
            double norm = Workload.norm(grad(Layers::crossEntropy).apply(start, x, labels));
            figures.print(params, "grad_norm", norm, Map.of("unit", "1", "checksum", norm));
        }
    }

    private static List<Layers.Layer> descend(List<Layers.Layer> layers, List<Layers.Layer> gradient) {
        return Tree.map2((p, g) -> p.minus(g.times(0.1)), layers, gradient);
    }
}
