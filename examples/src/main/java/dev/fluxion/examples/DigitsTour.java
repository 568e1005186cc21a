package dev.fluxion.examples;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.random.Random;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Second section: per-example gradients, and training, on images of handwritten digits. */
final class DigitsTour {
    private static final int HELD_OUT = 360;
    private static final int HIDDEN = 32;
    private static final int EXAMPLES = 256;
    private static final int GALLERY = 12;

    private final Narrator narrator;
    private final int epochs;
    private final double warmUp;

    DigitsTour(Narrator narrator, int epochs, double warmUp) {
        this.narrator = narrator;
        this.epochs = epochs;
        this.warmUp = warmUp;
    }

    /** The data in random order, cut into what is trained on and what is held out; and a classifier to start from. */
    record Setting(Digits train, Digits heldOut, Classifier start, NDArray key) {
        static Setting of(long seed) {
            NDArray keys = Random.split(Random.key(seed), 3);
            Digits all = Digits.load();
            Digits shuffled =
                    all.rows(Random.permutation(keys.get(0), all.size()).toIntArray());
            return new Setting(
                    shuffled.range(0, all.size() - HELD_OUT),
                    shuffled.range(all.size() - HELD_OUT, all.size()),
                    Classifier.init(keys.get(1), Digits.PIXELS, HIDDEN, Digits.CLASSES),
                    keys.get(2));
        }
    }

    void run() {
        Setting setting = Setting.of(0);
        narrator.heading("2. Handwritten digits: a gradient for every example");
        narrator.say(
                ("%d images of 8 x 8 pixels, %d of them held out. The classifier is softmax(tanh(x W1 + b1) W2 + b2)"
                                + " with %d hidden units; its %d parameters are a record, and so is their gradient.")
                        .formatted(setting.train().size() + HELD_OUT, HELD_OUT, HIDDEN, parameters(setting.start())));
        gradients(setting);
        training(setting);
    }

    private void gradients(Setting setting) {
        Digits examples = setting.train().range(0, EXAMPLES);
        narrator.say("vmap(grad(loss), inAxes(NONE, 0, 0)) gives the gradient of every single example, by one program"
                + " over whole arrays; the plain way is a loop that calls grad(loss) for one example after the other.");
        Classifier batched = PerExampleGradients.batched(setting.start(), examples);
        Array<Classifier> looped = PerExampleGradients.looped(setting.start(), examples);
        double difference = PerExampleGradients.maxDifference(batched, looped);
        double batchedTime = seconds(() -> PerExampleGradients.batched(setting.start(), examples));
        double loopedTime = seconds(() -> PerExampleGradients.looped(setting.start(), examples));
        narrator.blank();
        narrator.row(
                "gradients of W1, one per example: %s",
                batched.hidden().weights().type());
        narrator.row("largest difference from the loop: %.1e", difference);
        narrator.row("%d examples by vmap: %8.3f ms", EXAMPLES, 1e3 * batchedTime);
        narrator.row(
                "%d examples by loop: %8.3f ms, %.1f times as long",
                EXAMPLES, 1e3 * loopedTime, loopedTime / batchedTime);
    }

    private void training(Setting setting) {
        narrator.say(("Training: %d epochs of mini-batches of %d with Adam, itself a few lines of array code. Gradient"
                        + " and update are one program, compiled once by jit.")
                .formatted(epochs, DigitsTraining.BATCH));
        narrator.blank();
        DigitsTraining.History history;
        try (ProgressBar bar =
                narrator.progress("    training", epochs * DigitsTraining.batchesPerEpoch(setting.train()))) {
            history = DigitsTraining.train(
                    setting.start(), setting.train(), setting.heldOut(), setting.key(), epochs, bar::step);
        }
        narrator.row(
                "accuracy on the training data: %5.1f %%",
                100 * history.trainAccuracy().getLast());
        narrator.row(
                "accuracy on held-out data:     %5.1f %%",
                100 * history.heldOutAccuracy().getLast());
        double[] before = PerExampleGradients.norms(setting.start(), setting.train());
        double[] after = PerExampleGradients.norms(history.classifier(), setting.train());
        narrator.say(
                "The norm of an example's gradient says how much the classifier could still learn from it. Training"
                    + " shrinks it for nearly all examples; those that keep a large one are the odd ones, drawn in the"
                    + " last figure.");
        narrator.blank();
        narrator.figure("digits-training", curves(history));
        narrator.figure("digits-gradient-norms", histogram(before, after));
        narrator.figure("digits-hardest", hardest(history.classifier(), setting.train(), after));
    }

