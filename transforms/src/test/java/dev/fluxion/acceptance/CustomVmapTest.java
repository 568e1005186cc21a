package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.customVmap;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.sequentialVmap;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.Batched;
import dev.fluxion.Jvp;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batching rules of users against jax.custom_batching: the rule says cosine where the function says sine, to be told apart. */
class CustomVmapTest {
    private static final double EPS = 1e-14;

    private final List<String> calls = new ArrayList<>();

    private final Function2<NDArray, NDArray, NDArray> f = customVmap((NDArray x, NDArray y) -> sin(x).times(y))
            .defVmap((size, batched, x, y) -> {
                calls.add(size + " " + batched);
                return Batched.all(cos(x).times(y));
            });

    private final NDArray x = array(0.1, 0.2);
    private final double[] cosines = {1.9900083305560514, 1.9601331556824833};
    private final double[] slopes = {-0.19966683329365628, -0.39733866159012243};

    @Test
    void theRuleServesBatches() {
        assertEquals(Math.sin(0.1) * 2, f.apply(scalar(0.1), scalar(2.0)).item());
        assertEquals(Math.sin(0.1) * 2, jit(f).apply(scalar(0.1), scalar(2.0)).item());
        assertArrayEquals(
                cosines, vmap(f, inAxes(0, NONE)).apply(x, scalar(2.0)).toDoubleArray(), EPS);
        assertArrayEquals(cosines, vmap(jit(f)).apply(x, array(2, 2)).toDoubleArray(), EPS);
        assertEquals(List.of("2 [true, false]", "2 [true, true]"), calls);
    }

    @Test
    void theInnerBatchTakesTheRule() {
        NDArray table = vmap(vmap(f, inAxes(NONE, 0)), inAxes(0, NONE)).apply(x, ones(3));
        assertArrayEquals(
                new double[] {Math.cos(0.1), Math.cos(0.1), Math.cos(0.1), Math.cos(0.2), Math.cos(0.2), Math.cos(0.2)},
                table.toDoubleArray(),
                EPS);
        assertEquals(List.of("3 [false, true]"), calls);
    }

    @Test
    void derivativesOfBatchesAreThoseOfTheRule() {
        Function1<NDArray, NDArray> g = v -> f.apply(v, scalar(2.0));
        assertEquals(
                Math.cos(0.3) * 2, jvp(g, scalar(0.3), scalar(1.0)).tangent().item(), EPS);
        Jvp<NDArray> outside = jvp(vmap(g), x, ones(2));
        assertArrayEquals(cosines, outside.primal().toDoubleArray(), EPS);
        assertArrayEquals(slopes, outside.tangent().toDoubleArray(), EPS);
        Function1<NDArray, Jvp<NDArray>> pushed = v -> jvp(g, v, scalar(1.0));
        Jvp<NDArray> inside = vmap(pushed).apply(x);
        assertArrayEquals(cosines, inside.primal().toDoubleArray(), EPS);
        assertArrayEquals(slopes, inside.tangent().toDoubleArray(), EPS);
        Function1<NDArray, NDArray> alongBatch = t -> jvp(g, scalar(0.3), t).tangent();
        assertArrayEquals(
                new double[] {-2 * Math.sin(0.3) * 0.1, -2 * Math.sin(0.3) * 0.2},
                vmap(alongBatch).apply(x).toDoubleArray(),
                EPS);
        Function1<NDArray, NDArray> second =
                v -> jvp((NDArray w) -> jvp(g, w, scalar(1.0)).tangent(), v, scalar(1.0))
                        .tangent();
        assertArrayEquals(
                new double[] {-cosines[0], -cosines[1]}, vmap(second).apply(x).toDoubleArray(), EPS);
        JaxprChecker.check(makeJaxpr(vmap(second)).apply(x));
    }

