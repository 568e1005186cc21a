package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.stack;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Under vmap every branch runs for every example; nothing of a branch not taken may show, in derivatives either. */
class BranchNotTakenTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    /** {@code x log x} where x is positive, {@code -x} elsewhere. */
    private static final Function1<NDArray, NDArray> F =
            x -> Lax.cond(x.gt(0), v -> log(v).times(v), v -> v.unaryMinus(), x);

    private static final NDArray MIXED = array(2, 0, -1, -INF);
    private static final NDArray NONE = array(0, -1, -2);

    private static void same(NDArray actual, double... expected) {
        assertArrayEquals(expected, actual.toDoubleArray(), 1e-15);
    }

    private static NDArray total(NDArray xs) {
        return vmap(F).apply(xs).sum();
    }

    @Test
    void derivativesOfABatchHaveNoTraceOfIt() {
        double slope = Math.log(2) + 1;
        same(vmap(grad(F)).apply(MIXED), slope, -1, -1, -1);
        same(grad(BranchNotTakenTest::total).apply(MIXED), slope, -1, -1, -1);
        same(jit(grad(BranchNotTakenTest::total)).apply(MIXED), slope, -1, -1, -1);
        same(vmap(grad(grad(F))).apply(MIXED), 0.5, 0, 0, 0);
        same(hessian(BranchNotTakenTest::total).apply(array(2, 0)), 0.5, 0, 0, 0);
    }

    @Test
    void aBranchThatNoExampleTakesDoesNotRun() {
        same(grad(BranchNotTakenTest::total).apply(NONE), -1, -1, -1);
        same(vmap(grad(F)).apply(NONE), -1, -1, -1);
    }

    @Test
    void batchesOfBatchesAreNoDifferent() {
        NDArray both = stack(List.of(NONE, array(1, 0, Math.E)));
        same(vmap(vmap(grad(F))).apply(both), -1, -1, -1, 1, -1, 2);
        same(vmap(grad(BranchNotTakenTest::total)).apply(both), -1, -1, -1, 1, -1, 2);
    }

    @Test
    void whatAllExamplesShareGetsNothingFromABranchThatNoneTakes() {
        Function1<NDArray, NDArray> ofShared =
                w -> vmap((NDArray x) -> Lax.cond(x.gt(0), v -> v.div(w), v -> v.times(2), x))
                        .apply(NONE)
                        .sum();
        same(grad(ofShared).apply(scalar(0.0)), 0);
    }
}
