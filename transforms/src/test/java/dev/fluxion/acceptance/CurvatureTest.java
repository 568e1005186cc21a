package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.empiricalFisherProduct;
import static dev.fluxion.Fluxion.fisherProduct;
import static dev.fluxion.Fluxion.gaussNewtonProduct;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.hessianDiagonal;
import static dev.fluxion.Fluxion.hvp;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.laplacian;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.valueGradAndLaplacian;
import static dev.fluxion.Fluxion.vhp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.concatenate;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.diagonal;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static dev.fluxion.numpy.Numpy.trace;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ValueGradLaplacian;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple2;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Products with curvature matrices against the matrices, the Laplacian against the trace of the Hessian. */
class CurvatureTest {
    private static final double EPS = 1e-13;
    private static final NDArray X = array(0.3, -0.7, 1.1);
    private static final NDArray V = array(1.0, 2.0, -0.5);
    private static final NDArray W = array(new double[][] {{0.2, -0.4, 0.6}, {1.0, 0.5, -0.3}});

    private static NDArray field(NDArray x) {
        return sum(tanh(matmul(W, x))).times(exp(x.get(1))).plus(sum(sin(x).times(x)));
    }

    private static NDArray model(NDArray x) {
        return concatenate(List.of(tanh(matmul(W, x)), sin(x)));
    }

