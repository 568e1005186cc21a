package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.ir.DType;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import java.util.ArrayList;
import java.util.List;

/** Dense layers with tanh between them, and their cross entropy. */
final class Layers {
    record Layer(NDArray weights, NDArray bias) {}

    private Layers() {}

    static List<Layer> of(int seed, DType dtype, int... sizes) {
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l + 1 < sizes.length; l++) {
            double scale = 2 * Math.sqrt(3.0 / sizes[l]);
            NDArray weights = Inputs.array(seed + 2 * l, scale, sizes[l], sizes[l + 1]);
            NDArray bias = Inputs.array(seed + 2 * l + 1, 0.2, sizes[l + 1]);
            layers.add(new Layer(weights.astype(dtype), bias.astype(dtype)));
        }
        return layers;
    }

    private static NDArray logits(List<Layer> layers, NDArray x) {
        NDArray hidden = x;
        for (Layer layer : layers.subList(0, layers.size() - 1)) {
            hidden = tanh(hidden.matmul(layer.weights()).plus(layer.bias()));
        }
        return hidden.matmul(layers.getLast().weights()).plus(layers.getLast().bias());
    }

    /** @param labels one-hot rows, or one such row for one example */
    static NDArray crossEntropy(List<Layer> layers, NDArray x, NDArray labels) {
        NDArray chosen = Nn.logSoftmax(logits(layers, x)).times(labels).sum();
        return x.ndim() == 1 ? chosen.unaryMinus() : chosen.div(-x.shape().dim(0));
    }
}
