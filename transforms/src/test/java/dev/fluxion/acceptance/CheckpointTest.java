package dev.fluxion.acceptance;

import static dev.fluxion.CheckpointPolicies.DOTS_SAVEABLE;
import static dev.fluxion.CheckpointPolicies.DOTS_WITH_NO_BATCH_DIMS_SAVEABLE;
import static dev.fluxion.CheckpointPolicies.EVERYTHING_SAVEABLE;
import static dev.fluxion.CheckpointPolicies.saveAnyNamesButThese;
import static dev.fluxion.CheckpointPolicies.saveFromBothPolicies;
import static dev.fluxion.CheckpointPolicies.saveOnlyTheseNames;
import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.checkpointName;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.einsum;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.onesLike;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.stack;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.Jvp;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is computed again under which policy: the situations of JAX's tests, the counts and gradients of live JAX. */
class CheckpointTest {
    private static final NDArray X = scalar(0.7);
    private static final NDArray M = array(new double[][] {{0.1, 0.5}, {-0.3, 0.8}});
    private static final NDArray BATCH = stack(M, M.times(2));

    private static final double SIN_2 = 0.6115447511069771;
    private static final double SIN_3 = 0.5045316835265483;
    private static final double SIN_4 = 0.42609053547244014;
    private static final double[] DOTS = {
        -0.00010657264863827705, -6.459542743375151e-05, 0.00012034196288227756, 5.424618345265034e-05
    };
    private static final double[] DOTS_OF_BATCH = {
        -0.00010657264863827705,
        -6.459542743375151e-05,
        0.00012034196288227756,
        5.424618345265034e-05,
        3.1738530329681984e-05,
        -0.00023402084626319433,
        -0.0004651239993684094,
        0.0016322102703959051
    };
    private static final double[] BATCHED_DOTS = {
        -0.24241043058504558,
        -0.30971482145352824,
        1.9000020462306444,
        1.5974764938679409,
        -1.1969569311421202,
        -1.2950443044583393,
        2.503294570832508,
        -0.15348890982732744
    };

    @TestFactory
    Stream<DynamicTest> withoutAPolicy() {
        Function1<NDArray, NDArray> sinSin = x -> sin(sin(x));
        return Stream.of(
                test("no checkpoint", sinSin, X, new Recomputed(0, 0, 0), SIN_2),
                test("a checkpoint", checkpoint(sinSin), X, new Recomputed(1, 2, 0), SIN_2),
                test("of jit", checkpoint(jit(sinSin)), X, new Recomputed(1, 2, 0), SIN_2),
                test("in jit", jit(checkpoint(sinSin)), X, new Recomputed(1, 2, 0), SIN_2),
                test("three", checkpoint((NDArray x) -> sin(sin(sin(x)))), X, new Recomputed(2, 3, 0), SIN_3),
                test(
                        "nested, at the start",
                        checkpoint((NDArray x) -> sin(checkpoint(sinSin).apply(x))),
                        X,
                        new Recomputed(3, 3, 0),
                        SIN_3),
                test(
                        "nested, at the end",
                        checkpoint((NDArray x) -> checkpoint(sinSin).apply(sin(x))),
                        X,
                        new Recomputed(2, 3, 0),
                        SIN_3),
                test("a tree of checkpoints", halves(4), X, new Recomputed(4, 4, 0), SIN_4),
                test(
                        "a value closed over",
                        x -> {
                            NDArray z = x.times(2);
                            return checkpoint((NDArray y) -> sin(sin(z.times(y))))
                                    .apply(x);
                        },
                        X,
                        new Recomputed(1, 2, 0),
                        1.05200627497189));
    }

    /** {@code n} sines, the first and the second half apart. */
    private static Function1<NDArray, NDArray> halves(int n) {
        return n == 1
                ? x -> sin(x)
                : checkpoint(
                        (NDArray x) -> halves(n - n / 2).apply(halves(n / 2).apply(x)));
    }