    private static void same(NDArray expected, NDArray actual) {
        assertEquals(expected.type(), actual.type());
        assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), EPS);
    }

    @Test
    void hvpAndVhpAreProductsWithTheHessian() {
        NDArray expected = matmul(hessian(CurvatureTest::field).apply(X), V);
        same(expected, hvp(CurvatureTest::field, X, V));
        same(expected, vhp(CurvatureTest::field, X, V));
    }

    @Test
    void productsComposeWithTransforms() {
        Function1<NDArray, NDArray> product = x -> vhp(CurvatureTest::field, x, V);
        same(vhp(CurvatureTest::field, X, V), jit(product).apply(X));
        NDArray points = stack(List.of(X, V));
        NDArray rows = vmap(product).apply(points);
        same(stack(List.of(product.apply(X), product.apply(V))), rows);
        same(
                jacrev((NDArray x) -> hvp(CurvatureTest::field, x, V)).apply(X),
                jacrev(product).apply(X));
    }

    @Test
    void productsOfTrees() {
        Function1<Map<String, NDArray>, NDArray> f = p -> sum(sin(p.get("a").times(p.get("b"))));
        Map<String, NDArray> at = Map.of("a", X, "b", scalar(0.4));
        Map<String, NDArray> v = Map.of("a", V, "b", scalar(-2.0));
        Map<String, NDArray> expected = hvp(f, at, v);
        Map<String, NDArray> given = vhp(f, at, v);
        same(expected.get("a"), given.get("a"));
        same(expected.get("b"), given.get("b"));
    }

    @Test
    void hessianDiagonalIsTheDiagonal() {
        NDArray expected = diagonal(hessian(CurvatureTest::field).apply(X));
        same(expected, hessianDiagonal(CurvatureTest::field).apply(X));
        same(expected, hessianDiagonal(CurvatureTest::field, 2).apply(X));
        same(expected, jit(hessianDiagonal(CurvatureTest::field)).apply(X));
        same(
                stack(List.of(expected, diagonal(hessian(CurvatureTest::field).apply(V)))),
                vmap(hessianDiagonal(CurvatureTest::field)).apply(stack(List.of(X, V))));
        same(
                jacrev((NDArray x) -> diagonal(hessian(CurvatureTest::field).apply(x)))
                        .apply(X),
                jacrev(hessianDiagonal(CurvatureTest::field)).apply(X));
        same(scalar(-Math.sin(0.4)), hessianDiagonal((NDArray x) -> sin(x)).apply(scalar(0.4)));
    }

    @Test
    void theDiagonalOfASeparableFunctionTakesOneProduct() {
        Function1<NDArray, NDArray> f = x -> sum(exp(x));
        String program = makeJaxpr(hessianDiagonal(f)).apply(X).toString();
        assertFalse(program.contains("f64[3,3]"), program);
        same(exp(X), hessianDiagonal(f).apply(X));
    }

    @Test
    void gaussNewtonIsJacobianHessianJacobian() {
        Function1<NDArray, NDArray> loss = z -> sum(exp(z.times(z)));
        NDArray j = jacrev(CurvatureTest::model).apply(X);
        NDArray h = hessian(loss).apply(model(X));
        NDArray expected = matmul(j.transpose(), matmul(h, matmul(j, V)));
        same(expected, gaussNewtonProduct(CurvatureTest::model, loss, X, V));
        Function1<NDArray, NDArray> product = v -> gaussNewtonProduct(CurvatureTest::model, loss, X, v);
        same(expected, jit(product).apply(V));
        same(expected, jvp(product, X, V).tangent());
        same(stack(List.of(expected, product.apply(X))), vmap(product).apply(stack(List.of(V, X))));
    }

    @Test
    void fisherOfACategoricalDistributionIsTheExpectedOuterProductOfScores() {
        Function1<NDArray, NDArray> logLikelihood = z -> Nn.logSoftmax(z).get(2);
        NDArray p = Nn.softmax(model(X));
        NDArray expected = ones(3).times(0.0);
        for (int y = 0; y < 5; y++) {
            int label = y;
            NDArray score =
                    grad((NDArray x) -> Nn.logSoftmax(model(x)).get(label)).apply(X);
            expected = expected.plus(score.times(sum(score.times(V))).times(p.get(y)));
        }
        same(expected, fisherProduct(CurvatureTest::model, logLikelihood, X, V));
    }

    @Test
    void empiricalFisherIsTheMeanOuterProductOfScores() {
        NDArray labels = array(1.0, 0.0, 1.0, 1.0, 0.0);
        Function1<NDArray, NDArray> logLikelihoods = x -> {
            NDArray z = model(x);
            return labels.times(z).minus(log(exp(z).plus(1.0)));
        };
        NDArray scores = jacrev(logLikelihoods).apply(X);
        NDArray expected = matmul(scores.transpose(), matmul(scores, V)).div(5.0);
        same(expected, empiricalFisherProduct(logLikelihoods, X, V));
    }

    @Test
    void laplacianIsTheTraceOfTheHessian() {
        NDArray expected = trace(hessian(CurvatureTest::field).apply(X));
        same(expected, laplacian(CurvatureTest::field).apply(X));
        same(expected, jit(laplacian(CurvatureTest::field)).apply(X));
        same(expected, laplacian(jit(CurvatureTest::field)).apply(X));
        same(
                stack(List.of(expected, laplacian(CurvatureTest::field).apply(V))),
                vmap(laplacian(CurvatureTest::field)).apply(stack(List.of(X, V))));
        same(
                grad((NDArray x) -> trace(hessian(CurvatureTest::field).apply(x)))
                        .apply(X),
                grad(laplacian(CurvatureTest::field)).apply(X));
    }

    @Test
    void laplacianOfAnArrayOfAScalarAndOfATree() {
        Function1<NDArray, NDArray> squares = x -> x.times(x).times(x.get(0));
        same(array(6 * 0.3, 2 * 0.3, 2 * 0.3), laplacian(squares).apply(X));
        same(scalar(-Math.sin(0.4)), laplacian((NDArray x) -> sin(x)).apply(scalar(0.4)));
        same(scalar(0.0), laplacian((NDArray x) -> sum(x)).apply(X));
        Function1<Tuple2<NDArray, NDArray>, Tuple2<NDArray, NDArray>> f =
                t -> new Tuple2<>(cos(t._1).times(t._2), t._2.times(t._2));
        Tuple2<NDArray, NDArray> given = laplacian(f).apply(new Tuple2<>(scalar(0.4), scalar(3.0)));
        same(scalar(-3 * Math.cos(0.4)), given._1);
        same(scalar(2.0), given._2);
    }

    @Test
    void integerLeavesAreNoVariables() {
        Function1<Tuple2<NDArray, NDArray>, NDArray> f =
                t -> t._1.times(t._1).times(t._2.astype(DType.FLOAT64)).sum();
        same(scalar(6.0), laplacian(f).apply(new Tuple2<>(X, array(new int[] {0, 1, 2}))));
    }

    @Test
    void valueGradientAndLaplacianTogether() {
        ValueGradLaplacian<NDArray> all =
                valueGradAndLaplacian(CurvatureTest::field).apply(X);
        same(field(X), all.value());
        same(grad(CurvatureTest::field).apply(X), all.gradient());
        same(laplacian(CurvatureTest::field).apply(X), all.laplacian());
    }

    @Test
    void aCustomVjpFunctionHasNoLaplacian() {
        Function1<NDArray, NDArray> f =
                customVjp((NDArray x) -> sum(x.times(x))).defvjp(x -> new Tuple2<>(sum(x.times(x)), x), (x, ct) -> x);
        FluxionException error =
                assertThrows(FluxionException.class, () -> laplacian(f).apply(X));
        assertEquals("""
            FX0406 lambda in aCustomVjpFunctionHasNoLaplacian: a customVjp function has no forward derivative, so that cannot be differentiated
              at CurvatureTest.java, while taking a jvp
              hint: use grad or vjp inside, or define the function with customJvp\
            """, error.getMessage().replaceAll("\\.java:\\d+", ".java"));
    }

    @Test
    void aVectorHasNoGradient() {
        FluxionException error = assertThrows(
                FluxionException.class,
                () -> valueGradAndLaplacian(CurvatureTest::model).apply(X));
        assertEquals("""
            FX0401 grad of model: the result must be one floating scalar
              it is f64[5]
              at CurvatureTest.java
              hint: sum() makes a scalar; jacrev or jacfwd differentiate arrays; gradWithAux takes further results\
            """, error.getMessage().replaceAll("\\.java:\\d+", ".java"));
    }
}
