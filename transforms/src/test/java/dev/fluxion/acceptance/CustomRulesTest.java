package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.gradSecond;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.Jvp;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Derivative rules of users under every transform: the rule is used, and everything else composes around it. */
class CustomRulesTest {
    private static final double EPS = 1e-12;

    /** exp with the rule {@code t * f(x)}, which calls the function itself, so that every order uses it again. */
    private static Function1<NDArray, NDArray> recursive(double factor) {
        AtomicReference<Function1<NDArray, NDArray>> self = new AtomicReference<>();
        self.set(customJvp((NDArray x) -> exp(x)).defjvp((x, t) -> {
            NDArray y = self.get().apply(x);
            return new Jvp<>(y, t.times(y).times(factor));
        }));
        return self.get();
    }

    @Test
    void aForwardRuleThatCallsItsFunctionServesEveryOrder() {
        Function1<NDArray, NDArray> f = recursive(3);
        double y = Math.exp(0.5);
        assertEquals(y, f.apply(scalar(0.5)).item(), EPS);
        assertEquals(3 * y, grad(f).apply(scalar(0.5)).item(), EPS);
        assertEquals(9 * y, grad(grad(f)).apply(scalar(0.5)).item(), 10 * EPS);
        assertEquals(27 * y, grad(grad(grad(f))).apply(scalar(0.5)).item(), 100 * EPS);
        assertEquals(27 * y, jit(grad(jit(grad(grad(f))))).apply(scalar(0.5)).item(), 100 * EPS);
    }

    @Test
    void aForwardRuleUnderVmapReverseAndJacobians() {
        Function1<NDArray, NDArray> f = recursive(3);
        NDArray x = array(0.1, 0.2);
        double[] slopes = {3 * Math.exp(0.1), 3 * Math.exp(0.2)};
        assertArrayEquals(slopes, vmap(grad(f)).apply(x).toDoubleArray(), EPS);
        assertArrayEquals(
                slopes, grad((NDArray v) -> sum(vmap(f).apply(v))).apply(x).toDoubleArray(), EPS);
        double[] diagonal = {slopes[0], 0, 0, slopes[1]};
        assertArrayEquals(diagonal, jacfwd(f).apply(x).toDoubleArray(), EPS);
        assertArrayEquals(diagonal, jacrev(f).apply(x).toDoubleArray(), EPS);
    }

    @Test
    void aForwardRuleOfTwoArguments() {
        Function2<NDArray, NDArray, NDArray> f = customJvp((NDArray x, NDArray y) -> x.times(y))
                .defjvp((p, t) ->
                        new Jvp<>(p._1.times(p._2), t._1.times(p._2).times(10).plus(t._2.times(p._1))));
        assertEquals(50.0, grad(f).apply(scalar(3.0), scalar(5.0)).item(), EPS);
        assertEquals(3.0, gradSecond(f).apply(scalar(3.0), scalar(5.0)).item(), EPS);
        NDArray batched = vmap(grad(f), inAxes(NONE, 0)).apply(scalar(3.0), array(1, 2));
        assertArrayEquals(new double[] {10, 20}, batched.toDoubleArray(), EPS);
    }

    @Test
    void whatAForwardRuledFunctionClosesOverHasItsOrdinaryDerivative() {
        // d/da [a x] = x through the capture, although the rule for x says 100 a
        Function1<NDArray, NDArray> outer = a -> customJvp((NDArray x) -> a.times(x))
                .defjvp((x, t) -> new Jvp<>(x, t.times(100)))
                .apply(scalar(4.0));
        assertEquals(4.0, grad(outer).apply(scalar(2.0)).item(), EPS);
    }

    /** sin(x) y with the rules 10 cos(x) y and 100 sin(x). */
    private static Function2<NDArray, NDArray, NDArray> reverse() {
        return customVjp((NDArray x, NDArray y) -> sin(x).times(y))
                .defvjp(
                        (x, y) -> Tuple.of(sin(x).times(y), Tuple.of(x, y)),
                        (saved, ct) -> Tuple.of(
                                cos(saved._1).times(saved._2).times(ct).times(10),
                                sin(saved._1).times(ct).times(100)));
    }

