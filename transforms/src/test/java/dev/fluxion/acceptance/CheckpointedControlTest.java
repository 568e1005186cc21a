package dev.fluxion.acceptance;

import static dev.fluxion.CheckpointPolicies.DOTS_SAVEABLE;
import static dev.fluxion.CheckpointPolicies.EVERYTHING_SAVEABLE;
import static dev.fluxion.CheckpointPolicies.saveOnlyTheseNames;
import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.checkpointName;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.onesLike;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Checkpoints of loops and branches, and in them: the situations of JAX's tests, the counts and gradients of live JAX. */
class CheckpointedControlTest {
    private static final NDArray X = scalar(0.7);
    private static final NDArray M = array(new double[][] {{0.1, 0.5}, {-0.3, 0.8}});
    private static final double SIN_2 = 0.6115447511069771;
    private static final double SIN_3 = 0.5045316835265483;
    private static final double SIN_6 = 0.3197586181781721;
    private static final double[] DOTS = {
        -0.10657257635487041, -0.06459553213654534, 0.12034213051166531, 0.054246482230069476
    };

    private static Function1<NDArray, NDArray> threeTimes(Function1<NDArray, NDArray> step) {
        return x -> Lax.foriLoop(0, 3, (i, c) -> step.apply(c), x);
    }

    @TestFactory
    Stream<DynamicTest> loops() {
        Function1<NDArray, NDArray> sines = threeTimes(x -> sin(x));
        Function1<NDArray, NDArray> dots = threeTimes(x -> sin(matmul(x, x)));
        Function1<NDArray, NDArray> dot = x -> sin(matmul(x, x));
        Function1<NDArray, NDArray> named = threeTimes(x -> sin(checkpointName(sin(x), "a")));
        return Stream.of(
                test("a step", threeTimes(checkpoint((NDArray x) -> sin(x))), X, new Recomputed(0, 1, 0), SIN_3),
                test("the loop", checkpoint(sines), X, new Recomputed(1, 1, 0), SIN_3),
                test("the loop, all kept", checkpoint(sines, EVERYTHING_SAVEABLE), X, new Recomputed(0, 0, 0), SIN_3),
                test("products", checkpoint(dots), M, new Recomputed(1, 1, 3), DOTS),
                test("products kept", checkpoint(dots, DOTS_SAVEABLE), M, new Recomputed(1, 1, 2), DOTS),
                test("of a step", threeTimes(checkpoint(dot, DOTS_SAVEABLE)), M, new Recomputed(0, 1, 2), DOTS),
                test("named", checkpoint(named), X, new Recomputed(2, 2, 0), SIN_6),
                test("named kept", checkpoint(named, saveOnlyTheseNames("a")), X, new Recomputed(1, 2, 0), SIN_6));
    }

    @TestFactory
    Stream<DynamicTest> branches() {
        Function1<NDArray, NDArray> sinSin = x -> sin(sin(x));
        Function1<NDArray, NDArray> twice = x -> sin(x).times(2);
        Function1<NDArray, NDArray> cond = x -> Lax.cond(x.gt(0.5), sinSin, twice, x);
        Function1<NDArray, NDArray> inside = x -> Lax.cond(x.gt(0.5), checkpoint(sinSin), twice, x);
        return Stream.of(
                test("the branches", checkpoint(cond), X, new Recomputed(1, 3, 0), SIN_2),
                test("all kept", checkpoint(cond, EVERYTHING_SAVEABLE), X, new Recomputed(0, 0, 0), SIN_2),
                test("one of them", inside, X, new Recomputed(1, 2, 0), SIN_2));
    }

    private static DynamicTest test(
            String name, Function1<NDArray, NDArray> f, NDArray x, Recomputed expected, double... gradient) {
        return DynamicTest.dynamicTest(name, () -> {
            assertEquals(expected, Recomputed.of(f, x));
            NDArray ones = onesLike(f.apply(x));
            assertArrayEquals(gradient, vjp(f, x).pullback().apply(ones).ravel().toDoubleArray(), 1e-15);
        });
    }
}
