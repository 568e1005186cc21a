package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.hessianBlocks;
import static dev.fluxion.Fluxion.hessianDiagonal;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.outer;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Full derivatives computed some rows or columns at a time are the full derivatives; those that do not fit are refused. */
class ChunkedTest {
    private static final NDArray X = linspace(0.1, 1.2, 7);

    private static NDArray table(NDArray x) {
        return outer(sin(x), exp(x).slice(0, 0, 3)).times(x.get(1));
    }

    private static NDArray energy(NDArray x) {
        return sum(square(table(x)));
    }

    private static void same(NDArray expected, NDArray given) {
        assertEquals(expected.type(), given.type());
        assertArrayEquals(expected.toDoubleArray(), given.toDoubleArray(), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 100})
    void everyChunkGivesTheSame(int chunk) {
        same(
                jacfwd(ChunkedTest::table).apply(X),
                jacfwd(ChunkedTest::table, chunk).apply(X));
        same(
                jacrev(ChunkedTest::table).apply(X),
                jacrev(ChunkedTest::table, chunk).apply(X));
        same(
                hessian(ChunkedTest::energy).apply(X),
                hessian(ChunkedTest::energy, chunk).apply(X));
    }

    @Test
    void chunksComposeWithTransforms() {
        Function1<NDArray, NDArray> h = hessian(ChunkedTest::energy, 3);
        same(h.apply(X), jit(h).apply(X));
        NDArray both = stack(List.of(X, X.times(0.5)));
        same(stack(List.of(h.apply(X), h.apply(X.times(0.5)))), vmap(h).apply(both));
    }

    @Test
    void chunksOfTrees() {
        Function1<Map<String, NDArray>, NDArray> f = p -> energy(p.get("x")).times(sum(sin(p.get("y"))));
        Map<String, NDArray> at = Map.of("x", X, "y", array(0.3, 0.7));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                same(
                        hessianBlocks(f).apply(at).block(i, j),
                        hessianBlocks(f, 2).apply(at).block(i, j));
            }
        }
    }

    @Test
    void theLoopIsOneSubProgram() {
        String few = makeJaxpr(hessian(ChunkedTest::energy, 1)).apply(X).toString();
        assertEquals(1, few.split("scan\\[", -1).length - 1);
        String all = makeJaxpr(hessian(ChunkedTest::energy, 7)).apply(X).toString();
        assertEquals(0, all.split("scan\\[", -1).length - 1);
    }

    @Test
    void scalarsAndNothing() {
        same(
                hessian((NDArray x) -> exp(x)).apply(X.get(2)),
                hessian((NDArray x) -> exp(x), 4).apply(X.get(2)));
        same(zeros(0, 0), hessian((NDArray x) -> sum(exp(x)), 4).apply(zeros(0)));
        same(zeros(0, 0), jacrev((NDArray x) -> exp(x), 4).apply(zeros(0)));
    }

    private static void refused(String message, Executable call) {
        FluxionException error = assertThrows(FluxionException.class, call);
        assertEquals(message, error.getMessage().replaceAll("\\.java:\\d+", ".java"));
    }

    @Test
    void aChunkIsPositive() {
        String location = "  at ChunkedTest.java, while tracing hessian of energy for compilation\n";
        refused(
                "FX0104 hessian: chunk 0 is not positive\n"
                        + location
                        + "  hint: the chunk is the number of directions that are computed at the same time",
                () -> hessian(ChunkedTest::energy, 0).apply(X));
        assertThrows(
                FluxionException.class,
                () -> hessianDiagonal(ChunkedTest::energy, -1).apply(X));
    }

    @Test
    void anAnswerTooLargeForAnArrayIsRefused() {
        refused("""
            FX0409 hessian of energy: the answer does not fit
              it has 50000 x 50000 = 2500000000 elements, 20000000000 bytes
              an array holds at most 2147483639 elements
              at ChunkedTest.java, while tracing hessian of energy for compilation
              hint: hvp(f, x, v) multiplies by it without forming it, sparseHessian(f) keeps its nonzeros only; hessian(f, chunk) needs less memory beside it\
            """, () -> hessian(ChunkedTest::energy, 10).apply(zeros(50_000)));
        refused(
                """
                FX0409 jacfwd of square: all directions at the same time do not fit
                  they have 50000 x 50000 = 2500000000 elements
                  an array holds at most 2147483639 elements
                  at ChunkedTest.java, while tracing jacfwd of lambda in anAnswerTooLargeForAnArrayIsRefused for compilation
                  hint: jvp(f, x, t) and vjp(f, x) multiply by it without forming it, sparseJacobian(f) keeps its nonzeros only; jacfwd(f, chunk) and jacrev(f, chunk) need less memory beside it\
                """.replace("jacfwd of square", "jacfwd of lambda in anAnswerTooLargeForAnArrayIsRefused"),
                () -> jacfwd((NDArray x) -> sum(square(x))).apply(zeros(50_000)));
    }
}
