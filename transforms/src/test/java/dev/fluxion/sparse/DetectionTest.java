package dev.fluxion.sparse;

import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.hessianSparsity;
import static dev.fluxion.Fluxion.jacobianSparsity;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.sparseJacobian;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.concatenate;
import static dev.fluxion.numpy.Numpy.cumprod;
import static dev.fluxion.numpy.Numpy.cumsum;
import static dev.fluxion.numpy.Numpy.diff;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.eye;
import static dev.fluxion.numpy.Numpy.floor;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.max;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.pad;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tril;
import static dev.fluxion.numpy.Numpy.where;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.Jvp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.Function1;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Patterns of functions whose pattern is known. */
class DetectionTest {
    private static final int N = 6;
    private static final NDArray X = array(0.3, -0.7, 1.1, 0.4, -1.2, 0.8);

    private record Case(String name, Function1<NDArray, NDArray> f) {}

    private static final NDArray CHAIN = Numpy.array(new double[][] {
        {1, -2, 0, 0, 0, 0},
        {0, 1, -2, 0, 0, 0},
        {0, 0, 1, 0, 0, 3},
        {0, 0, 0, 0, 0, 0}
    });

    /** The pattern of these is that of their Jacobian at a point where no derivative happens to be zero. */
    @TestFactory
    Stream<DynamicTest> exact() {
        return Stream.of(
                        new Case("elementwise", x -> sin(x).times(exp(x)).div(x)),
                        new Case("neighbours", x -> diff(x)),
                        new Case("reversed", x -> x.plus(x.flip().times(x))),
                        new Case("padded", x -> pad(x, 1).slice(0, 2, 8).plus(sin(x))),
                        new Case("transposed", x -> x.reshape(2, 3).transpose().ravel()),
                        new Case("joined", x -> concatenate(List.of(x.slice(0, 3, 6), x.times(2.0), sin(x)))),
                        new Case("strided", x -> x.slice(0, 0, 6, 2)),
                        new Case("broadcast", x -> x.reshape(6, 1).times(x).ravel()),
                        new Case("sum over an axis", x -> sin(x).reshape(2, 3).sum(0)),
                        new Case("sum over all", x -> sum(exp(x))),
                        new Case(
                                "max",
                                x -> x.reshape(2, 3)
                                        .max(1)
                                        .times(2.0)
                                        .plus(exp(x.reshape(2, 3)).sum(1))),
                        new Case("cumsum", x -> cumsum(x)),
                        new Case("reverse cumsum", x -> Lax.cumsum(x.reshape(2, 3), 1, true)),
                        new Case("cumprod", x -> cumprod(x)),
                        new Case("matrix with zeros", x -> matmul(CHAIN, x)),
                        new Case("matrix with zeros on the right", x -> matmul(x, CHAIN.transpose())),
                        new Case(
                                "matrix of rows",
                                x -> matmul(CHAIN, x.reshape(6, 1)).ravel()),
                        new Case(
                                "two rows, one product",
                                x -> matmul(x.reshape(2, 3), ones(3, 2)).ravel()),
                        new Case(
                                "product of both",
                                x -> matmul(x.reshape(2, 3), x.reshape(3, 2)).ravel()),
                        new Case("mask", x -> sum(tril(ones(6, 6)).times(x), 1)),
                        new Case("computed mask", x -> matmul(eye(6).times(2.0).plus(eye(6, 6, 1)), x)),
                        new Case(
                                "known choice",
                                x -> where(array(1., 0., 1., 0., 1., 0.).gt(0.5), x, x.flip())),
                        new Case(
                                "integers",
                                x -> floor(x).plus(x.astype(DType.INT32).astype(DType.FLOAT64))
                                        .plus(x.get(2))),
                        new Case("known window", x -> Lax.dynamicSlice(x, Array.of(Numpy.scalar(2)), Shape.of(3))),
                        new Case(
                                "known update",
                                x -> Lax.dynamicUpdateSlice(x, sin(x.slice(0, 0, 2)), Array.of(Numpy.scalar(3)))),
                        new Case(
                                "shared program",
                                x -> jit(DetectionTest::pairs)
                                        .apply(jit(DetectionTest::pairs).apply(x))),
                        new Case("nothing", x -> ones(3)))
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> assertEquals(nonzeros(c.f()), detected(c.f()))));
    }

    private static NDArray pairs(NDArray x) {
        return x.slice(0, 1, x.size()).times(x.slice(0, 0, x.size() - 1));
    }

    private static SparsityPattern nonzeros(Function1<NDArray, NDArray> f) {
        NDArray jacobian = jacrev(f).apply(X);
        return SparsityPattern.ofNonzeros(jacobian.reshape(jacobian.size() / N, N));
    }

    private static SparsityPattern detected(Function1<NDArray, NDArray> f) {
        return jacobianSparsity(f, X);
    }

    @Test
    void aWindowAtAComputedPlaceMayBeAny() {
        Function1<NDArray, NDArray> f = x -> Lax.dynamicSlice(
                x.reshape(3, 2), Array.of(x.get(0).astype(DType.INT32), Numpy.scalar(0)), Shape.of(1, 2));
        assertEquals(SparsityPattern.of(2, 6, new int[] {0, 0, 0, 1, 1, 1}, new int[] {0, 2, 4, 1, 3, 5}), detected(f));
    }

    @Test
    void anUpdateAtAComputedPlaceMayBeAny() {
        Function1<NDArray, NDArray> f = x -> Lax.dynamicUpdateSlice(
                x.slice(0, 0, 3), x.slice(0, 5, 6), Array.of(x.get(0).astype(DType.INT32)));
        assertEquals(SparsityPattern.of(3, 6, new int[] {0, 0, 1, 1, 2, 2}, new int[] {0, 5, 1, 5, 2, 5}), detected(f));
    }

    @Test
    void aComputedChoiceMayBeEither() {
        Function1<NDArray, NDArray> f = x -> where(x.gt(0.0), x, x.flip());
        assertEquals(nonzeros(x -> x.plus(x.flip())), detected(f));
    }

    @Test
    void aForwardRuleSaysWhatItsDerivativeDependsOn() {
        Function1<NDArray, NDArray> straightThrough =
                customJvp((NDArray x) -> floor(x)).defjvp((x, t) -> new Jvp<>(floor(x), t));
        assertEquals(SparsityPattern.diagonal(N), detected(straightThrough));
    }

    @Test
    void aReverseRuleIsReadBackwards() {
        Function1<NDArray, NDArray> shifted = customVjp((NDArray x) -> x)
                .defvjp(
                        x -> new Tuple2<>(x, x),
                        (x, ct) -> pad(ct.slice(0, 0, N - 1), 1).slice(0, 0, N));
        assertEquals(SparsityPattern.banded(N, N, -1, 1), detected(shifted));
        assertEquals(Product.VJP, sparseJacobian(shifted, X).product());
        assertEquals(1, sparseJacobian(shifted, X).colors());
    }

    @Test
    void theHessianOfASumIsThatOfItsTerms() {
        assertEquals(SparsityPattern.diagonal(N), hessianSparsity(x -> sum(exp(x)), X));
        assertEquals(SparsityPattern.banded(N, N, 1, 1), hessianSparsity(x -> sum(exp(pairs(x))), X));
        assertEquals(SparsityPattern.dense(N, N), hessianSparsity(x -> exp(sum(x)), X));
        assertEquals(0, hessianSparsity(x -> sum(x), X).nonzeros());
        assertEquals(SparsityPattern.dense(N, N), hessianSparsity(x -> max(x).times(sum(x)), X));
    }
}
