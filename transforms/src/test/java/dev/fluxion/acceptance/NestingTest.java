package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.hvp;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.linearize;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.Jvp;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transforms of transforms: every nesting gives what the mathematics says. */
class NestingTest {
    private static final double EPS = 1e-12;

    private final Function1<NDArray, NDArray> f = x -> sin(x).times(x);

    @Test
    void gradOfGradOfGrad() {
        double x = 2.0;
        assertEquals(Math.cos(x) * x + Math.sin(x), grad(f).apply(scalar(x)).item(), EPS);
        assertEquals(
                2 * Math.cos(x) - x * Math.sin(x),
                grad(grad(f)).apply(scalar(x)).item(),
                EPS);
        assertEquals(
                -3 * Math.sin(x) - x * Math.cos(x),
                grad(grad(grad(f))).apply(scalar(x)).item(),
                EPS);
    }

    @Test
    void perturbationsOfNestedDerivativesStayApart() {
        // d/dx (x * d/dy (x + y)) = d/dx x = 1; a confused implementation gives 2
        Function1<NDArray, NDArray> outer =
                x -> x.times(grad((NDArray y) -> x.plus(y)).apply(scalar(1.0)));
        assertEquals(1.0, grad(outer).apply(scalar(1.0)).item(), EPS);
        // d/dx (x * d/dy (x*y) at y=2) = d/dx x^2 = 2x
        Function1<NDArray, NDArray> product =
                x -> x.times(grad((NDArray y) -> x.times(y)).apply(scalar(2.0)));
        assertEquals(6.0, grad(product).apply(scalar(3.0)).item(), EPS);
    }

    @Test
    void innerDerivativeAtTheOuterVariable() {
        // d/dx [ d/dy (x y^2) at y = x ] = d/dx 2 x^2 = 4x
        Function1<NDArray, NDArray> g =
                x -> grad((NDArray y) -> x.times(y).times(y)).apply(x);
        assertEquals(12.0, grad(g).apply(scalar(3.0)).item(), EPS);
    }

    @Test
    void closuresAreCapturedThroughEveryTransform() {
        Function1<NDArray, NDArray> g = x -> {
            NDArray rows = stack(List.of(x, x.times(2.0), x.times(3.0)));
            NDArray scaled = vmap((NDArray r) -> r.times(x)).apply(rows);
            return sum(jit((NDArray s) -> s.times(x)).apply(scaled));
        };
        // sum (k x * x) * x = 6 x^3
        assertEquals(6 * 8.0, g.apply(scalar(2.0)).item(), EPS);
        assertEquals(18 * 4.0, grad(g).apply(scalar(2.0)).item(), EPS);
        assertEquals(36 * 2.0, grad(jit(grad(jit(g)))).apply(scalar(2.0)).item(), EPS);
    }

    @Test
    void vmapOfGradIsTheLoop() {
        Function1<NDArray, NDArray> g = x -> tanh(x).times(exp(x.times(0.5)));
        double[] points = {-1.5, 0.0, 0.3, 2.0};
        double[] batched = vmap(grad(grad(g))).apply(array(points)).toDoubleArray();
        for (int i = 0; i < points.length; i++) {
            assertEquals(grad(grad(g)).apply(scalar(points[i])).item(), batched[i], EPS);
        }
    }

    @Test
    void perExampleGradients() {
        Function2<NDArray, NDArray, NDArray> loss = (w, x) -> sum(sin(w.times(x)));
        NDArray w = array(0.1, 0.2, 0.3);
        NDArray xs = array(new double[][] {{1, 2, 3}, {4, 5, 6}});
        NDArray g = vmap(grad(loss), inAxes(NONE, 0)).apply(w, xs);
        assertEquals("[2,3]", g.shape().toString());
        double[] values = g.toDoubleArray();
        for (int i = 0; i < 6; i++) {
            double x = i + 1;
            assertEquals(x * Math.cos(x * (0.1 * (i % 3 + 1))), values[i], EPS);
        }
    }

    @Test
    void gradOfVmap() {
        Function1<NDArray, NDArray> g =
                x -> sum(vmap((NDArray r) -> sin(r).times(r)).apply(x));
        assertArrayEquals(
                new double[] {Math.cos(1) + Math.sin(1), 2 * Math.cos(2) + Math.sin(2)},
                grad(g).apply(array(1.0, 2.0)).toDoubleArray(),
                EPS);
    }

