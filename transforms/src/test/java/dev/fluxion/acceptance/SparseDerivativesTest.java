package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.sparseHessian;
import static dev.fluxion.Fluxion.sparseJacobian;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.sparse.Csr;
import dev.fluxion.sparse.Product;
import dev.fluxion.sparse.SparseDerivative;
import dev.fluxion.sparse.SparsityPattern;
import io.vavr.Function1;
import io.vavr.Tuple2;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Sparse Jacobians and Hessians as a user asks for them. */
class SparseDerivativesTest {
    private static final NDArray X = linspace(-1, 1.3, 8);

    /** Heat with a source: each point and its two neighbours. */
    private static NDArray heat(NDArray u) {
        NDArray padded = Numpy.pad(u, 1);
        int n = u.size();
        return padded.slice(0, 0, n)
                .plus(padded.slice(0, 2, n + 2))
                .minus(u.times(2.0))
                .plus(exp(u));
    }

    private static NDArray rosenbrock(NDArray x) {
        int n = x.size();
        NDArray head = x.slice(0, 0, n - 1);
        NDArray tail = x.slice(0, 1, n);
        return sum(square(tail.minus(square(head))).times(100.0).plus(square(head.minus(1.0))));
    }

    private static void same(NDArray expected, NDArray given) {
        assertEquals(expected.type(), given.type());
        assertArrayEquals(expected.toDoubleArray(), given.toDoubleArray(), 1e-12);
    }

    @Test
    void jacobianOfABand() {
        SparseDerivative<NDArray> jacobian = sparseJacobian(SparseDerivativesTest::heat, X);
        assertEquals(SparsityPattern.banded(8, 8, 1, 1), jacobian.pattern());
        assertEquals(3, jacobian.colors());
        assertEquals(Product.JVP, jacobian.product());
        same(jacfwd(SparseDerivativesTest::heat).apply(X), jacobian.apply(X).toDense());
        same(
                jacobian.apply(X).values(),
                sparseJacobian(SparseDerivativesTest::heat).apply(X).values());
    }

    @Test
    void hessianOfAChain() {
        SparseDerivative<NDArray> chain = sparseHessian(SparseDerivativesTest::rosenbrock, X);
        assertEquals(SparsityPattern.banded(8, 8, 1, 1), chain.pattern());
        assertEquals(3, chain.colors());
        assertEquals(Product.HVP, chain.product());
        same(
                hessian(SparseDerivativesTest::rosenbrock).apply(X),
                sparseHessian(SparseDerivativesTest::rosenbrock).apply(X).toDense());
    }

    @Test
    void fewResultsOfManyVariablesAreComputedByRows() {
        Function1<NDArray, NDArray> sums = x -> sin(x).reshape(2, 4).sum(1);
        SparseDerivative<NDArray> jacobian = sparseJacobian(sums, X);
        assertEquals(1, jacobian.colors());
        assertEquals(Product.VJP, jacobian.product());
        same(jacrev(sums).apply(X), jacobian.apply(X).toDense());
    }

    @Test
    void aKnownPatternIsNotLookedFor() {
        SparsityPattern band = SparsityPattern.banded(8, 8, 1, 1);
        same(
                jacfwd(SparseDerivativesTest::heat).apply(X),
                sparseJacobian(SparseDerivativesTest::heat, band).apply(X).toDense());
        SparsityPattern upper = SparsityPattern.banded(8, 8, 0, 1);
        same(
                hessian(SparseDerivativesTest::rosenbrock).apply(X),
                sparseHessian(SparseDerivativesTest::rosenbrock, upper).apply(X).toDense());
    }

