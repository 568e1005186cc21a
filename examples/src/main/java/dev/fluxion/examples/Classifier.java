package dev.fluxion.examples;

import static dev.fluxion.numpy.Numpy.argmax;
import static dev.fluxion.numpy.Numpy.tanh;
import static dev.fluxion.numpy.Numpy.zeros;

import dev.fluxion.ir.Shape;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.random.Random;

/**
 * {@code softmax(tanh(x W1 + b1) W2 + b2)}: a classifier with one hidden layer. A record of records of arrays is a tree, so
 * {@code grad} of a function of a {@code Classifier} is a {@code Classifier} as well: one partial derivative per parameter.
 */
record Classifier(Layer hidden, Layer output) {

    /** {@code x W + b}. */
    record Layer(NDArray weights, NDArray bias) {
        /** Glorot's uniform weights and no bias. */
        static Layer init(NDArray key, int inputs, int outputs) {
            double bound = Math.sqrt(6.0 / (inputs + outputs));
            return new Layer(Random.uniform(key, Shape.of(inputs, outputs), -bound, bound), zeros(outputs));
        }

        NDArray apply(NDArray x) {
            return x.matmul(weights).plus(bias);
        }
    }

    static Classifier init(NDArray key, int inputs, int hidden, int classes) {
        NDArray keys = Random.split(key);
        return new Classifier(Layer.init(keys.get(0), inputs, hidden), Layer.init(keys.get(1), hidden, classes));
    }

    /** The logarithms of the class probabilities up to a constant, for one image or a batch of them. */
    NDArray logits(NDArray images) {
        return output.apply(tanh(hidden.apply(images)));
    }

    /** {@code -log p(label | image)}, the cross entropy; its mean for a batch. */
    NDArray loss(NDArray images, NDArray labels) {
        NDArray logits = logits(images);
        NDArray picked =
                Nn.logSoftmax(logits).times(Nn.oneHot(labels, Digits.CLASSES)).sum(-1);
        return picked.mean().unaryMinus();
    }

    /** The most probable class of each image. */
    NDArray predict(NDArray images) {
        return argmax(logits(images), -1);
    }

    /** The share of the images whose most probable class is their label. */
    NDArray accuracy(NDArray images, NDArray labels) {
        return predict(images).eq(labels).mean();
    }
}
