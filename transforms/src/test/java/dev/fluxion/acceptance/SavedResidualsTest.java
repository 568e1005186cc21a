package dev.fluxion.acceptance;

import static dev.fluxion.CheckpointPolicies.DOTS_SAVEABLE;
import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.checkpointName;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.savedResiduals;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.SavedResidual;
import dev.fluxion.SavedResiduals;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** What the report of kept values says. */
class SavedResidualsTest {
    record Layer(NDArray w, NDArray b) {}

    private static final Layer LAYER = new Layer(ones(4, 3), ones(3));
    private static final NDArray X = ones(1000, 4);

    private static NDArray loss(Layer layer, NDArray x) {
        return sum(sin(checkpointName(matmul(x, layer.w()).plus(layer.b()), "state")));
    }

    @Test
    void printsATable() {
        assertEquals(
                """
                 bytes  type         what           where
                    96  f64[4,3]     argument 0.w
                32,000  f64[1000,4]  argument 1
                24,000  f64[1000,3]  output of cos  SavedResidualsTest.java
                56,096  in all, 24,000 of them computed\
                """,
                savedResiduals(SavedResidualsTest::loss, LAYER, X).toString().replaceAll("java:\\d+", "java"));
    }

    @Test
    void checkpointsKeepWhatTheirPolicySays() {
        Function2<Layer, NDArray, NDArray> loss = SavedResidualsTest::loss;
        assertEquals(
                Array.of("argument 0.w", "argument 0.b", "argument 1"),
                what(savedResiduals(checkpoint(loss), LAYER, X)));
        SavedResiduals dots = savedResiduals(checkpoint(jit(loss), DOTS_SAVEABLE), LAYER, X);
        assertEquals(Array.of("argument 0.w", "argument 0.b", "argument 1", "output of dot_general"), what(dots));
        assertEquals(24_000, dots.computedBytes());
        assertEquals(56_096 + 24, dots.bytes());
    }

    @Test
    void loopsTellTheirSteps() {
        Function1<NDArray, NDArray> f = x -> sum(Lax.scan((c, u) -> Tuple.of(sin(c.times(u)), cos(c)), x, ones(7, 5))
                .ys());
        SavedResiduals kept = savedResiduals(vmap(f), ones(2, 5));
        assertEquals(Array.of(7, 7), kept.residuals().map(SavedResidual::steps));
        assertEquals(Array.of("output of cos", "output of sin"), what(kept).sorted());
        assertEquals(
                Array.of("f64[7,2,5]"),
                kept.residuals().map(residual -> residual.type().toString()).distinct());
        Function1<NDArray, NDArray> steps = x -> sum(Lax.foriLoop(0, 9, checkpoint((i, c) -> sin(c)), x));
        assertEquals(Array.of("carry of scan"), what(savedResiduals(steps, ones(5))));
    }

    @Test
    void whatAFunctionClosesOverIsGiven() {
        NDArray w = ones(5);
        SavedResiduals kept = savedResiduals((NDArray x) -> sum(x.times(w)), ones(5));
        assertEquals(0, kept.computedBytes());
        assertEquals("bytes  type  what  where\n    0  in all, 0 of them computed", kept.toString());
    }

    private static Array<String> what(SavedResiduals kept) {
        return kept.residuals().map(SavedResidual::what);
    }
}