    @Test
    void aReverseRuleOfOneArgument() {
        Function1<NDArray, NDArray> f = customVjp((NDArray x) -> x.times(x))
                .defvjp(
                        (NDArray x) -> Tuple.of(x.times(x), x),
                        (x, ct) -> ct.times(x).times(7));
        assertEquals(14.0, grad(f).apply(scalar(2.0)).item(), EPS);
        assertEquals(7.0, grad(grad(f)).apply(scalar(2.0)).item(), EPS);
        assertEquals(14.0, jit(grad(jit(f))).apply(scalar(2.0)).item(), EPS);
        assertArrayEquals(new double[] {7, 14}, vmap(grad(f)).apply(array(1, 2)).toDoubleArray(), EPS);
        assertArrayEquals(
                new double[] {7, 14},
                grad((NDArray v) -> sum(vmap(f).apply(v))).apply(array(1, 2)).toDoubleArray(),
                EPS);
        assertArrayEquals(
                new double[] {7, 0, 0, 14}, jacrev(f).apply(array(1, 2)).toDoubleArray(), EPS);
    }

    @Test
    void aReverseRuleOfTwoArgumentsUnderVmap() {
        Function2<NDArray, NDArray, NDArray> f = reverse();
        assertEquals(20 * Math.cos(0.4), grad(f).apply(scalar(0.4), scalar(2.0)).item(), EPS);
        assertEquals(
                100 * Math.sin(0.4),
                gradSecond(f).apply(scalar(0.4), scalar(2.0)).item(),
                EPS);
        NDArray shared = vmap(grad(f), inAxes(NONE, 0)).apply(scalar(0.4), array(1, 2, 3));
        for (int i = 0; i < 3; i++) {
            assertEquals(10 * Math.cos(0.4) * (i + 1), shared.toDoubleArray()[i], EPS);
        }
        // the cotangent of a shared argument is summed over the batch
        Function1<NDArray, NDArray> total = x -> sum(vmap(f, inAxes(NONE, 0)).apply(x, array(1, 2, 3)));
        assertEquals(60 * Math.cos(0.4), grad(total).apply(scalar(0.4)).item(), EPS);
        assertEquals(60 * Math.cos(0.4), grad(jit(total)).apply(scalar(0.4)).item(), EPS);
    }

    @Test
    void aReverseRuledFunctionHasNoForwardMode() {
        Function2<NDArray, NDArray, NDArray> f = reverse();
        Function1<NDArray, NDArray> g = x -> f.apply(x, scalar(1.0));
        FluxionException error = assertThrows(FluxionException.class, () -> jvp(g, scalar(0.4), scalar(1.0)));
        assertEquals("""
            FX0406 jvp of lambda in aReverseRuledFunctionHasNoForwardMode: a customVjp function inside has no forward \
            derivative
              at CustomRulesTest.java:LINE
              hint: use grad or vjp, or define it with customJvp(f).defjvp(rule): its reverse derivative follows\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
    }

    @Test
    void aReverseRuleOfAnotherShapeIsRefused() {
        Function1<NDArray, NDArray> f =
                customVjp((NDArray x) -> sum(x)).defvjp((NDArray x) -> Tuple.of(sum(x), x), (x, ct) -> ct);
        FluxionException error = assertThrows(FluxionException.class, () -> grad(f).apply(array(1, 2)));
        assertEquals("""
            FX0407 result of the bwd rule does not fit the function
              expected f64[2]
              given    f64[]
              at CustomRulesTest.java:LINE, while tracing the bwd rule of lambda in aReverseRuleOfAnotherShapeIsRefused
              hint: it has the structure, shapes and dtypes of what it belongs to\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
    }
}
