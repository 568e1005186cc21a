package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jet;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.nthDerivative;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.arctan2;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.Jet;
import dev.fluxion.Jvp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.Lax;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Taylor mode: values recorded from {@code jax.experimental.jet} (JAX 0.10.2), and laws. */
class JetTest {
    private record Point(NDArray x, NDArray y) {}

    private static final Function2<NDArray, NDArray, NDArray> F =
            (x, y) -> sin(x).times(exp(y)).div(x.times(x).plus(1));

    private static final List<NDArray> XS = List.of(array(1.0, 0.5), array(-0.25, 2.0), array(0.75, -1.0));
    private static final List<NDArray> YS = List.of(array(0.5, 1.0), array(1.0, -0.5), array(0.0, 0.25));

    private static void assertClose(NDArray actual, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual.toDoubleArray()[i], 1e-13 * Math.max(1, Math.abs(expected[i])));
        }
    }

    @Test
    void agreesWithJax() {
        Jet<NDArray> jet = jet(F, new Tuple2<>(array(0.3, -0.7), array(0.1, 0.4)), new Tuple2<>(XS, YS));
        assertClose(jet.primal(), 0.29963333771175943, -0.6450066150862597);
        assertClose(jet.series().get(0), 0.9535140102605184, -0.5651404393586736);
        assertClose(jet.series().get(1), -0.7569090128296669, 0.6094326177494888);
        assertClose(jet.series().get(2), -0.02731161104901955, 8.33275953536207);
        NDArray a = reshape(array(0.6, -0.3, 0.1, 0.5), 2, 2);
        Jet<NDArray> matrix = jet(
                (NDArray x) -> tanh(a.matmul(x)).sum(),
                array(0.3, -0.7),
                List.of(XS.get(0), XS.get(1), XS.get(2), array(0.5, 0.5)));
        assertClose(matrix.primal(), 0.061853306663869456);
        double[] expected = {0.7044131245206945, 0.17393747338451238, 1.3362206180676548, -0.17443248038179046};
        for (int k = 0; k < expected.length; k++) {
            assertClose(matrix.series().get(k), expected[k]);
        }
        Jet<NDArray> functions = jet(
                (NDArray x) -> log(x).times(sqrt(x))
                        .plus(Lax.erf(x))
                        .plus(Nn.sigmoid(x))
                        .plus(arctan2(x, scalar(2.0)))
                        .plus(x.pow(3)),
                scalar(0.8),
                List.of(scalar(1.0), scalar(0.5), scalar(-0.25), scalar(2.0)));
        assertClose(functions.primal(), 2.1249961631559238);
        double[] sums = {4.153222916916458, 5.772690001331604, 10.112171244729453, 30.522486376881886};
        for (int k = 0; k < sums.length; k++) {
            assertClose(functions.series().get(k), sums[k]);
        }
    }

    @Test
    void firstOrderIsForwardModeAndOrderZeroTheValue() {
        Function1<Point, NDArray> f = p -> F.apply(p.x(), p.y());
        Point at = new Point(array(0.3, -0.7), array(0.1, 0.4));
        Point along = new Point(XS.get(0), YS.get(0));
        var forward = jvp(f, at, along);
        Jet<NDArray> jet = jet(f, at, List.of(along));
        assertClose(jet.primal(), forward.primal().toDoubleArray());
        assertClose(jet.series().get(0), forward.tangent().toDoubleArray());
        assertEquals(1, jet.series().size());
        assertEquals(List.of(), jet(f, at, List.of()).series());
        assertClose(jet(f, at, List.of()).primal(), forward.primal().toDoubleArray());
    }

    @Test
    void resultsAreTreesAndIntegersHaveNoSeries() {
        Function1<Tuple2<NDArray, NDArray>, Point> f = t -> new Point(t._1.times(t._2), t._2);
        NDArray n = array(2, 3).astype(DType.INT32);
        Jet<Point> jet = jet(f, new Tuple2<>(array(0.5, 1.0), n), List.of(new Tuple2<>(array(1.0, 1.0), n)));
        assertClose(jet.series().get(0).x(), 2, 3);
        assertEquals("i32[2]", jet.series().get(0).y().type().toString());
        assertClose(jet.series().get(0).y(), 0, 0);
    }

    @Test
    void nthDerivativesOfScalarsAndArrays() {
        assertClose(nthDerivative(x -> sin(x), 5).apply(array(0.3, 1)), Math.cos(0.3), Math.cos(1));
        assertClose(nthDerivative(x -> x.pow(4), 4).apply(scalar(2.0)), 24);
        assertClose(nthDerivative(x -> x.pow(4), 5).apply(array(2.0, 3.0)), 0, 0);
        assertClose(nthDerivative(x -> exp(x), 0).apply(scalar(1.0)), Math.E);
        Function1<NDArray, NDArray> f = x -> x.times(cos(x));
        assertClose(
                nthDerivative(f, 3).apply(scalar(0.4)),
                grad(grad(grad(f))).apply(scalar(0.4)).item());
    }

    @Test
    void singlePrecision() {
        NDArray x = array(new float[] {0.3f, 0.8f});
        NDArray third = nthDerivative((NDArray y) -> exp(y.times(2)), 3).apply(x);
        assertEquals(DType.FLOAT32, third.dtype());
        assertArrayEquals(new double[] {8 * Math.exp(0.6), 8 * Math.exp(1.6)}, third.toDoubleArray(), 1e-5);
    }

    @Test
    void nestsWithTheOtherTransforms() {
        Function1<NDArray, NDArray> f = x -> tanh(x).times(x);
        Function1<NDArray, NDArray> second = nthDerivative(f, 2);
        NDArray xs = array(-0.4, 0.2, 0.9);
        double[] one = {
            second.apply(scalar(-0.4)).item(),
            second.apply(scalar(0.2)).item(),
            second.apply(scalar(0.9)).item()
        };
        assertClose(second.apply(xs), one);
        assertClose(vmap(second).apply(xs), one);
        assertClose(jit(second).apply(xs), one);
        assertClose(nthDerivative(jit(f), 2).apply(xs), one);
        assertClose(nthDerivative(vmap(f), 2).apply(xs), one);
        double fourth = nthDerivative(f, 4).apply(scalar(0.2)).item();
        assertEquals(fourth, nthDerivative(second, 2).apply(scalar(0.2)).item(), 1e-12);
        assertEquals(fourth, grad(grad(second)).apply(scalar(0.2)).item(), 1e-12);
        assertEquals(fourth, nthDerivative(grad(grad(f)), 2).apply(scalar(0.2)).item(), 1e-12);
        Function1<NDArray, NDArray> curvature =
                x -> jet((NDArray y) -> f.apply(y).sum(), x, List.of(xs, array(0.0, 0.0, 0.0)))
                        .series()
                        .get(1);
        // d/dx_i of sum_j x'_j^2 f''(x_j)
        double[] third = nthDerivative(f, 3).apply(xs).times(xs).times(xs).toDoubleArray();
        assertClose(grad(curvature).apply(xs), third);
    }

    /** JAX goes through the body here and ignores the rule; the rule is what the user says the derivative is. */
    @Test
    void customRulesAreFollowedAtEveryOrder() {
        Function1<NDArray, NDArray> f = customJvp((NDArray x) -> exp(x))
                .defjvp((x, t) -> new Jvp<>(exp(x), exp(x).times(2).times(t)));
        assertClose(nthDerivative(f, 1).apply(scalar(0.5)), 2 * Math.exp(0.5));
        assertClose(
                nthDerivative(f, 3).apply(scalar(0.5)),
                grad(grad(grad(f))).apply(scalar(0.5)).item());
    }

    @Test
    void refusesReverseRulesBadTreesAndOrders() {
        Function1<NDArray, NDArray> reverseOnly =
                customVjp((NDArray x) -> sin(x)).defvjp(x -> new Tuple2<>(sin(x), cos(x)), (c, ct) -> c.times(ct));
        FluxionException noForward = assertThrows(
                FluxionException.class, () -> nthDerivative(reverseOnly, 2).apply(scalar(1.0)));
        assertTrue(noForward.getMessage().contains("has no forward derivative"), noForward.getMessage());
        assertMessage("""
            FX0104 nthDerivative: order -1
              hint: the order is 0 or more; order 0 is the function itself\
            """, () -> nthDerivative(x -> x, -1));
        assertMessage("""
            FX0104 jet: series of different lengths
              the first argument has 3 coefficients, the second one 2
              hint: fill the shorter one up with zeros\
            """, () -> jet(F, new Tuple2<>(array(1.0), array(1.0)), new Tuple2<>(XS, YS.subList(0, 2))));
        assertMessage(
                """
                FX0403 jet series, order 2: leaf 0 does not fit its primal
                  expected f64[2]
                  given    f64[3]
                  hint: tangents and cotangents have the shape and dtype of what they belong to\
                """, () -> jet((NDArray x) -> x, array(1.0, 2.0), List.of(array(1.0, 2.0), array(1.0, 2.0, 3.0))));
        assertMessage("""
            FX0402 nthDerivative: no derivative with respect to i32[]
              hint: differentiate with respect to floats; convert with astype\
            """, () -> nthDerivative(x -> x, 2).apply(scalar(1).astype(DType.INT32)));
    }

    private static void assertMessage(String expected, Runnable action) {
        FluxionException e = assertThrows(FluxionException.class, action::run);
        String withoutPlace = e.getMessage().replaceAll("\n  at [^\n]*", "");
        assertEquals(expected, withoutPlace);
    }
}
