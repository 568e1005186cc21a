package dev.fluxion.ir.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
    private final BoundedCache<Integer, String> cache = new BoundedCache<>(3, new CacheCounters());

    @Test
    void whatWasNotUsedGoesFirst() {
        cache.putIfAbsent(1, "one");
        cache.putIfAbsent(2, "two");
        cache.putIfAbsent(3, "three");
        assertEquals("one", cache.get(1));
        assertEquals("three", cache.get(3));
        cache.putIfAbsent(4, "four");
        assertNull(cache.get(2));
        assertEquals("one", cache.get(1));
        assertEquals("four", cache.get(4));
        cache.putIfAbsent(5, "five");
        assertEquals(3, cache.size());
        assertEquals("five", cache.get(5));
    }

    @Test
    void aNewEntryIsNotTheFirstToGo() {
        for (int key = 0; key < 100; key++) {
            cache.putIfAbsent(key, "value " + key);
            for (int k = 0; k <= key; k++) {
                cache.get(k);
            }
            assertEquals("value " + key, cache.get(key));
            assertTrue(cache.size() <= 3);
        }
    }

    @Test
    void theFirstValueIsKeptUnlessReplaced() {
        assertEquals("a", cache.putIfAbsent(1, "a"));
        assertEquals("a", cache.putIfAbsent(1, "b"));
        cache.replace(1, "c");
        assertEquals("c", cache.get(1));
        assertEquals(List.of(1), cache.keys());
        assertEquals(1, cache.sum(String::length));
    }

    @Test
    void usesAreCounted() {
        cache.get(1);
        cache.putIfAbsent(1, "one");
        cache.get(1);
        cache.get(1);
        for (int key = 2; key < 6; key++) {
            cache.putIfAbsent(key, "more");
        }
        assertEquals(
                new CacheStatistics("test", 3, 3, 2, 1, 2, OptionalLong.of(12)),
                cache.statistics("test", OptionalLong.of(12)));
        assertEquals(
                "test: 3 of 3, 2 hits, 1 misses, 2 evictions, 12 bytes",
                cache.statistics("test", OptionalLong.of(12)).toString());
        cache.clear();
        assertEquals(
                "test: 0 of 3, 0 hits, 0 misses, 0 evictions",
                cache.statistics("test", OptionalLong.empty()).toString());
    }

    @Test
    void manyThreadsStayWithinTheBoundAndNeverGetAnothersValue() throws Exception {
        BoundedCache<Integer, String> shared = new BoundedCache<>(50, new CacheCounters());
        int rounds = 20_000;
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int task = 0; task < 8; task++) {
                Random random = new Random(task);
                tasks.add(() -> {
                    int largest = 0;
                    for (int i = 0; i < rounds; i++) {
                        int key = random.nextInt(random.nextBoolean() ? 20 : 200);
                        String known = shared.get(key);
                        String value = known != null ? known : shared.putIfAbsent(key, "v" + key);
                        assertEquals("v" + key, value);
                        if (i % 1000 == 999 && random.nextInt(4) == 0) {
                            shared.replace(key, "v" + key);
                        }
                        largest = Math.max(largest, shared.size());
                    }
                    return largest;
                });
            }
            for (Future<Integer> largest : threads.invokeAll(tasks)) {
                assertTrue(largest.get() <= 50, largest.get() + " entries");
            }
        }
        CacheStatistics statistics = shared.statistics("shared", OptionalLong.empty());
        assertEquals(8L * rounds, statistics.hits() + statistics.misses());
        assertTrue(statistics.evictions() > 0 && statistics.hits() > statistics.misses(), statistics::toString);
    }
}
