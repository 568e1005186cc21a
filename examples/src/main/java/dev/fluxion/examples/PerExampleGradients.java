package dev.fluxion.examples;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.abs;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import io.vavr.Function3;
import io.vavr.collection.Array;
import java.util.stream.IntStream;

/** The gradient of a {@link Classifier}'s loss for every example on its own, where training asks only for the mean. */
final class PerExampleGradients {
    private static final Function3<Classifier, NDArray, NDArray, Classifier> ONE = grad(Classifier::loss);

    private static final Function3<Classifier, NDArray, NDArray, Classifier> ALL =
            vmap(grad(Classifier::loss), inAxes(NONE, 0, 0));

    private static final Function3<Classifier, NDArray, NDArray, NDArray> NORMS =
            jit((classifier, images, labels) -> norms(ALL.apply(classifier, images, labels)));

    private PerExampleGradients() {}

    /** By vmap: a classifier whose arrays have one more axis in front, the examples. */
    static Classifier batched(Classifier classifier, Digits digits) {
        return ALL.apply(classifier, digits.images(), digits.labels());
    }

    /** The same by a loop over the examples. */
    static Array<Classifier> looped(Classifier classifier, Digits digits) {
        return Array.ofAll(IntStream.range(0, digits.size())
                .mapToObj(i -> ONE.apply(classifier, digits.image(i), scalar(digits.label(i))))
                .toList());
    }

    /** The largest difference of an element between what the two ways give. */
    static double maxDifference(Classifier batched, Array<Classifier> looped) {
        return Tree.leaves(batched)
                .zipWithIndex((leaf, k) -> {
                    NDArray stacked =
                            stack(looped.map(g -> Tree.leaves(g).get(k)).asJava());
                    return abs(leaf.minus(stacked)).max().item();
                })
                .max()
                .get();
    }

    /** The Euclidean norm of each example's gradient over all parameters. */
    static double[] norms(Classifier classifier, Digits digits) {
        return NORMS.apply(classifier, digits.images(), digits.labels()).toDoubleArray();
    }

    private static NDArray norms(Classifier gradients) {
        return sqrt(Tree.leaves(gradients)
                .map(leaf -> square(leaf.reshape(leaf.shape().dim(0), -1)).sum(1))
                .reduce(NDArray::plus));
    }
}
