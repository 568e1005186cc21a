package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.evalShape;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.valueAndGradWithAux;
import static dev.fluxion.Fluxion.vjp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Records, maps, lists, tuples and nulls as arguments and results of transformed functions. */
class TreesTest {
    private static final double EPS = 1e-12;

    enum Activation {
        TANH,
        IDENTITY
    }

    /** A layer; the activation is no array: it is part of the program. */
    record Layer(NDArray w, NDArray b, Activation activation) {}

    record Model(List<Layer> layers, Map<String, NDArray> scales) {}

    private static NDArray loss(Model m, NDArray x) {
        NDArray y = x;
        for (Layer layer : m.layers()) {
            NDArray z = matmul(y, layer.w()).plus(layer.b());
            y = layer.activation() == Activation.TANH ? tanh(z) : z;
        }
        return sum(square(y)).times(m.scales().get("output"));
    }

    private static Model model(double first) {
        NDArray w = array(new double[][] {{first, 0.2}, {-0.3, 0.4}});
        Layer hidden = new Layer(w, array(0.1, -0.1), Activation.TANH);
        Layer out = new Layer(array(new double[][] {{1}, {-2}}), array(0.5), Activation.IDENTITY);
        return new Model(List.of(hidden, out), Map.of("output", scalar(0.5), "unused", ones(3)));
    }

    @Test
    void gradientsHaveTheStructureOfTheModel() {
        NDArray x = array(0.7, -1.1);
        Function2<Model, NDArray, NDArray> f = TreesTest::loss;
        Model g = grad(f).apply(model(0.1), x);
        double h = 1e-6;
        double difference =
                (loss(model(0.1 + h), x).item() - loss(model(0.1 - h), x).item()) / (2 * h);
        assertEquals(difference, g.layers().get(0).w().get(0, 0).item(), 1e-8);
        assertEquals(Activation.TANH, g.layers().get(0).activation());
        assertEquals("f64[2,1]", g.layers().get(1).w().type().toString());
        assertEquals(loss(model(0.1), x).item() * 2, g.scales().get("output").item(), EPS);
        assertArrayEquals(new double[3], g.scales().get("unused").toDoubleArray());
        Model jitted = jit(grad(f)).apply(model(0.1), x);
        assertArrayEquals(
                g.layers().get(0).w().toDoubleArray(),
                jitted.layers().get(0).w().toDoubleArray());
    }

    @Test
    void perExampleGradientsOfAModel() {
        NDArray xs = array(new double[][] {{0.7, -1.1}, {0.2, 0.3}, {-1, 2}});
        Function2<Model, NDArray, NDArray> f = TreesTest::loss;
        Model batched = vmap(grad(f), inAxes(NONE, 0)).apply(model(0.1), xs);
        assertEquals("f64[3,2,2]", batched.layers().get(0).w().type().toString());
        for (int i = 0; i < 3; i++) {
            Model one = grad(f).apply(model(0.1), xs.get(i));
            assertArrayEquals(
                    one.layers().get(0).w().toDoubleArray(),
                    batched.layers().get(0).w().get(i).toDoubleArray(),
                    EPS);
        }
    }

    @Test
    void whatIsNoArrayIsPartOfTheProgram() {
        AtomicInteger traces = new AtomicInteger();
        Function1<Layer, NDArray> f = jit((Layer l) -> {
            traces.incrementAndGet();
            return l.activation() == Activation.TANH ? tanh(l.w()) : l.w();
        });
        assertEquals(
                Math.tanh(2),
                f.apply(new Layer(scalar(2.0), null, Activation.TANH)).item(),
                EPS);
        assertEquals(
                2.0, f.apply(new Layer(scalar(2.0), null, Activation.IDENTITY)).item());
        assertEquals(
                3.0, f.apply(new Layer(scalar(3.0), null, Activation.IDENTITY)).item());
        assertEquals(2, traces.get());
    }

