package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.cacheStatistics;
import static dev.fluxion.Fluxion.clearCaches;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.Backend;
import dev.fluxion.ir.cache.CacheStatistics;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Every cache is bounded, counted and can be emptied. */
class CacheStatisticsTest {
    private static CacheStatistics of(String name) {
        return cacheStatistics().find(c -> c.name().equals(name)).get();
    }

    @Test
    void everyCacheIsListed() {
        assertEquals(
                List.of("functions", "traces", "programs of traces", "transformed programs", "eager operations"),
                cacheStatistics().map(CacheStatistics::name).take(5).toJavaList());
        if (Backend.get().name().equals("cpu")) {
            assertEquals(
                    List.of("plans", "kernels"),
                    cacheStatistics().map(CacheStatistics::name).drop(5).toJavaList());
        }
    }

    @Test
    void aSecondCallHits() {
        Function1<NDArray, NDArray> f = x -> sum(sin(x));
        Function1<NDArray, NDArray> gradient = grad(f);
        gradient.apply(ones(3));
        CacheStatistics before = of("traces");
        gradient.apply(ones(3));
        assertEquals(before.hits() + 1, of("traces").hits());
        assertEquals(before.misses(), of("traces").misses());
        gradient.apply(ones(4));
        assertEquals(before.misses() + 1, of("traces").misses());
        assertTrue(of("traces").entries() >= 2);
    }

    @Test
    void tracesAreBoundedAndTheirUsersDoNotNotice() {
        AtomicInteger runs = new AtomicInteger();
        Function1<NDArray, NDArray> f = x -> {
            runs.incrementAndGet();
            return sum(x.times(2));
        };
        long evictions = of("traces").evictions();
        for (int n = 1; n <= 300; n++) {
            assertEquals(2.0 * n, jit(f).apply(ones(n)).item());
        }
        assertEquals(300, runs.get());
        assertEquals(evictions + 300 - 256, of("traces").evictions());
    }

    @Test
    void clearedCachesFillAgain() {
        AtomicInteger runs = new AtomicInteger();
        Function1<NDArray, NDArray> f = x -> {
            runs.incrementAndGet();
            return sum(x.times(2));
        };
        Function1<NDArray, NDArray> jitted = jit(f);
        jitted.apply(ones(3));
        clearCaches();
        for (CacheStatistics cache : cacheStatistics()) {
            assertEquals(0, cache.entries(), cache::toString);
        }
        assertEquals(6, jitted.apply(ones(3)).item());
        assertEquals(2, runs.get());
    }

    @Test
    void manyThreadsFillAndClear() throws Exception {
        Function1<NDArray, NDArray> f = x -> sum(sin(x).times(x));
        double[][] expected = new double[20][];
        for (int n = 1; n < expected.length; n++) {
            expected[n] = grad(f).apply(ones(n)).toDoubleArray();
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int task = 0; task < 40; task++) {
                int first = task;
                tasks.add(() -> {
                    for (int i = 0; i < 20; i++) {
                        int n = (first + i) % 19 + 1;
                        assertArrayEquals(expected[n], grad(f).apply(ones(n)).toDoubleArray());
                        double shift = i;
                        assertEquals(
                                shift + 2,
                                vmap((NDArray s) -> s.plus(shift))
                                        .apply(ones(n).times(scalar(2.0)))
                                        .toDoubleArray()[0]);
                        if (first % 10 == 0 && i == 10) {
                            clearCaches();
                        }
                        cacheStatistics();
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }
}
