package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.cache.BoundedCache;
import dev.fluxion.ir.cache.CacheCounters;
import dev.fluxion.ir.cache.CacheStatistics;
import java.lang.ref.SoftReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * What a transform made of a program, kept as long as the program lives: a sub-program that is called from many places is
 * transformed once. Programs are told apart by identity. Safe for use by several threads.
 *
 * @param <K> how the program was transformed; compared by value
 * @param <V> the result
 */
final class ProgramCache<K, V> {
    private record Key(ProgramCache<?, ?> transform, Object how) {}

    private static final int MOST_OF_A_PROGRAM = 256;

    private static final CacheCounters COUNTERS = new CacheCounters();

    /** Of all transforms. Soft, because a result may hold the very program it was made of. */
    private static final Map<Jaxpr, BoundedCache<Key, SoftReference<Object>>> PROGRAMS =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** The kept result, or the one that {@code transform} gives now; it may use this cache itself. */
    @SuppressWarnings("unchecked") // the transform is part of the key
    V get(Jaxpr jaxpr, K how, Supplier<V> transform) {
        BoundedCache<Key, SoftReference<Object>> ofJaxpr =
                PROGRAMS.computeIfAbsent(jaxpr, j -> new BoundedCache<>(MOST_OF_A_PROGRAM, COUNTERS));
        Key key = new Key(this, how);
        SoftReference<Object> kept = ofJaxpr.get(key);
        Object value = kept == null ? null : kept.get();
        if (value == null) {
            value = transform.get();
            ofJaxpr.replace(key, new SoftReference<>(value));
        }
        return (V) value;
    }

    static CacheStatistics statistics() {
        List<BoundedCache<Key, SoftReference<Object>>> all;
        synchronized (PROGRAMS) {
            all = List.copyOf(PROGRAMS.values());
        }
        long entries = all.stream().mapToLong(BoundedCache::size).sum();
        return COUNTERS.statistics("transformed programs", entries, MOST_OF_A_PROGRAM, OptionalLong.empty());
    }

    static void clear() {
        PROGRAMS.clear();
        COUNTERS.reset();
    }
}