    @Test
    void nullsStayNull() {
        Function1<List<NDArray>, NDArray> f = x -> square(x.get(0)).times(x.get(2));
        List<NDArray> g = grad(f).apply(Arrays.asList(scalar(3.0), null, scalar(2.0)));
        assertEquals(12.0, g.get(0).item());
        assertNull(g.get(1));
        assertEquals(9.0, g.get(2).item());
        Layer halved = jit((Layer l) -> new Layer(l.w().div(2), l.b(), l.activation()))
                .apply(new Layer(scalar(4.0), null, Activation.TANH));
        assertEquals(2.0, halved.w().item());
        assertNull(halved.b());
    }

    @Test
    void forwardAndReverseDerivativesOfTuples() {
        Function1<Tuple2<NDArray, NDArray>, Map<String, NDArray>> f =
                p -> Map.of("product", p._1.times(p._2), "sum", p._1.plus(p._2));
        var at = Tuple.of(scalar(3.0), scalar(5.0));
        var forward = jvp(f, at, Tuple.of(scalar(1.0), scalar(10.0)));
        assertEquals(35.0, forward.tangent().get("product").item());
        assertEquals(11.0, forward.tangent().get("sum").item());
        var pulled = vjp(f, at).pullback().apply(Map.of("product", scalar(1.0), "sum", scalar(100.0)));
        assertEquals(105.0, pulled._1.item());
        assertEquals(103.0, pulled._2.item());
    }

    @Test
    void auxiliaryResultsAreHandedOn() {
        Function1<NDArray, Tuple2<NDArray, Map<String, NDArray>>> f =
                x -> Tuple.of(sum(square(x)), Map.of("largest", x.max()));
        var all = valueAndGradWithAux(f).apply(array(1, 3, 2));
        assertEquals(14.0, all.value().item());
        assertEquals(3.0, all.aux().get("largest").item());
        assertArrayEquals(new double[] {2, 6, 4}, all.gradient().toDoubleArray());
    }

    @Test
    void axesArePrefixesOfTheArguments() {
        Function1<Map<String, NDArray>, NDArray> f = m -> sum(m.get("a").times(m.get("b")));
        Map<String, NDArray> columns = Map.of("a", arange(6.0).reshape(2, 3), "b", array(1, 10));
        double[] expected = {30, 41, 52};
        assertArrayEquals(
                expected,
                vmap(f, inAxes(Map.of("a", 1, "b", NONE))).apply(columns).toDoubleArray());
        assertArrayEquals(
                expected,
                vmap(f, inAxes(Map.of("a", -1, "b", NONE))).apply(columns).toDoubleArray());
        Function1<NDArray, List<NDArray>> two = x -> List.of(x, x.times(2));
        List<NDArray> settled =
                vmap(two, inAxes(0), List.of(1, -2)).apply(arange(6.0).reshape(2, 3));
        assertEquals("f64[3,2]", settled.get(0).type().toString());
        assertEquals("f64[2,3]", settled.get(1).type().toString());
        List<NDArray> shared = vmap((NDArray x) -> List.of(x, scalar(7.0)), inAxes(0), List.of(0, NONE))
                .apply(array(1, 2));
        assertEquals(7.0, shared.get(1).item());
    }

    @Test
    void shapesWithoutValues() {
        Function1<Layer, Map<String, NDArray>> f =
                l -> Map.of("y", matmul(l.w(), l.w()).plus(l.b()));
        NDArray y = evalShape(f)
                .apply(new Layer(ones(2, 2), ones(2), Activation.TANH))
                .get("y");
        assertEquals("f64[2,2]", y.type().toString());
        FluxionException error = assertThrows(FluxionException.class, y::toDoubleArray);
        assertEquals(ErrorCode.CONCRETE_VALUE_NEEDED, error.code());
    }

    @Test
    void tangentsOfAnotherStructureAreRefused() {
        Function1<List<NDArray>, NDArray> f = x -> x.get(0).times(x.get(1));
        List<NDArray> at = List.of(scalar(1.0), scalar(2.0));
        FluxionException error = assertThrows(FluxionException.class, () -> jvp(f, at, List.of(scalar(1.0))));
        assertEquals(ErrorCode.TREE_MISMATCH, error.code());
    }
}
