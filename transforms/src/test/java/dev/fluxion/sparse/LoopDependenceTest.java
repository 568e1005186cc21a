package dev.fluxion.sparse;

import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.hessianDiagonal;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacobianSparsity;
import static dev.fluxion.Fluxion.laplacian;
import static dev.fluxion.Fluxion.sparseHessian;
import static dev.fluxion.Fluxion.sparseJacobian;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.diagonal;
import static dev.fluxion.numpy.Numpy.expandDims;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.pad;
import static dev.fluxion.numpy.Numpy.roll;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.trace;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.lax.ScanOptions;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Patterns of functions with branches and loops. */
class LoopDependenceTest {
    private static final int N = 6;
    private static final NDArray X = array(0.3, -0.7, 1.1, 0.4, -1.2, 0.8);

    private record Case(String name, Function1<NDArray, NDArray> f) {}

    private static NDArray neighbours(NDArray u) {
        NDArray padded = pad(u, 1);
        int n = u.size();
        return padded.slice(0, 0, n).plus(padded.slice(0, 2, n + 2)).plus(sin(u));
    }

    private static NDArray firstBranch(NDArray x, NDArray which) {
        return Lax.switchCase(which, List.of(v -> sin(v), v -> v.flip()), x);
    }

    /** Loops of a known number of steps are followed step by step, with what each step is known to read. */
    private static final List<Case> EXACT = List.of(
            new Case("map", x -> Lax.map(v -> sin(v).times(v), x)),
            new Case(
                    "running sum",
                    x -> Lax.scan((NDArray c, NDArray v) -> Tuple.of(c.plus(sin(v)), c.plus(v)), scalar(0.0), x)
                            .ys()),
            new Case(
                    "reversed",
                    x -> Lax.scan(
                                    (NDArray c, NDArray v) -> Tuple.of(c.plus(sin(v)), c.plus(v)),
                                    scalar(0.0),
                                    x,
                                    ScanOptions.DEFAULT.withReverse(true))
                            .ys()),
            new Case(
                    "one step back",
                    x -> Lax.scan((NDArray c, NDArray v) -> Tuple.of(sin(v), c.times(v)), scalar(1.0), x)
                            .ys()),
            new Case("two steps of heat", x -> Lax.foriLoop(0, 2, (i, u) -> neighbours(u), x)),
            new Case("known places", x -> Lax.foriLoop(0, 3, (i, u) -> u.plus(sin(x.get(i))), x.slice(0, 3, 6))),
            new Case(
                    "updates in place",
                    x -> Lax.foriLoop(
                            1,
                            N,
                            (i, u) -> Lax.dynamicUpdateSlice(
                                    u, expandDims(u.get(i).times(x.get(i.minus(1))), 0), Array.of(i)),
                            x)),
            new Case("branch of a known number", x -> firstBranch(x, scalar(1))),
            new Case("checkpoint", checkpoint((NDArray x) -> sin(x).times(x))));

    private static SparsityPattern nonzeros(Function1<NDArray, NDArray> f) {
        return SparsityPattern.ofNonzeros(jacfwd(f).apply(X));
    }

    @TestFactory
    Stream<DynamicTest> exact() {
        return EXACT.stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.name(), () -> assertEquals(nonzeros(c.f()), jacobianSparsity(c.f(), X))));
    }

    @TestFactory
    Stream<DynamicTest> sparseDerivativesAreTheDenseOnes() {
        return EXACT.stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    same(jacfwd(c.f()).apply(X), sparseJacobian(c.f()).apply(X).toDense());
                    Function1<NDArray, NDArray> total = x -> sum(sin(c.f().apply(x)));
                    NDArray dense = hessian(total).apply(X);
                    same(dense, sparseHessian(total).apply(X).toDense());
                    same(dense, hessian(total, 2).apply(X));
                    same(diagonal(dense), hessianDiagonal(total).apply(X));
                    same(trace(dense), laplacian(total).apply(X));
                }));
    }

    private static void same(NDArray expected, NDArray given) {
        assertArrayEquals(expected.toDoubleArray(), given.toDoubleArray(), 1e-12);
    }

    @Test
    void anOpenBranchMayBeEither() {
        Function1<NDArray, NDArray> f = x -> Lax.cond(x.get(0).gt(0.0), v -> sin(v), v -> v.flip(), x);
        assertEquals(nonzeros(x -> sin(x).plus(x.flip())), jacobianSparsity(f, X));
    }

    @Test
    void anOpenNumberOfStepsIsAnyNumber() {
        Function1<NDArray, NDArray> apart =
                x -> Lax.whileLoop(u -> sum(u).lt(100.0), u -> u.times(2.0).plus(1.0), x);
        assertEquals(SparsityPattern.diagonal(N), jacobianSparsity(apart, X));
        Function1<NDArray, NDArray> pairs = x -> Lax.whileLoop(
                u -> sum(u).lt(100.0),
                u -> u.plus(roll(u.reshape(3, 2), 1, 1).ravel()).plus(1.0),
                x);
        int[] rows = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
        int[] columns = {0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5};
        assertEquals(SparsityPattern.of(N, N, rows, columns), jacobianSparsity(pairs, X));
    }

    @Test
    void setsThatGrowForLongBecomeEverything() {
        NDArray x = linspace(0, 1, 100);
        Function1<NDArray, NDArray> f = u -> Lax.whileLoop(v -> sum(v).lt(1e3), v -> neighbours(v), u);
        assertEquals(SparsityPattern.dense(100, 100), jacobianSparsity(f, x));
    }

    @Test
    void aLoopTooLongToFollowIsAnyNumberOfSteps() {
        Function1<NDArray, NDArray> apart = x -> Lax.foriLoop(0, 10_000_000, (i, u) -> sin(u).times(2.0), x);
        assertEquals(SparsityPattern.diagonal(N), jacobianSparsity(apart, X));
        Function1<NDArray, NDArray> summing = x -> Lax.scan(
                        (NDArray c, NDArray v) -> Tuple.of(c.plus(v), c.times(v)),
                        scalar(0.0),
                        Lax.broadcast(x.get(2), Shape.of(5_000_000)))
                .carry();
        SparsityPattern pattern = jacobianSparsity(summing, X);
        assertTrue(pattern.contains(0, 2));
        assertEquals(1, pattern.nonzeros());
    }
}
