package dev.fluxion.transforms;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple3;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** While loops under forward mode, and apart into what tangents need and what not. */
class WhileTest {
    /** (steps, carry, a running sum of what depends on no tangent). */
    private static Tuple3<NDArray, NDArray, NDArray> loop(NDArray x, NDArray limit) {
        return Lax.whileLoop(
                c -> c._3.lt(limit),
                c -> Tuple.of(c._1.plus(1), sin(c._2.times(exp(x))), c._3.times(1.5)),
                Tuple.of(scalar(0), x, scalar(1.0)));
    }

    private static NDArray unrolled(NDArray x, int steps) {
        NDArray c = x;
        for (int i = 0; i < steps; i++) {
            c = sin(c.times(exp(x)));
        }
        return c;
    }

    private static void close(NDArray expected, NDArray given) {
        double[] a = expected.toDoubleArray();
        double[] b = given.toDoubleArray();
        assertEquals(a.length, b.length);
        for (int i = 0; i < a.length; i++) {
            assertEquals(a[i], b[i], 1e-12 * Math.max(1, Math.abs(a[i])));
        }
    }

    @Test
    void forwardDerivativesOfAllOrders() {
        Function1<NDArray, NDArray> f = x -> loop(x, scalar(10.0))._2;
        Function1<NDArray, NDArray> g = x -> unrolled(x, 6);
        NDArray x = scalar(0.4);
        for (int order = 0; order < 4; order++) {
            close(g.apply(x), f.apply(x));
            f = Fluxion.grad(f);
            g = Fluxion.grad(g);
        }
    }

    @Test
    void noSteps() {
        Function1<NDArray, NDArray> f = x -> loop(x, scalar(1.0))._2.times(x);
        close(array(0.8, 0.6), Fluxion.jvp(f, array(0.4, 0.3), array(1, 1)).tangent());
    }

    /** {@code d/dlimit} is zero almost everywhere; a tangent of what only the condition reads is none of the carry. */
    @Test
    void tangentsOfTheCondition() {
        Function1<NDArray, NDArray> f = limit -> loop(scalar(0.4), limit)._2;
        assertEquals(0.0, Fluxion.grad(f).apply(scalar(10.0)).item());
    }

    @Test
    void reverseModeNeedsNothingOfALoopWithoutTangents() {
        Function1<NDArray, NDArray> f = x -> {
            NDArray steps = Lax.whileLoop(n -> n.lt(100), n -> n.times(3), scalar(1));
            return sum(x.times(x)).times(steps.astype(DType.FLOAT64));
        };
        close(array(2 * 243.0, 4 * 243.0), Fluxion.grad(f).apply(array(1, 2)));
    }

    @Test
    void theKnownPartRunsOnItsOwn() {
        ArrayType type = ArrayType.of(DType.FLOAT64);
        Jaxpr f = Programs.trace(type, x -> {
            Tuple3<NDArray, NDArray, NDArray> c = loop(x, scalar(10.0));
            return c._2.plus(c._3);
        });
        Linearized linearized = Linearize.of(f, Array.of(true));
        JaxprChecker.check(linearized.known());
        JaxprChecker.check(linearized.linear());
        assertEquals(1, linearized.known().equations().count(e -> e.primitive() instanceof Control.While));
        assertEquals(1, linearized.linear().equations().count(e -> e.primitive() instanceof Control.While));
        Function1<NDArray, NDArray> g = x -> loop(x, scalar(10.0))._2;
        NDArray linear = Fluxion.linearize(g, scalar(0.4)).jvp().apply(scalar(2.0));
        close(Fluxion.grad((NDArray x) -> unrolled(x, 6)).apply(scalar(0.4)).times(2), linear);
    }

    /** The map is linear in the carry; how often it is applied does not depend on the carry. */
    @Test
    void transposesOfLoopsMixWholeAndLinearCarries() {
        Function1<NDArray, NDArray> f = x -> Lax.foriLoop(
                        0, 3, (i, c) -> Tuple.of(c._1.times(2), c._2.times(c._1).plus(x)), Tuple.of(scalar(1.0), x))
                ._2;
        // c = x; c = c + x; c = 2 c + x; c = 4 c + x
        close(
                array(21.0, 42.0),
                Fluxion.linearTranspose(f, array(0, 0)).transpose().apply(array(1, 2)));
    }
}
