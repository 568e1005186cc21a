package dev.fluxion.transforms;

import dev.fluxion.ir.cache.BoundedCache;
import dev.fluxion.ir.cache.CacheCounters;
import dev.fluxion.ir.cache.CacheStatistics;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What was derived from a function object, kept with it: {@code grad(f)} gives the same function each time it is asked, so
 * that its traces and compiled programs are found again.
 *
 * <p>Bounded to the functions used last; entries go when memory is short or the function is gone.
 */
final class FunctionMemo {
    private static final int MOST_FUNCTIONS = 512;

    private static final int MOST_OF_A_FUNCTION = 256;

    private static final CacheCounters COUNTERS = new CacheCounters();

    private static final Map<Identity, SoftReference<BoundedCache<Object, Object>>> FUNCTIONS =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<Identity, SoftReference<BoundedCache<Object, Object>>> eldest) {
                    boolean full = size() > MOST_FUNCTIONS;
                    if (full) {
                        COUNTERS.evicted();
                    }
                    return full;
                }
            };

    private FunctionMemo() {}

    /** The value kept for {@code function} under {@code key}; made by {@code make} when there is none. */
    @SuppressWarnings("unchecked") // a key determines the type of its value
    static <F, V> V get(F function, Object key, Function<F, V> make) {
        BoundedCache<Object, Object> entries = entriesOf(function);
        Object known = entries.get(key);
        if (known == null) {
            known = entries.putIfAbsent(key, make.apply(function));
        }
        return (V) known;
    }

    private static BoundedCache<Object, Object> entriesOf(Object function) {
        Identity identity = new Identity(function);
        synchronized (FUNCTIONS) {
            SoftReference<BoundedCache<Object, Object>> reference = FUNCTIONS.get(identity);
            BoundedCache<Object, Object> entries = reference == null ? null : reference.get();
            if (entries == null) {
                entries = new BoundedCache<>(MOST_OF_A_FUNCTION, COUNTERS);
                FUNCTIONS.remove(identity);
                FUNCTIONS.put(identity, new SoftReference<>(entries));
            }
            return entries;
        }
    }

    static CacheStatistics statistics() {
        synchronized (FUNCTIONS) {
            return COUNTERS.statistics("functions", FUNCTIONS.size(), MOST_FUNCTIONS, OptionalLong.empty());
        }
    }

    static void clear() {
        synchronized (FUNCTIONS) {
            FUNCTIONS.clear();
            COUNTERS.reset();
        }
    }
}
