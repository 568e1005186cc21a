package dev.fluxion.transforms;

import static dev.fluxion.Fluxion.customVjp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.dot;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple2;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of gradients: their values against 50-digit arithmetic, and how their programs grow. */
class NestedGradientTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void ofAScalar(int n) {
        double value =
                HigherOrder.nestedScalar(n).apply(scalar(HigherOrder.POINT)).item();
        assertEquals(HigherOrder.SCALAR[n], value, 1e-12 * Math.abs(HigherOrder.SCALAR[n]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void ofAVectorContractedWithADirection(int n) {
        double value = HigherOrder.nestedField(n).apply(HigherOrder.x()).item();
        assertEquals(HigherOrder.FIELD[n], value, 1e-12 * Math.abs(HigherOrder.FIELD[n]));
    }

    @Test
    void programsOfAScalarGrowByLessThanHalf() {
        int before = size(HigherOrder.nestedScalar(5), scalar(HigherOrder.POINT));
        for (int n = 6; n <= 10; n++) {
            int now = size(HigherOrder.nestedScalar(n), scalar(HigherOrder.POINT));
            assertTrue(2 * now < 3 * before, before + " equations at the order before " + n + ", then " + now);
            before = now;
        }
        assertTrue(before < 3000, before + " equations at order 10");
    }

    @Test
    void programsOfAVectorGrowLessThanTwofold() {
        int before = size(HigherOrder.nestedField(4), HigherOrder.x());
        for (int n = 5; n <= 10; n++) {
            int now = size(HigherOrder.nestedField(n), HigherOrder.x());
            assertTrue(now < 2 * before, before + " equations at the order before " + n + ", then " + now);
            before = now;
        }
        assertTrue(before < 8000, before + " equations at order 10");
    }

    private static int size(Function1<NDArray, NDArray> f, NDArray x) {
        var jaxpr = makeJaxpr(f).apply(x);
        JaxprChecker.check(jaxpr);
        return jaxpr.equations().size();
    }

    /** Contractions in all the forms that are recognised, and some that are not, against forward over reverse mode. */
    @Test
    void contractionsAgreeWithForwardOverReverse() {
        NDArray x = HigherOrder.x();
        NDArray v = HigherOrder.direction();
        Function1<NDArray, NDArray> g = grad(HigherOrder::field);
        NDArray hv = jvp(g, x, v).tangent();
        assertClose(hv, grad((NDArray y) -> g.apply(y).times(v).sum()).apply(x));
        assertClose(hv, grad((NDArray y) -> dot(v, g.apply(y))).apply(x));
        assertClose(
                hv.times(-0.5),
                grad((NDArray y) -> v.times(g.apply(y)).unaryMinus().div(2).sum())
                        .apply(x));
        assertClose(
                hv.plus(g.apply(x)),
                grad((NDArray y) -> g.apply(y).times(v).sum().plus(HigherOrder.field(y)))
                        .apply(x));
        NDArray s = dot(v, g.apply(x));
        assertClose(
                hv.times(s.times(2)),
                grad((NDArray y) -> dot(v, g.apply(y)).pow(2)).apply(x));
        assertClose(
                jvp(g, x, g.apply(x)).tangent().times(2),
                grad((NDArray y) -> dot(g.apply(y), g.apply(y))).apply(x));
    }

    @Test
    void severalContractionsAndTheirDirectionsMayDependOnThePoint() {
        NDArray x = array(0.3, -0.8);
        Function1<NDArray, NDArray> p = y -> sin(y).times(y).sum();
        Function1<NDArray, NDArray> q = y -> exp(y.times(y)).sum();
        // y^3 cos y + y^2 sin y + 2 y exp(y^2) sin y, per element, written out.
        Function1<NDArray, NDArray> contracted =
                y -> grad(p).apply(y).times(y.times(y)).sum().plus(dot(sin(y), grad(q).apply(y)));
        Function1<NDArray, NDArray> formula = y -> cos(y).times(y)
                .plus(sin(y))
                .times(y.times(y))
                .plus(y.times(2).times(exp(y.times(y))).times(sin(y)))
                .sum();
        assertEquals(formula.apply(x).item(), contracted.apply(x).item(), 1e-14);
        assertClose(grad(formula).apply(x), grad(contracted).apply(x));
    }

    /** The value of a contracted gradient is the same one, whether asked for alone or with its gradient. */
    @Test
    void valuesAndCapturedDirections() {
        NDArray x = HigherOrder.x();
        Function1<Tuple2<NDArray, NDArray>, NDArray> slope =
                xv -> grad(HigherOrder::field).apply(xv._1).times(xv._2).sum();
        var both = valueAndGrad(slope).apply(new Tuple2<>(x, HigherOrder.direction()));
        assertEquals(HigherOrder.FIELD[1], both.value().item(), 1e-15);
        assertClose(grad(HigherOrder::field).apply(x), both.gradient()._2);
        Function1<NDArray, NDArray> nested = v -> dot(
                v,
                grad((NDArray y) -> grad(HigherOrder::field).apply(y).times(v).sum())
                        .apply(x));
        assertEquals(HigherOrder.FIELD[2], nested.apply(HigherOrder.direction()).item(), 1e-14);
        NDArray hv = jvp(grad(HigherOrder::field), x, HigherOrder.direction()).tangent();
        assertClose(hv.times(2), grad(nested).apply(HigherOrder.direction()));
    }

    /** Loops and branches are pushed forward like the rest; a function with a rule for reverse mode only stays as it is. */
    @Test
    void contractionsOfLoopsAndCustomRules() {
        NDArray x = HigherOrder.x();
        NDArray v = HigherOrder.direction();
        Function1<NDArray, NDArray> loop =
                y -> Lax.foriLoop(0, 4, (i, c) -> sin(c).times(y).plus(c), y).sum();
        Function1<NDArray, NDArray> branch = y ->
                Lax.cond(y.sum().gt(0.0), z -> sin(z), z -> exp(z), y).times(y).sum();
        for (Function1<NDArray, NDArray> f : List.of(loop, branch)) {
            Function1<NDArray, NDArray> slope = y -> grad(f).apply(y).times(v).sum();
            Function1<NDArray, NDArray> curvature =
                    y -> grad(slope).apply(y).times(v).sum();
            assertClose(jvp(grad(f), x, v).tangent(), grad(slope).apply(x));
            assertClose(
                    jvp(y -> jvp(grad(f), y, v).tangent(), x, v).tangent(),
                    grad(curvature).apply(x));
        }
        Function1<NDArray, NDArray> reverseOnly =
                customVjp((NDArray y) -> sin(y)).defvjp(y -> new Tuple2<>(sin(y), y), (y, ct) -> cos(y).times(ct));
        Function1<NDArray, NDArray> slope =
                y -> grad((NDArray z) -> reverseOnly.apply(z).times(z).sum())
                        .apply(y)
                        .times(v)
                        .sum();
        Function1<NDArray, NDArray> plain = y ->
                grad((NDArray z) -> sin(z).times(z).sum()).apply(y).times(v).sum();
        assertClose(grad(plain).apply(x), grad(slope).apply(x));
    }

    private static void assertClose(NDArray expected, NDArray actual) {
        assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-13);
    }
}
