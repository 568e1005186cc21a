package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import io.vavr.Function1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Functions are traced once for each structure and types, whoever asks; failed traces leave nothing behind. */
class CachingTest {
    private final AtomicInteger runs = new AtomicInteger();

    private final Function1<NDArray, NDArray> f = x -> {
        runs.incrementAndGet();
        return sum(sin(x).times(x));
    };

    @Test
    void aFunctionIsTracedOnceForEachTypes() {
        Function1<NDArray, NDArray> jitted = jit(f);
        for (int n : new int[] {2, 2, 3, 2, 3}) {
            jitted.apply(ones(n));
        }
        assertEquals(2, runs.get());
    }

    @Test
    void theTransformMayBeWrittenAnewEachTime() {
        for (int i = 0; i < 5; i++) {
            grad(f).apply(ones(2));
            jit(f).apply(ones(2));
            vmap(grad(f)).apply(ones(3, 2));
        }
        assertEquals(1, runs.get());
    }

    @Test
    void aFailedTraceLeavesNothingBehind() {
        AtomicInteger calls = new AtomicInteger();
        Function1<NDArray, NDArray> fails = x -> {
            NDArray y = vmap((NDArray r) -> r.times(2)).apply(x);
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("the first time");
            }
            return sum(y);
        };
        assertEquals(
                "the first time",
                assertThrows(IllegalStateException.class, () -> grad(fails).apply(ones(2)))
                        .getMessage());
        assertNull(Trace.current());
        assertArrayEquals(new double[] {2, 2}, grad(fails).apply(ones(2)).toDoubleArray());
        assertArrayEquals(new double[] {3, 4}, array(1, 2).plus(2).toDoubleArray());
    }

    @Test
    void manyThreadsCallTheSameFunctions() throws Exception {
        Function1<NDArray, NDArray> g = x -> sum(exp(x.times(0.1)).times(sin(x)));
        Function1<NDArray, NDArray> gradients = vmap(grad(g));
        NDArray batch = array(new double[][] {{1, 2, 3}, {4, 5, 6}});
        double[] expected = gradients.apply(batch).toDoubleArray();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int k = 0; k < 64; k++) {
                double shift = k % 4;
                tasks.add(() -> {
                    double[] here = jit(gradients).apply(batch).toDoubleArray();
                    double slope = grad((NDArray s) -> s.times(shift))
                            .apply(scalar(1.0))
                            .item();
                    return Arrays.equals(expected, here) && slope == shift;
                });
            }
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertTrue(result.get());
            }
        }
    }
}
