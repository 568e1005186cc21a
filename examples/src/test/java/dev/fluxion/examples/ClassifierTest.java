package dev.fluxion.examples;

import static dev.fluxion.Fluxion.checkGrads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.random.Random;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

class ClassifierTest {
    private static final DigitsTour.Setting SETTING = DigitsTour.Setting.of(0);

    @Test
    void theLossOfAnUndecidedClassifierIsLogOfTheNumberOfClasses() {
        Classifier undecided = Tree.map(p -> p.times(0), SETTING.start());
        Digits digits = SETTING.train().range(0, 7);
        assertEquals(
                Math.log(10), undecided.loss(digits.images(), digits.labels()).item(), 1e-15);
    }

    @Test
    void theLossHasTheGradientsThatFiniteDifferencesFind() {
        Digits digits = SETTING.train().range(0, 3);
        Classifier small = Classifier.init(Random.key(1), Digits.PIXELS, 4, Digits.CLASSES);
        checkGrads((Classifier c) -> c.loss(digits.images(), digits.labels()), small, 1);
    }

    @Test
    void gradientsByVmapAreThoseOfALoop() {
        Digits digits = SETTING.train().range(0, 40);
        Classifier batched = PerExampleGradients.batched(SETTING.start(), digits);
        assertEquals("f64[40,64,32]", batched.hidden().weights().type().toString());
        Array<Classifier> looped = PerExampleGradients.looped(SETTING.start(), digits);
        double difference = PerExampleGradients.maxDifference(batched, looped);
        assertTrue(difference < 1e-14, () -> "difference " + difference);
    }

    @Test
    void normsAreThoseOfTheLoopedGradients() {
        Digits digits = SETTING.train().range(0, 5);
        double[] norms = PerExampleGradients.norms(SETTING.start(), digits);
        Array<Classifier> looped = PerExampleGradients.looped(SETTING.start(), digits);
        for (int i = 0; i < norms.length; i++) {
            double squares = 0;
            for (var leaf : Tree.leaves(looped.get(i))) {
                for (double g : leaf.toDoubleArray()) {
                    squares += g * g;
                }
            }
            assertEquals(Math.sqrt(squares), norms[i], 1e-13);
        }
    }

    @Test
    void trainingReachesNinetyFivePercentOnHeldOutDigits() {
        DigitsTraining.History history =
                DigitsTraining.train(SETTING.start(), SETTING.train(), SETTING.heldOut(), SETTING.key(), 8, () -> {});
        assertEquals(
                8 * DigitsTraining.batchesPerEpoch(SETTING.train()),
                history.batchLoss().size());
        assertTrue(history.heldOutAccuracy().getFirst() < 0.3, () -> "before " + history.heldOutAccuracy());
        assertTrue(history.heldOutAccuracy().getLast() > 0.95, () -> "after " + history.heldOutAccuracy());
    }
}
