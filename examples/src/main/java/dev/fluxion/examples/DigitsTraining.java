package dev.fluxion.examples;

import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.valueAndGrad;

import dev.fluxion.ValueAndGrad;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.random.Random;
import io.vavr.Function3;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.ArrayList;
import java.util.List;

/** Mini-batch training of a {@link Classifier}: one compiled program per step, the same for all steps. */
final class DigitsTraining {
    static final int BATCH = 32;
    private static final Adam ADAM = Adam.withRate(0.005);

    private static final Function3<Classifier, NDArray, NDArray, ValueAndGrad<Classifier>> LOSS_AND_GRADIENT =
            valueAndGrad(Classifier::loss);
    private static final Function3<Adam.State<Classifier>, NDArray, NDArray, Tuple2<Adam.State<Classifier>, NDArray>>
            STEP = jit(DigitsTraining::step);
    private static final Function3<Classifier, NDArray, NDArray, NDArray> ACCURACY = jit(Classifier::accuracy);

    /** How training went: the loss of every batch, and both accuracies after every epoch, the first one before training. */
    record History(
            Classifier classifier, List<Double> batchLoss, List<Double> trainAccuracy, List<Double> heldOutAccuracy) {}

    private DigitsTraining() {}

    private static Tuple2<Adam.State<Classifier>, NDArray> step(
            Adam.State<Classifier> state, NDArray images, NDArray labels) {
        ValueAndGrad<Classifier> loss = LOSS_AND_GRADIENT.apply(state.parameters(), images, labels);
        return Tuple.of(ADAM.step(state, loss.gradient()), loss.value());
    }

    static int batchesPerEpoch(Digits train) {
        return train.size() / BATCH;
    }

    /** Trains for some epochs, each in a new random order; {@code onBatch} is told of every batch. */
    static History train(Classifier start, Digits train, Digits heldOut, NDArray key, int epochs, Runnable onBatch) {
        List<Double> losses = new ArrayList<>();
        List<Double> trainAccuracy = new ArrayList<>(List.of(accuracy(start, train)));
        List<Double> heldOutAccuracy = new ArrayList<>(List.of(accuracy(start, heldOut)));
        Adam.State<Classifier> state = ADAM.start(start);
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order =
                    Random.permutation(Random.foldIn(key, epoch), train.size()).toIntArray();
            Digits shuffled = train.rows(order);
            for (int batch = 0; batch < batchesPerEpoch(train); batch++) {
                Digits examples = shuffled.range(batch * BATCH, (batch + 1) * BATCH);
                Tuple2<Adam.State<Classifier>, NDArray> next = STEP.apply(state, examples.images(), examples.labels());
                state = next._1();
                losses.add(next._2().item());
                onBatch.run();
            }
            trainAccuracy.add(accuracy(state.parameters(), train));
            heldOutAccuracy.add(accuracy(state.parameters(), heldOut));
        }
        return new History(state.parameters(), losses, trainAccuracy, heldOutAccuracy);
    }

    private static double accuracy(Classifier classifier, Digits digits) {
        return ACCURACY.apply(classifier, digits.images(), digits.labels()).item();
    }
}