    @Test
    void evaluationComposesWithTransforms() {
        SparseDerivative<NDArray> jacobian = sparseJacobian(SparseDerivativesTest::heat, X);
        Csr compiled = jit((NDArray x) -> jacobian.apply(x)).apply(X);
        same(jacobian.apply(X).values(), compiled.values());
        NDArray points = stack(List.of(X, X.times(0.5)));
        NDArray rows = vmap((NDArray x) -> jacobian.apply(x).values()).apply(points);
        same(
                stack(List.of(
                        jacobian.apply(X).values(), jacobian.apply(X.times(0.5)).values())),
                rows);
        Function1<NDArray, NDArray> norm = x -> sum(square(jacobian.apply(x).values()));
        Function1<NDArray, NDArray> dense =
                x -> sum(square(jacfwd(SparseDerivativesTest::heat).apply(x)));
        same(grad(dense).apply(X), grad(norm).apply(X));
        Function1<NDArray, NDArray> inside =
                x -> sparseJacobian(SparseDerivativesTest::heat).apply(x).matvec(x);
        same(
                jacfwd((NDArray x) -> matmul(jacfwd(SparseDerivativesTest::heat).apply(x), x))
                        .apply(X),
                jacrev(inside).apply(X));
    }

    @Test
    void treesStandLeafAfterLeaf() {
        Function1<Tuple2<NDArray, NDArray>, Tuple2<NDArray, NDArray>> f =
                t -> new Tuple2<>(t._1.times(t._2.get(0)), sin(t._2));
        Tuple2<NDArray, NDArray> at = new Tuple2<>(array(1.0, 2.0), array(3.0, 4.0));
        double[] expected = {
            3, 0, 1, 0, //
            0, 3, 2, 0, //
            0, 0, Math.cos(3), 0, //
            0, 0, 0, Math.cos(4)
        };
        Csr jacobian = sparseJacobian(f).apply(at);
        assertArrayEquals(expected, jacobian.toDense().toDoubleArray(), 1e-15);
        assertEquals(6, jacobian.values().size());
    }

    @Test
    void singlePrecisionStaysSingle() {
        NDArray x = X.astype(DType.FLOAT32);
        Csr jacobian = sparseJacobian(SparseDerivativesTest::heat).apply(x);
        assertEquals(DType.FLOAT32, jacobian.values().dtype());
        assertArrayEquals(
                jacfwd(SparseDerivativesTest::heat).apply(x).toDoubleArray(),
                jacobian.toDense().toDoubleArray(),
                1e-5);
    }

    @Test
    void aConstantFunctionHasNoElements() {
        Csr jacobian = sparseJacobian((NDArray x) -> Numpy.ones(3)).apply(X);
        assertEquals(0, jacobian.values().size());
        same(Numpy.zeros(3, 8), jacobian.toDense());
        same(Numpy.zeros(3), jacobian.matvec(X));
    }

    private static void refused(String message, Executable call) {
        FluxionException error = assertThrows(FluxionException.class, call);
        assertEquals(message, error.getMessage().replaceAll("\\.java:\\d+", ".java"));
    }

    @Test
    void aPatternOfAnotherSizeIsRefused() {
        refused(
                """
                FX0201 sparseJacobian of heat: the pattern does not fit
                  the pattern is 9 x 8, 8 nonzeros
                  the result has 8 elements
                  at SparseDerivativesTest.java, while tracing sparseJacobian of heat for compilation
                  hint: rows are the elements of the result, columns those of the argument\
                """,
                () -> sparseJacobian(SparseDerivativesTest::heat, SparsityPattern.banded(9, 8, 0, 0))
                        .apply(X));
    }

    @Test
    void integersHaveNoDerivative() {
        refused("""
            FX0402 sparseJacobian of heat: i32[2] has no derivative
              at SparseDerivativesTest.java
              hint: convert it with astype(DType.FLOAT64)\
            """, () -> sparseJacobian(SparseDerivativesTest::heat).apply(array(new int[] {1, 2})));
    }

    @Test
    void aPatternTooLargeIsRefused() {
        refused("""
            FX0409 sparsity pattern: 10000000000 elements may differ from zero
              the matrix has 100000 rows and 100000 columns
              an array holds at most 2147483639 elements
              at SparseDerivativesTest.java
              hint: jvp, vjp and hvp multiply by the matrix without forming it\
            """, () -> sparseHessian((NDArray x) -> exp(sum(x))).apply(Numpy.zeros(100_000)));
    }
}