    @TestFactory
    Stream<DynamicTest> names() {
        Function1<NDArray, NDArray> f = x -> sin(checkpointName(sin(checkpointName(sin(x), "a")), "b"));
        return Stream.of(
                test("none", checkpoint(f), X, new Recomputed(2, 3, 0), SIN_3),
                test("a", checkpoint(f, saveOnlyTheseNames("a")), X, new Recomputed(1, 3, 0), SIN_3),
                test("b", checkpoint(f, saveOnlyTheseNames("b")), X, new Recomputed(1, 3, 0), SIN_3),
                test("both", checkpoint(f, saveOnlyTheseNames("b", "a")), X, new Recomputed(0, 3, 0), SIN_3),
                test("in jit", checkpoint(jit(f), saveOnlyTheseNames("b", "a")), X, new Recomputed(0, 3, 0), SIN_3),
                test("others", checkpoint(f, saveOnlyTheseNames("c")), X, new Recomputed(2, 3, 0), SIN_3),
                test("all but a", checkpoint(f, saveAnyNamesButThese("a")), X, new Recomputed(1, 3, 0), SIN_3),
                test(
                        "two policies",
                        checkpoint(f, saveFromBothPolicies(saveOnlyTheseNames("a"), saveOnlyTheseNames("b"))),
                        X,
                        new Recomputed(0, 3, 0),
                        SIN_3));
    }

    @TestFactory
    Stream<DynamicTest> rulesOfUsers() {
        Function1<NDArray, NDArray> s = customJvp((NDArray x) -> sin(x))
                .defjvp((x, t) ->
                        new Jvp<>(sin(x), checkpointName(cos(x), "slope").times(t)));
        Function1<NDArray, NDArray> f = x -> s.apply(s.apply(x));
        return Stream.of(
                test("nothing", checkpoint(f), X, new Recomputed(1, 2, 0), SIN_2),
                test("everything", checkpoint(f, EVERYTHING_SAVEABLE), X, new Recomputed(0, 0, 0), SIN_2),
                test("named", checkpoint(f, saveOnlyTheseNames("slope")), X, new Recomputed(0, 0, 0), SIN_2));
    }

    @TestFactory
    Stream<DynamicTest> products() {
        Function1<NDArray, NDArray> f = x -> {
            NDArray y = sin(matmul(x, x));
            NDArray z = sin(matmul(y, y));
            return sin(matmul(z, z).times(1e-3));
        };
        Function1<NDArray, NDArray> ofBatches = x -> sin(einsum("bij,bjk->bik", sin(einsum("bij,bjk->bik", x, x)), x));
        Function1<NDArray, NDArray> weights = checkpoint(f, DOTS_WITH_NO_BATCH_DIMS_SAVEABLE);
        return Stream.of(
                test("nothing", checkpoint(f), M, new Recomputed(2, 3, 9), DOTS),
                test("everything", checkpoint(f, EVERYTHING_SAVEABLE), M, new Recomputed(0, 0, 6), DOTS),
                test("dots", checkpoint(f, DOTS_SAVEABLE), M, new Recomputed(2, 3, 6), DOTS),
                test("dots in jit", checkpoint(jit(f), DOTS_SAVEABLE), M, new Recomputed(2, 3, 6), DOTS),
                test("dots without batch", weights, M, new Recomputed(2, 3, 6), DOTS),
                test("over a batch", vmap(weights), BATCH, new Recomputed(2, 3, 9), DOTS_OF_BATCH),
                test(
                        "batched dots",
                        checkpoint(ofBatches, DOTS_SAVEABLE),
                        BATCH,
                        new Recomputed(1, 2, 4),
                        BATCHED_DOTS),
                test(
                        "batched dots without batch",
                        checkpoint(ofBatches, DOTS_WITH_NO_BATCH_DIMS_SAVEABLE),
                        BATCH,
                        new Recomputed(1, 2, 6),
                        BATCHED_DOTS));
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
