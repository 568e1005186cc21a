package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.debugCallback;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.lax.Lax.customLinearSolve;
import static dev.fluxion.lax.Lax.customRoot;
import static dev.fluxion.lax.Lax.foriLoop;
import static dev.fluxion.lax.Lax.whileLoop;
import static dev.fluxion.numpy.Numpy.abs;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.zerosLike;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple3;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Solvers that are unbounded loops, of which reverse mode could not go through: it goes through the equation instead. */
class LoopingSolversTest {
    private static final double EPS = 1e-12;

    /** Conjugate gradients until the residual is small. */
    private static NDArray conjugateGradients(Function1<NDArray, NDArray> product, NDArray b) {
        Tuple3<NDArray, NDArray, NDArray> start = Tuple.of(zerosLike(b), b, b);
        return whileLoop(
                        s -> sum(s._2.times(s._2)).gt(1e-28),
                        s -> {
                            NDArray ap = product.apply(s._3);
                            NDArray rr = sum(s._2.times(s._2));
                            NDArray alpha = rr.div(sum(s._3.times(ap)));
                            NDArray r = s._2.minus(ap.times(alpha));
                            NDArray beta = sum(r.times(r)).div(rr);
                            return Tuple.of(s._1.plus(s._3.times(alpha)), r, r.plus(s._3.times(beta)));
                        },
                        start)
                ._1;
    }

    private static NDArray matrix(NDArray theta) {
        return array(new double[][] {{4, 1}, {1, 3}})
                .plus(array(new double[][] {{1, 0.5}, {0.5, 2}}).times(theta));
    }

    private static NDArray iterative(NDArray theta, NDArray b) {
        return customLinearSolve(v -> matrix(theta).matmul(v), b, LoopingSolversTest::conjugateGradients, true);
    }

    /** The same by Cramer's rule. */
    private static NDArray direct(NDArray theta, NDArray b) {
        NDArray m = matrix(theta);
        NDArray det = m.get(0, 0).times(m.get(1, 1)).minus(m.get(0, 1).times(m.get(1, 0)));
        return stack(List.of(
                        m.get(1, 1).times(b.get(0)).minus(m.get(0, 1).times(b.get(1))),
                        m.get(0, 0).times(b.get(1)).minus(m.get(1, 0).times(b.get(0)))))
                .div(det);
    }

    @Test
    void conjugateGradientsHaveTheDerivativesOfTheSolution() {
        NDArray b = array(1, -2);
        Function1<NDArray, NDArray> f = t -> sum(sin(iterative(t, b)));
        Function1<NDArray, NDArray> g = t -> sum(sin(direct(t, b)));
        NDArray theta = scalar(0.3);
        assertEquals(g.apply(theta).item(), f.apply(theta).item(), EPS);
        assertEquals(grad(g).apply(theta).item(), grad(f).apply(theta).item(), EPS);
        assertEquals(
                grad(grad(g)).apply(theta).item(),
                grad(jit(grad(f))).apply(theta).item(),
                EPS);
        NDArray many = array(0.1, 0.5, 2.0);
        assertArrayEquals(
                vmap(grad(g)).apply(many).toDoubleArray(),
                jit(vmap(grad(f))).apply(many).toDoubleArray(),
                EPS);
        Function1<NDArray, NDArray> ofB = v -> iterative(theta, v);
        assertArrayEquals(
                jacrev((NDArray v) -> direct(theta, v)).apply(b).toDoubleArray(),
                jacrev(ofB).apply(b).toDoubleArray(),
                EPS);
        assertArrayEquals(
                jacfwd((NDArray v) -> direct(theta, v)).apply(b).toDoubleArray(),
                jacfwd(ofB).apply(b).toDoubleArray(),
                EPS);
    }

    @Test
    void aSolveInALoop() {
        NDArray b = array(1, -2);
        Function1<NDArray, NDArray> f = t -> sum(foriLoop(0, 3, (i, x) -> iterative(t, x), b));
        Function1<NDArray, NDArray> g = t -> sum(direct(t, direct(t, direct(t, b))));
        NDArray many = array(0.3, 0.7);
        assertArrayEquals(
                vmap(grad(g)).apply(many).toDoubleArray(),
                vmap(grad(f)).apply(many).toDoubleArray(),
                EPS);
        assertEquals(
                grad(g).apply(scalar(0.3)).item(),
                grad((NDArray v) -> f.apply(v.get(0))).apply(array(0.3)).item(),
                EPS);
    }

    /** The square root of x by Newton's method until it stands still. */
    private static NDArray squareRoot(NDArray x) {
        return customRoot(
                y -> y.times(y).minus(x),
                scalar(1.0),
                (f, y0) -> whileLoop(
                        y -> abs(f.apply(y)).gt(1e-14), y -> y.minus(f.apply(y).div(y.times(2))), y0),
                (df, rhs) -> rhs.div(df.apply(scalar(1.0))));
    }

    @Test
    void aRootByAnUnboundedLoop() {
        Function1<NDArray, NDArray> root = LoopingSolversTest::squareRoot;
        assertEquals(Math.sqrt(3), root.apply(scalar(3.0)).item(), EPS);
        assertEquals(0.5 / Math.sqrt(3), grad(jit(root)).apply(scalar(3.0)).item(), EPS);
        assertEquals(
                -0.25 / (3 * Math.sqrt(3)), grad(grad(root)).apply(scalar(3.0)).item(), EPS);
        assertArrayEquals(
                new double[] {0.5 / Math.sqrt(2), 0.5 / Math.sqrt(3)},
                grad((NDArray v) -> sum(vmap(root).apply(v))).apply(array(2, 3)).toDoubleArray(),
                EPS);
    }

    @Test
    void whatTheSolverShowsIsShownOnce() {
        int[] count = new int[1];
        Function1<NDArray, NDArray> f = b -> sum(customLinearSolve(
                v -> v.times(2),
                b,
                (product, y) -> {
                    debugCallback(v -> count[0]++, y);
                    return y.div(2);
                },
                true));
        f.apply(array(1, 2));
        jit(f).apply(array(1, 2));
        assertEquals(2, count[0]);
        vmap(f).apply(array(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        assertEquals(5, count[0]);
    }
}
