package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.gradSecond;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
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
import io.vavr.Function3;
import io.vavr.Tuple;
import org.junit.jupiter.api.Test;

/** Rules for each argument, arguments that rules leave alone, and functions with rules for both directions. */
class CustomRuleArgumentsTest {
    private static final double EPS = 1e-12;

    @Test
    void oneRuleForEachArgument() {
        Function2<NDArray, NDArray, NDArray> f = customJvp((NDArray x, NDArray y) -> sin(x).times(y))
                .defjvps((t, ans, x, y) -> t.times(ans).times(2), (t, ans, x, y) -> t.times(x));
        double ans = Math.sin(0.3) * 2;
        assertEquals(2 * ans, grad(f).apply(scalar(0.3), scalar(2.0)).item(), EPS);
        assertEquals(0.3, gradSecond(f).apply(scalar(0.3), scalar(2.0)).item(), EPS);
        // the result in the rule has the rule itself: d2 = 4 ans
        assertEquals(4 * ans, grad(grad(f)).apply(scalar(0.3), scalar(2.0)).item(), EPS);
        NDArray batched = vmap(grad(jit(f)), inAxes(0, NONE)).apply(array(0.3, 0.4), scalar(2.0));
        assertArrayEquals(new double[] {2 * ans, 4 * Math.sin(0.4)}, batched.toDoubleArray(), EPS);
    }

    @Test
    void aNullForARuleIsZero() {
        Function2<NDArray, NDArray, NDArray> f =
                customJvp((NDArray x, NDArray y) -> x.times(y)).defjvps(null, (t, ans, x, y) -> t.times(7));
        assertEquals(0.0, grad(f).apply(scalar(2.0), scalar(3.0)).item());
        assertEquals(7.0, gradSecond(f).apply(scalar(2.0), scalar(3.0)).item());
        Function1<NDArray, NDArray> none = customJvp((NDArray x) -> sin(x)).defjvps(null);
        assertEquals(0.0, grad(none).apply(scalar(2.0)).item());
    }

    @Test
    void aRuleOfThreeArguments() {
        Function3<NDArray, NDArray, NDArray, NDArray> f = customJvp(
                        (NDArray x, NDArray y, NDArray z) -> x.times(y).times(z))
                .defjvp((p, t) -> new Jvp<>(
                        p._1.times(p._2).times(p._3),
                        t._1.times(2).plus(t._2.times(3)).plus(t._3.times(5))));
        NDArray one = scalar(1.0);
        assertEquals(10.0, jvp(x -> f.apply(x, x, x), one, one).tangent().item());
        Function3<NDArray, NDArray, NDArray, NDArray> reverse = customVjp(
                        (NDArray x, NDArray y, NDArray z) -> x.times(y).times(z))
                .defvjp(
                        (x, y, z) -> Tuple.of(x.times(y).times(z), x),
                        (x, ct) -> Tuple.of(ct.times(x), null, ct.times(11)));
        assertEquals(
                15.0,
                grad((NDArray x) -> reverse.apply(x, x, x)).apply(scalar(4.0)).item());
    }

    /** JAX's test_nondiff_argnums: a function and a number among the arguments. */
    @Test
    void staticArgumentsOfAForwardRule() {
        Function3<Function1<NDArray, NDArray>, Integer, NDArray, NDArray> app = customJvp(
                        (Function1<NDArray, NDArray> f, Integer n, NDArray x) ->
                                f.apply(x).times(n))
                .nondiffArgnums(0, 1)
                .defjvp((p, t) -> new Jvp<>(p._1.apply(p._3).times(p._2), t._3.times(p._2 * 100)));
        Function1<NDArray, NDArray> twice = x -> x.times(2);
        Function1<NDArray, NDArray> at3 = x -> app.apply(twice, 3, x);
        assertEquals(6.0, at3.apply(scalar(1.0)).item());
        Jvp<NDArray> both = jvp(at3, scalar(1.0), scalar(1.0));
        assertEquals(6.0, both.primal().item());
        assertEquals(300.0, both.tangent().item());
        assertEquals(
                500.0,
                grad((NDArray x) -> app.apply(twice, 5, x)).apply(scalar(1.0)).item());
        assertArrayEquals(
                new double[] {300, 300}, vmap(jit(grad(at3))).apply(array(1, 2)).toDoubleArray());
    }

    @Test
    void staticAndArrayArgumentsOfAReverseRule() {
        Function3<NDArray, String, NDArray, NDArray> f = customVjp(
                        (NDArray x, String mode, NDArray mask) -> (mode.equals("sin") ? sin(x) : cos(x)).times(mask))
                .nondiffArgnums(1, 2)
                .defvjp(
                        (x, mode, mask) -> Tuple.of((mode.equals("sin") ? sin(x) : cos(x)).times(mask), x),
                        (others, x, ct) -> Tuple.of(
                                ct.times(others._2.equals("sin") ? 10 : 20)
                                        .times(others._3)
                                        .times(x),
                                null,
                                null));
        NDArray mask = array(1.0, 0.0, 1.0);
        Function1<NDArray, NDArray> sines = x -> sum(f.apply(x, "sin", mask));
        NDArray x = array(0.1, 0.2, 0.3);
        assertArrayEquals(new double[] {1, 0, 3}, grad(sines).apply(x).toDoubleArray(), EPS);
        assertArrayEquals(
                new double[] {2, 0, 6},
                grad((NDArray v) -> sum(f.apply(v, "cos", mask))).apply(x).toDoubleArray(),
                EPS);
        // over a batch of both, of which the rule differentiates one
        Function2<NDArray, NDArray, NDArray> each = vmap((NDArray v, NDArray m) -> f.apply(v, "sin", m));
        assertArrayEquals(
                new double[] {1, 0, 3},
                grad((NDArray v) -> sum(each.apply(v, mask))).apply(x).toDoubleArray(),
                EPS);
    }

