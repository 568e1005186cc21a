package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.checkpoint;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.gradSecond;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.lax.Lax.cond;
import static dev.fluxion.lax.Lax.foriLoop;
import static dev.fluxion.lax.Lax.scan;
import static dev.fluxion.lax.Lax.whileLoop;
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
import dev.fluxion.lax.Scan;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import org.junit.jupiter.api.Test;

/** Functions with rules of their own in branches, loops and checkpoints: the numbers are those that JAX 0.10 gives. */
class CustomRulesInControlTest {
    private static final double EPS = 1e-13;

    private static final NDArray X = scalar(0.7);

    /** sin with twice its derivative. */
    private static final Function1<NDArray, NDArray> F = customJvp((NDArray x) -> sin(x))
            .defjvps((t, y, x) -> t.times(cos(x)).times(2));

    /** sin(x) y with the derivatives times 3 and 5, in reverse only. */
    private static final Function2<NDArray, NDArray, NDArray> H = customVjp((NDArray x, NDArray y) -> sin(x).times(y))
            .defvjp(
                    (x, y) -> Tuple.of(sin(x).times(y), Tuple.of(x, y)),
                    (saved, ct) -> Tuple.of(
                            cos(saved._1).times(saved._2).times(ct).times(3),
                            sin(saved._1).times(ct).times(5)));

    private static NDArray loop(NDArray x) {
        return foriLoop(0, 3, (i, c) -> F.apply(c).times(x), x);
    }

    @Test
    void aForwardRuleInALoop() {
        Function1<NDArray, NDArray> g = CustomRulesInControlTest::loop;
        assertEquals(0.21025598929335118, g.apply(X).item(), EPS);
        assertEquals(3.7680079484748963, jvp(g, X, scalar(1.0)).tangent().item(), EPS);
        assertEquals(3.7680079484748963, grad(g).apply(X).item(), EPS);
        Function1<NDArray, NDArray> total = v -> sum(vmap(g).apply(v));
        double[] both = {0.39106593345592944, 3.7680079484748963};
        assertArrayEquals(both, grad(total).apply(array(0.3, 0.7)).toDoubleArray(), EPS);
        assertArrayEquals(both, vmap(jit(grad(g))).apply(array(0.3, 0.7)).toDoubleArray(), EPS);
    }

    /** As JAX gives it forwards over forwards, and for the unrolled loop; in its reverse mode the loop loses the rule. */
    @Test
    void theSecondDerivativeOfALoopWithAForwardRule() {
        Function1<NDArray, NDArray> g = CustomRulesInControlTest::loop;
        assertEquals(16.55039745623442, grad(grad(g)).apply(X).item(), 10 * EPS);
        Function1<NDArray, NDArray> ofVector = v -> g.apply(v.get(0));
        assertEquals(16.55039745623442, jacfwd(grad(ofVector)).apply(array(0.7)).item(), 10 * EPS);
    }

    @Test
    void aForwardRuleInABranchAndAWhileLoop() {
        Function1<NDArray, NDArray> branch = x -> cond(x.gt(0.5), F, y -> y.times(y), x);
        assertEquals(1.529684374568977, grad(branch).apply(X).item(), EPS);
        assertArrayEquals(
                new double[] {0.4, 1.529684374568977},
                vmap(grad(branch)).apply(array(0.2, 0.7)).toDoubleArray(),
                EPS);
        Jvp<NDArray> through =
                jvp(x -> whileLoop(c -> c.lt(10), c -> c.plus(F.apply(c)).plus(1.5), x), X, scalar(1.0));
        assertEquals(10.838841466423405, through.primal().item(), EPS);
        assertEquals(10.349403475830043, through.tangent().item(), 10 * EPS);
    }

    @Test
    void aReverseRuleInAScan() {
        NDArray steps = array(0.5, 1.5, 2.5);
        Function1<NDArray, NDArray> ofCarry = x -> {
            Scan<NDArray, NDArray> s = scan((NDArray c, NDArray a) -> Tuple.of(H.apply(c, a), H.apply(c, a)), x, steps);
            return s.carry().plus(sum(s.ys()));
        };
        assertEquals(
                71.37465184896342,
                grad((NDArray v) -> ofCarry.apply(v.get(0))).apply(array(0.7)).item(),
                1e-11);
        assertEquals(71.37465184896342, grad(ofCarry).apply(X).item(), 1e-11);
        Function1<NDArray, NDArray> ofSteps = xs -> scan((NDArray c, NDArray a) -> Tuple.of(H.apply(c, a), c), X, xs)
                .carry();
        assertArrayEquals(
                new double[] {91.71147675090013, 10.557855236676774, 2.2860317910852666},
                grad(ofSteps).apply(steps).toDoubleArray(),
                1e-11);
        assertArrayEquals(
                new double[] {13.749424435276405, 1.5828382435663901, 15.452911139717783, 3.0028655433053575},
                vmap(jit(grad(ofSteps)))
                        .apply(array(new double[][] {{0.5, 1.5}, {1, 2}}))
                        .toDoubleArray(),
                1e-12);
    }

    @Test
    void reverseRulesNestAndAreComputedAgain() {
        assertEquals(
                7.487103064123915,
                grad((NDArray x) -> H.apply(H.apply(x, scalar(2.0)), x))
                        .apply(X)
                        .item(),
                EPS);
        assertEquals(
                -3.865306123426146,
                grad((NDArray x) -> grad(H).apply(x, scalar(2.0))).apply(X).item(),
                EPS);
        assertEquals(
                5.571353497954662,
                grad(checkpoint((NDArray x) -> H.apply(F.apply(x), x))).apply(X).item(),
                EPS);
    }

    @Test
    void anIntegerArgumentHasNoCotangent() {
        Function2<NDArray, NDArray, NDArray> power = customVjp((NDArray n, NDArray x) -> x.pow(n))
                .defvjp(
                        (n, x) -> Tuple.of(x.pow(n), Tuple.of(n, x)),
                        (saved, ct) -> Tuple.of(null, ct.times(saved._2).times(7)));
        assertEquals(14.0, gradSecond(power).apply(scalar(3), scalar(2.0)).item());
    }

    @Test
    void forwardModeThroughALoopIsRefusedWhereItIsAsked() {
        Function1<NDArray, NDArray> g = x -> foriLoop(0, 2, (i, c) -> H.apply(c, c), x);
        FluxionException error = assertThrows(FluxionException.class, () -> jvp(jit(g), X, scalar(1.0)));
        assertEquals("""
            FX0406 jvp of lambda in jit: a customVjp function inside has no forward derivative
              at CustomRulesInControlTest.java:LINE
              hint: use grad or vjp, or define it with customJvp(f).defjvp(rule): its reverse derivative follows\
            """.replace("LINE", Lines.of(error, getClass())), error.getMessage());
        FluxionException nested =
                assertThrows(FluxionException.class, () -> jacfwd(vmap(g)).apply(array(1, 2)));
        assertEquals(Lines.of(nested, getClass()), nested.getMessage().replaceAll("(?s).*Test.java:(\\d+).*", "$1"));
    }
}