    @Test
    void nestedVmapsWithInnerAxes() {
        Function2<NDArray, NDArray, NDArray> dot = (a, b) -> sum(a.times(b));
        NDArray x = array(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        NDArray gram = vmap((NDArray r) -> vmap((NDArray s) -> dot.apply(r, s)).apply(x))
                .apply(x);
        assertArrayEquals(new double[] {5, 11, 17, 11, 25, 39, 17, 39, 61}, gram.toDoubleArray(), EPS);
        NDArray columns = vmap((NDArray c) -> sum(c), inAxes(1)).apply(x);
        assertArrayEquals(new double[] {9, 12}, columns.toDoubleArray(), EPS);
        NDArray transposed = vmap((NDArray r) -> r.times(2.0), inAxes(0), 1).apply(x);
        assertArrayEquals(new double[] {2, 6, 10, 4, 8, 12}, transposed.toDoubleArray(), EPS);
    }

    @Test
    void jacobiansAgreeAndHessianIsTheirComposition() {
        Function1<NDArray, NDArray> g = x -> stack(
                List.of(sin(x.get(0)).times(x.get(1)), x.get(0).times(x.get(1)).times(x.get(1)), cos(x.get(1))));
        NDArray at = array(0.5, 1.5);
        double[] expected = {
            Math.cos(0.5) * 1.5, Math.sin(0.5), 1.5 * 1.5, 2 * 0.5 * 1.5, 0, -Math.sin(1.5),
        };
        assertArrayEquals(expected, jacfwd(g).apply(at).toDoubleArray(), EPS);
        assertArrayEquals(expected, jacrev(g).apply(at).toDoubleArray(), EPS);
        Function1<NDArray, NDArray> h = x -> sum(g.apply(x));
        double[] hess = hessian(h).apply(at).toDoubleArray();
        assertArrayEquals(
                new double[] {
                    -Math.sin(0.5) * 1.5, Math.cos(0.5) + 3, Math.cos(0.5) + 3, 2 * 0.5 - Math.cos(1.5),
                },
                hess,
                EPS);
        assertArrayEquals(hess, jacrev(jacfwd(h)).apply(at).toDoubleArray(), EPS);
        assertArrayEquals(hess, jacfwd(grad(h)).apply(at).toDoubleArray(), EPS);
        double[] product = hvp(h, at, array(1.0, -2.0)).toDoubleArray();
        assertArrayEquals(new double[] {hess[0] - 2 * hess[1], hess[2] - 2 * hess[3]}, product, EPS);
    }

    @Test
    void jvpVjpLinearizeAgree() {
        Function1<NDArray, NDArray> g = x -> exp(sin(x).times(2.0));
        NDArray x = array(0.1, 0.7);
        NDArray t = array(1.0, -3.0);
        Jvp<NDArray> forward = jvp(g, x, t);
        double[] expected = {
            Math.exp(2 * Math.sin(0.1)) * 2 * Math.cos(0.1), Math.exp(2 * Math.sin(0.7)) * 2 * Math.cos(0.7) * -3
        };
        assertArrayEquals(expected, forward.tangent().toDoubleArray(), EPS);
        assertArrayEquals(expected, linearize(g, x).jvp().apply(t).toDoubleArray(), EPS);
        assertArrayEquals(expected, vjp(g, x).pullback().apply(t).toDoubleArray(), EPS);
        assertArrayEquals(g.apply(x).toDoubleArray(), vjp(g, x).primal().toDoubleArray(), EPS);
    }

    @Test
    void everyOrderOfNestingInOneExpression() {
        Function1<NDArray, NDArray> g =
                x -> sum(jit(vmap(grad(jit((NDArray y) -> sin(y).times(y))))).apply(x));
        Function1<NDArray, NDArray> diagonal =
                x -> jvp(grad(g), x, array(1.0, 1.0)).tangent();
        double[] values = jit(diagonal).apply(array(0.3, 0.9)).toDoubleArray();
        // third derivative of x sin x
        assertEquals(-3 * Math.sin(0.3) - 0.3 * Math.cos(0.3), values[0], EPS);
        assertEquals(-3 * Math.sin(0.9) - 0.9 * Math.cos(0.9), values[1], EPS);
    }

    @Test
    void valueAndGradSharesOneEvaluation() {
        var both = valueAndGrad((NDArray x) -> sum(x.times(x))).apply(array(3.0, 4.0));
        assertEquals(25.0, both.value().item(), EPS);
        assertArrayEquals(new double[] {6, 8}, both.gradient().toDoubleArray(), EPS);
    }

    @Test
    void deepNestingOfForwardDerivatives() {
        Function1<NDArray, NDArray> g = x -> exp(x.times(0.5));
        Function1<NDArray, NDArray> d = g;
        for (int i = 0; i < 10; i++) {
            d = grad(d);
        }
        assertEquals(Math.exp(0.5) / 1024, d.apply(scalar(1.0)).item(), EPS);
    }
}