    @Test
    void anExcludedArrayHasNoDerivative() {
        Function2<NDArray, NDArray, NDArray> f = customVjp((NDArray x, NDArray y) -> x.times(y))
                .nondiffArgnums(1)
                .defvjp((x, y) -> Tuple.of(x.times(y), y), (y, ct) -> Tuple.of(ct.times(y), null));
        FluxionException error =
                assertThrows(FluxionException.class, () -> gradSecond(f).apply(scalar(2.0), scalar(3.0)));
        assertEquals("""
            FX0407 lambda in anExcludedArrayHasNoDerivative: a derivative is asked with respect to a value that the customVjp \
            function closes over, or to an argument in its nondiffArgnums
              at CustomRuleArgumentsTest.java:LINE, while taking a gradient
              hint: make the value an argument to which bwd gives a cotangent, or a constant with stopGradient\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
    }

    @Test
    void aCotangentForAnExcludedArgumentIsRefused() {
        Function2<NDArray, NDArray, NDArray> f = customVjp((NDArray x, NDArray y) -> x.times(y))
                .nondiffArgnums(1)
                .defvjp((x, y) -> Tuple.of(x.times(y), y), (y, ct) -> Tuple.of(ct.times(y), ct));
        FluxionException error = assertThrows(FluxionException.class, () -> grad(f).apply(scalar(2.0), scalar(3.0)));
        assertEquals("""
            FX0407 the bwd rule of lambda in aCotangentForAnExcludedArgumentIsRefused gives a cotangent for argument 1, which is \
            in nondiffArgnums
              at CustomRuleArgumentsTest.java:LINE, while tracing the bwd rule of lambda in \
            aCotangentForAnExcludedArgumentIsRefused
              hint: give null for it\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
    }

    @Test
    void positionsAreChecked() {
        FluxionException error = assertThrows(
                FluxionException.class,
                () -> customJvp((NDArray x, NDArray y) -> x).nondiffArgnums(2).defjvps(null, null));
        assertEquals("""
            FX0104 nondiffArgnums: 2 of a function of 2 arguments
              at CustomRuleArgumentsTest.java:LINE
              hint: arguments are counted from 0\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
    }

    /** x^3 with the forward rule 10 x^2 t and the reverse rule 100 x^2 ct. */
    private static Function1<NDArray, NDArray> both() {
        return customVjp((NDArray x) -> x.times(x).times(x))
                .defjvp((x, t) ->
                        new Jvp<>(x.times(x).times(x), x.times(x).times(t).times(10)))
                .defvjp(
                        (NDArray x) -> Tuple.of(x.times(x).times(x), x),
                        (x, ct) -> x.times(x).times(ct).times(100));
    }

    @Test
    void aFunctionWithRulesForBothDirections() {
        Function1<NDArray, NDArray> f = both();
        NDArray x = scalar(2.0);
        assertEquals(40.0, jvp(f, x, scalar(1.0)).tangent().item());
        NDArray v = array(1, 2);
        Function1<NDArray, NDArray> total = y -> sum(f.apply(y));
        assertArrayEquals(new double[] {100, 400}, grad(total).apply(v).toDoubleArray());
        assertEquals(400.0, grad(f).apply(x).item());
        assertEquals(400.0, grad(jit(f)).apply(x).item());
        assertArrayEquals(new double[] {10, 0, 0, 40}, jacfwd(f).apply(v).toDoubleArray());
        assertArrayEquals(
                new double[] {100, 400}, jit(grad(jit(total))).apply(v).toDoubleArray());
        assertArrayEquals(
                new double[] {10, 40},
                vmap((NDArray y) -> jvp(f, y, scalar(1.0)).tangent()).apply(v).toDoubleArray());
        assertArrayEquals(
                new double[] {100, 400},
                grad((NDArray y) -> sum(vmap(f).apply(y))).apply(v).toDoubleArray());
        // forward over reverse differentiates the reverse rule, forward over forward the forward rule
        assertArrayEquals(new double[] {200, 0, 0, 400}, hessian(total).apply(v).toDoubleArray());
        assertEquals(
                40.0,
                jvp(y -> jvp(f, y, scalar(1.0)).tangent(), x, scalar(1.0))
                        .tangent()
                        .item());
    }

    @Test
    void whatAFunctionWithBothRulesClosesOverHasItsOrdinaryDerivative() {
        Function1<NDArray, NDArray> outer = a -> customVjp((NDArray x) -> x.times(a))
                .defjvp((x, t) -> new Jvp<>(x, t))
                .defvjp((NDArray x) -> Tuple.of(x, x), (x, ct) -> ct)
                .apply(scalar(4.0));
        assertEquals(4.0, grad(outer).apply(scalar(2.0)).item());
    }
}
