package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.fluxion.JitOptions;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Arguments that are given up: the same results, and nobody reads the old values any more. */
class DonatedArgumentsTest {
    private static final JitOptions FIRST =
            JitOptions.builder().donateArgnums(0).build();

    record Params(NDArray w, NDArray b) {}

    private static final Function2<Params, NDArray, Params> STEP = (p, x) -> {
        Params g = grad((Params q) -> sum(sin(x.times(q.w()).plus(q.b())))).apply(p);
        return new Params(p.w().minus(g.w().times(0.1)), p.b().minus(g.b().times(0.1)));
    };

    private static Params start() {
        return new Params(array(1.0, 2.0, 3.0), array(0.5, 0.25, 0.125));
    }

    @Test
    void aTrainingLoopGivesTheSameNumbers() {
        NDArray x = array(0.1, 0.2, 0.3);
        Function2<Params, NDArray, Params> plain = jit(STEP);
        Function2<Params, NDArray, Params> donating = jit(STEP, FIRST);
        Params expected = start();
        Params actual = start();
        for (int i = 0; i < 50; i++) {
            expected = plain.apply(expected, x);
            actual = donating.apply(actual, x);
        }
        assertArrayEquals(expected.w().toDoubleArray(), actual.w().toDoubleArray());
        assertArrayEquals(expected.b().toDoubleArray(), actual.b().toDoubleArray());
        assertArrayEquals(new double[] {0.1, 0.2, 0.3}, x.toDoubleArray());
    }

    @Test
    void aLoopOfDonatingCallsAllocatesNoArrays() {
        if (!Backend.get().name().equals("cpu")) {
            return; // other engines need not reuse anything
        }
        Function1<NDArray, NDArray> step = jit((NDArray y) -> y.times(0.5).plus(1), FIRST);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        NDArray y = ones(100_000);
        for (int i = 0; i < 20; i++) {
            y = step.apply(y);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20; i++) {
            y = step.apply(y);
        }
        long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 20;
        assertTrue(bytes < 100_000, bytes + " bytes for each call on 800,000");
    }

    @Test
    void whatWasGivenUpRefusesEveryUse() {
        Function1<NDArray, NDArray> twice = jit((NDArray v) -> v.times(2), FIRST);
        NDArray x = array(1.0, 2.0);
        assertArrayEquals(new double[] {2, 4}, twice.apply(x).toDoubleArray());
        String expected = """
            FX0603 a donated f64[2] was used
              it was given up at HERE: its buffer holds a result of that call by now
              at HERE
              hint: use that result, or do not donate the argument\
            """;
        assertEquals(expected, message(() -> x.toDoubleArray()));
        assertEquals(expected, message(() -> x.plus(1)));
        assertEquals(expected, message(() -> twice.apply(x)));
        assertEquals(expected, message(() -> jit((NDArray v) -> v.plus(1)).apply(x)));
        assertEquals(
                expected.replace(
                        "\n  at HERE", "\n  at HERE, while tracing lambda in whatWasGivenUpRefusesEveryUse for grad"),
                message(() -> grad((NDArray s) -> sum(x.times(s))).apply(scalar(1.0))));
        assertEquals("f64[2]", x.type().toString());
        assertEquals("Donated<f64[2] at HERE>", x.toString().replaceAll("DonatedArgumentsTest.java:\\d+", "HERE"));
    }

    @Test
    void oneArrayInTwoPlacesIsRefusedBeforeAnythingIsGivenUp() {
        Function2<Params, NDArray, Params> donating = jit(STEP, FIRST);
        Params p = start();
        assertEquals("""
            FX0603 jit of lambda in static: a donated array is passed twice
              arguments 0.b and 1 are the same f64[3]
              at HERE
              hint: pass a copy in one of the places, or donate neither\
            """, message(() -> donating.apply(p, p.b())));
        assertArrayEquals(new double[] {0.5, 0.25, 0.125}, p.b().toDoubleArray());
    }

    @Test
    void anArrayThatSharesTheBufferKeepsItsValues() {
        NDArray x = array(1.0, 2.0, 3.0, 4.0);
        NDArray matrix = reshape(x, 2, 2);
        NDArray same = jit((NDArray v) -> v).apply(x);
        jit((NDArray v) -> v.times(2), FIRST).apply(x);
        assertArrayEquals(new double[] {1, 2, 3, 4}, matrix.toDoubleArray());
        assertArrayEquals(new double[] {1, 2, 3, 4}, same.toDoubleArray());
        jit((NDArray v) -> v.times(2), FIRST).apply(matrix);
        assertArrayEquals(new double[] {1, 2, 3, 4}, same.toDoubleArray());
    }

    @Test
    void constantsOfProgramsKeepTheirValues() {
        NDArray table = array(1.0, 2.0);
        Function1<NDArray, NDArray> f = jit((NDArray v) -> v.plus(table), FIRST);
        assertArrayEquals(new double[] {1, 2}, f.apply(zeros(2)).toDoubleArray());
        assertArrayEquals(new double[] {2, 4}, f.apply(table).toDoubleArray());
        assertArrayEquals(new double[] {2, 3}, f.apply(ones(2)).toDoubleArray());
        Function1<NDArray, NDArray> constant = jit((NDArray v) -> scalar(3.0));
        jit((NDArray v) -> v.times(2), FIRST).apply(constant.apply(ones(1)));
        assertEquals(3, constant.apply(ones(1)).item());
    }

    @Test
    void anArgumentThatIsReturnedIsHandedBack() {
        Function1<NDArray, NDArray> same = jit((NDArray v) -> v, FIRST);
        NDArray x = array(1.0, 2.0);
        NDArray y = same.apply(x);
        assertArrayEquals(new double[] {1, 2}, y.toDoubleArray());
        assertThrows(FluxionException.class, x::toDoubleArray);
    }

    @Test
    void insideATransformNothingIsGivenUp() {
        Function1<NDArray, NDArray> square = jit((NDArray v) -> sum(v.times(v)), FIRST);
        NDArray x = array(1.0, 2.0);
        assertArrayEquals(new double[] {2, 4}, grad(square).apply(x).toDoubleArray());
        assertArrayEquals(new double[] {1, 2}, x.toDoubleArray());
    }

    @Test
    void manyThreadsGiveUpTheirOwnArraysAndOnlyOneGetsASharedOne() throws Exception {
        Function1<NDArray, NDArray> step = jit((NDArray v) -> v.times(0.5).plus(1), FIRST);
        NDArray contested = array(8.0, 8.0);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int k = 0; k < 64; k++) {
                double start = k;
                tasks.add(() -> {
                    NDArray y = array(start, start);
                    double expected = start;
                    for (int i = 0; i < 100; i++) {
                        y = step.apply(y);
                        expected = expected * 0.5 + 1;
                    }
                    assertArrayEquals(new double[] {expected, expected}, y.toDoubleArray());
                    try {
                        assertArrayEquals(
                                new double[] {5, 5}, step.apply(contested).toDoubleArray());
                        return 1;
                    } catch (FluxionException refused) {
                        return 0;
                    }
                });
            }
            int winners = 0;
            for (Future<Integer> result : threads.invokeAll(tasks)) {
                winners += result.get();
            }
            assertEquals(1, winners);
        }
    }

    private static String message(Executable action) {
        return assertThrows(FluxionException.class, action)
                .getMessage()
                .replaceAll("DonatedArgumentsTest.java:\\d+", "HERE");
    }
}
