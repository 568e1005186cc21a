package dev.fluxion.ir.cache;

import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the use of one cache, or of many that keep the same kind of things. Safe for use by several threads. */
public final class CacheCounters {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    public void hit() {
        hits.increment();
    }

    public void missed() {
        misses.increment();
    }

    public void evicted() {
        evictions.increment();
    }

    public void reset() {
        hits.reset();
        misses.reset();
        evictions.reset();
    }

    public CacheStatistics statistics(String name, long entries, long capacity, OptionalLong bytes) {
        return new CacheStatistics(name, entries, capacity, hits.sum(), misses.sum(), evictions.sum(), bytes);
    }
}