    @Test
    void reverseMode() {
        Function1<NDArray, NDArray> g = v -> f.apply(v, scalar(2.0));
        assertEquals(Math.cos(0.3) * 2, grad(g).apply(scalar(0.3)).item(), EPS);
        Function1<NDArray, NDArray> total = v -> sum(vmap(g).apply(v));
        assertArrayEquals(slopes, grad(total).apply(x).toDoubleArray(), EPS);
        Function1<NDArray, NDArray> products = v -> f.apply(v.get(0), v.get(1));
        assertArrayEquals(
                new double[] {Math.cos(0.1) * 0.2, Math.sin(0.1)},
                grad(products).apply(x).toDoubleArray(),
                EPS);
    }

    @Test
    void aResultMayBeTheSameForAllExamples() {
        Function1<NDArray, Tuple2<NDArray, NDArray>> g = customVmap(
                        (NDArray v) -> Tuple.of(v, v.times(0).plus(3)))
                .defVmap((size, batched, v) -> new Batched<>(Tuple.of(v.times(2), scalar(5.0)), List.of(true, false)));
        Tuple2<NDArray, NDArray> both = vmap(g).apply(array(1, 2));
        assertArrayEquals(new double[] {2, 4}, both._1.toDoubleArray());
        assertArrayEquals(new double[] {5, 5}, both._2.toDoubleArray());
    }

    @Test
    void oneExampleAfterTheOther() {
        Function2<NDArray, NDArray, NDArray> g = sequentialVmap((NDArray a, NDArray b) -> sin(a).times(b));
        double[] sines = {Math.sin(0.1) * 2, Math.sin(0.2) * 2};
        assertArrayEquals(sines, vmap(g, inAxes(0, NONE)).apply(x, scalar(2.0)).toDoubleArray(), EPS);
        assertEquals(
                "scan",
                makeJaxpr(vmap(g)).apply(x, x).equations().get(0).primitive().name());
        assertArrayEquals(
                new double[] {2 * Math.cos(0.1), 2 * Math.cos(0.2)},
                grad((NDArray v) -> sum(vmap(g, inAxes(0, NONE)).apply(v, scalar(2.0))))
                        .apply(x)
                        .toDoubleArray(),
                EPS);
    }

    @Test
    void aRuleThatDoesNotFitIsRefused() {
        Function1<NDArray, NDArray> shape =
                customVmap((NDArray v) -> v).defVmap((size, batched, v) -> Batched.all(sum(v)));
        FluxionException error =
                assertThrows(FluxionException.class, () -> vmap(shape).apply(x));
        assertEquals("""
            FX0407 result of the batching rule of lambda in aRuleThatDoesNotFitIsRefused does not fit the function
              expected * of f64[2]
              given    * of f64[]
              at CustomVmapTest.java:LINE, while tracing the batching rule of lambda in aRuleThatDoesNotFitIsRefused
              hint: a batched result has the batch axis in front, and no other difference\
            """, withoutLine(error));
        Function1<NDArray, NDArray> marks =
                customVmap((NDArray v) -> v).defVmap((size, batched, v) -> new Batched<>(v, List.of()));
        FluxionException count =
                assertThrows(FluxionException.class, () -> vmap(marks).apply(x));
        assertEquals("""
            FX0407 the batching rule of lambda in aRuleThatDoesNotFitIsRefused marks 0 results, the function has 1
              at CustomVmapTest.java:LINE, while tracing the batching rule of lambda in aRuleThatDoesNotFitIsRefused
              hint: say of each array of the result whether it has the batch axis; Batched.all marks all of them\
            """, withoutLine(count));
    }

    @Test
    void aBatchedValueThatTheFunctionClosesOverIsRefused() {
        Function1<NDArray, NDArray> outer = a -> customVmap((NDArray v) -> v.times(a))
                .defVmap((size, batched, v) -> Batched.all(v))
                .apply(a);
        FluxionException error =
                assertThrows(FluxionException.class, () -> vmap(outer).apply(x));
        assertEquals("""
            FX0407 lambda in aBatchedValueThatTheFunctionClosesOverIsRefused: the customVmap function closes over a value that \
            is batched
              at CustomVmapTest.java:LINE, while batching
              hint: pass the value as an argument, so that the rule sees it\
            """, withoutLine(error));
    }

    private static String withoutLine(FluxionException error) {
        return error.getMessage().replaceAll("\\.java:\\d+", ".java:LINE");
    }
}