    private static int parameters(Classifier classifier) {
        return Tree.leaves(classifier).map(NDArray::size).sum().intValue();
    }

    /** The median time of calls during half a second, after calls to warm up. */
    private double seconds(Runnable work) {
        calls(work, warmUp);
        double[] times = calls(work, 0.5);
        return times[times.length / 2];
    }

    /** How long calls took, in ascending order, repeated for some seconds. */
    private static double[] calls(Runnable work, double seconds) {
        List<Double> times = new ArrayList<>();
        long begin = System.nanoTime();
        for (long before = begin; before - begin < seconds * 1e9; ) {
            work.run();
            long after = System.nanoTime();
            times.add((after - before) * 1e-9);
            before = after;
        }
        return times.stream().mapToDouble(t -> t).sorted().toArray();
    }

    private static XYChart curves(DigitsTraining.History history) {
        double[] loss = history.batchLoss().stream().mapToDouble(x -> x).toArray();
        double[] epoch = IntStream.range(0, history.heldOutAccuracy().size())
                .mapToDouble(i -> i)
                .toArray();
        double perEpoch = (double) loss.length / (epoch.length - 1);
        double[] batch = IntStream.range(0, loss.length)
                .mapToDouble(i -> (i + 1) / perEpoch)
                .toArray();
        XYChart chart = Plots.chart(900, 560, "Training on handwritten digits", "epoch", "loss, error rate");
        chart.getStyler().setYAxisLogarithmic(true);
        Plots.line(chart, "loss of each batch", batch, loss, 0.7f);
        Plots.line(chart, "error rate, training data", epoch, errorRates(history.trainAccuracy()), 2.5f);
        Plots.line(chart, "error rate, held-out data", epoch, errorRates(history.heldOutAccuracy()), 2.5f);
        return chart;
    }

    /** {@code 1 - accuracy}; an axis of logarithms has no place for zero. */
    private static double[] errorRates(List<Double> accuracies) {
        return accuracies.stream().mapToDouble(a -> Math.max(1 - a, 1e-3)).toArray();
    }

    private static XYChart histogram(double[] before, double[] after) {
        XYChart chart = Plots.chart(900, 560, "Gradient norms of single examples", "norm of the gradient", "examples");
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        double[] edges = IntStream.rangeClosed(-40, 20)
                .mapToDouble(i -> Math.pow(10, 0.1 * i))
                .toArray();
        Plots.histogram(chart, "before training", edges, before);
        Plots.histogram(chart, "after training", edges, after);
        return chart;
    }

    private static BufferedImage hardest(Classifier classifier, Digits digits, double[] norms) {
        int[] order = IntStream.range(0, norms.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -norms[i]))
                .limit(GALLERY)
                .mapToInt(i -> i)
                .toArray();
        Digits chosen = digits.rows(order);
        int[] predicted = classifier.predict(chosen.images()).toIntArray();
        return Gallery.draw(
                "Training images with the largest gradients",
                IntStream.range(0, order.length)
                        .mapToObj(i -> new Gallery.Picture(
                                chosen.image(i).toDoubleArray(), chosen.label(i) + ", seen as " + predicted[i]))
                        .toList());
    }
}
