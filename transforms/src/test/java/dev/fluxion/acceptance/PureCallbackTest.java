package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.NONE;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.inAxes;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.pureCallback;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cosh;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.VmapMethod;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Host functions in programs, as jax.pure_callback. */
class PureCallbackTest {
    private static final double EPS = 1e-12;

    private final List<String> calls = new ArrayList<>();

    /** (sinh(x) y, sum of y), on the host. */
    private Tuple2<NDArray, NDArray> host(Tuple2<NDArray, NDArray> xy) {
        calls.add(xy._1.type() + " " + xy._2.type());
        double[] x = xy._1.toDoubleArray();
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.sinh(x[i]);
        }
        NDArray values = dev.fluxion.numpy.Numpy.reshape(array(x), xy._1.shape().toArray());
        return Tuple.of(values.times(xy._2), values);
    }

    private Tuple2<NDArray, NDArray> call(NDArray x, NDArray y, VmapMethod method) {
        return pureCallback(this::host, Tuple.of(zeros(), zeros()), Tuple.of(x, y), method);
    }

    @Test
    void atOnceAndInPrograms() {
        Function1<NDArray, NDArray> f = x -> call(x, scalar(2.0), null)._1.plus(1);
        double expected = Math.sinh(0.5) * 2 + 1;
        assertEquals(expected, f.apply(scalar(0.5)).item());
        assertEquals(expected, jit(f).apply(scalar(0.5)).item());
        assertEquals(
                expected,
                jit((NDArray x) -> Lax.cond(x.gt(0), f, y -> y, x))
                        .apply(scalar(0.5))
                        .item());
        assertEquals(
                Math.sinh(Math.sinh(0.5)),
                jit((NDArray x) -> Lax.foriLoop(0, 2, (i, c) -> call(c, scalar(1.0), null)._1, x))
                        .apply(scalar(0.5))
                        .item());
    }

    @Test
    void aResultThatNobodyReadsIsNotComputed() {
        jit((NDArray x) -> {
                    call(x, x, null);
                    return x;
                })
                .apply(scalar(0.5));
        assertEquals(List.of(), calls);
    }

    private double[] batched(VmapMethod method) {
        Function2<NDArray, NDArray, NDArray> f = (x, y) -> call(x, y, method)._1;
        return vmap(f, inAxes(0, NONE)).apply(array(0.5, 1.5), scalar(2.0)).toDoubleArray();
    }

    @Test
    void overABatch() {
        double[] expected = {2 * Math.sinh(0.5), 2 * Math.sinh(1.5)};
        assertArrayEquals(expected, batched(VmapMethod.SEQUENTIAL), EPS);
        assertEquals(List.of("f64[] f64[]", "f64[] f64[]"), calls);
        calls.clear();
        assertArrayEquals(expected, batched(VmapMethod.EXPAND_DIMS), EPS);
        assertEquals(List.of("f64[2] f64[1]"), calls);
        calls.clear();
        assertArrayEquals(expected, batched(VmapMethod.BROADCAST_ALL), EPS);
        assertEquals(List.of("f64[2] f64[2]"), calls);
    }

    @Test
    void overTwoBatches() {
        Function2<NDArray, NDArray, NDArray> f = (x, y) -> call(x, y, VmapMethod.SEQUENTIAL)._1;
        NDArray table = vmap(vmap(f, inAxes(NONE, 0)), inAxes(0, NONE)).apply(array(0.5, 1.5), array(1, 2, 3));
        for (int i = 0; i < 6; i++) {
            double x = i < 3 ? 0.5 : 1.5;
            assertEquals(Math.sinh(x) * (1 + i % 3), table.toDoubleArray()[i], EPS);
        }
        assertEquals(6, calls.size());
        Function2<NDArray, NDArray, NDArray> all = (x, y) -> call(x, y, VmapMethod.BROADCAST_ALL)._1;
        assertArrayEquals(
                table.toDoubleArray(),
                vmap(vmap(all, inAxes(NONE, 0)), inAxes(0, NONE))
                        .apply(array(0.5, 1.5), array(1, 2, 3))
                        .toDoubleArray(),
                EPS);
    }

    @Test
    void itsDerivativeComesFromARuleAroundIt() {
        Function1<NDArray, NDArray> sinh = customJvp((NDArray x) -> call(x, scalar(1.0), VmapMethod.SEQUENTIAL)._1)
                .defjvps((t, y, x) -> t.times(cosh(x)));
        assertEquals(Math.cosh(0.5), grad(sinh).apply(scalar(0.5)).item(), EPS);
        assertEquals(Math.sinh(0.5), grad(grad(jit(sinh))).apply(scalar(0.5)).item(), EPS);
        assertArrayEquals(
                new double[] {Math.cosh(0.5), Math.cosh(1.5)},
                grad((NDArray v) -> sum(vmap(sinh).apply(v)))
                        .apply(array(0.5, 1.5))
                        .toDoubleArray(),
                EPS);
    }

    @Test
    void withoutARuleThereIsNoDerivative() {
        Function1<NDArray, NDArray> f = x -> call(x, x, null)._1;
        FluxionException error = assertThrows(FluxionException.class, () -> grad(f).apply(scalar(0.5)));
        assertEquals("""
            FX0406 pureCallback: host is host code, which has no derivative
              at PureCallbackTest.java:LINE, while taking a gradient
              hint: give one: customJvp(x -> pureCallback(...)).defjvp(rule)\
            """, withoutLine(error));
    }

    @Test
    void withoutAMethodThereIsNoBatch() {
        Function1<NDArray, NDArray> f = x -> call(x, x, null)._1;
        FluxionException error = assertThrows(FluxionException.class, () -> vmap(f).apply(array(0.5)));
        assertEquals("""
            FX0406 pureCallback: nobody said how host is batched
              at PureCallbackTest.java:LINE, while batching
              hint: give pureCallback a VmapMethod: SEQUENTIAL, EXPAND_DIMS or BROADCAST_ALL\
            """, withoutLine(error));
    }

    @Test
    void aResultOfAnotherTypeIsRefused() {
        Function1<NDArray, NDArray> f = x -> pureCallback((NDArray y) -> y, zeros(2), x);
        FluxionException error = assertThrows(FluxionException.class, () -> jit(f).apply(scalar(0.5)));
        assertEquals("""
            FX0602 pureCallback: lambda in aResultOfAnotherTypeIsRefused gives something else than promised
              expected f64[2]
              given    f64[]
              at PureCallbackTest.java:LINE
              hint: resultTypes has the shapes and dtypes of the result; over a batch that is handed over as a whole, the \
            results have its axis in front\
            """, withoutLine(error));
    }

    private static String withoutLine(FluxionException error) {
        return error.getMessage().replaceAll("\\.java:\\d+", ".java:LINE");
    }
}
