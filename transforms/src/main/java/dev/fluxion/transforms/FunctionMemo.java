package dev.fluxion.transforms;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * What was derived from a function object, kept with it: {@code grad(f)} gives the same function each time it is asked, so
 * that its traces and compiled programs are found again.
 *
 * <p>Bounded to the functions used last; entries go when memory is short or the function is gone.
 */
final class FunctionMemo {
    private static final int MOST_FUNCTIONS = 512;

    private static final Map<Identity, SoftReference<ConcurrentMap<Object, Object>>> FUNCTIONS =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<Identity, SoftReference<ConcurrentMap<Object, Object>>> eldest) {
                    return size() > MOST_FUNCTIONS;
                }
            };

    private FunctionMemo() {}

    /** The value kept for {@code function} under {@code key}; made by {@code make} when there is none. */
    @SuppressWarnings("unchecked") // a key determines the type of its value
    static <F, V> V get(F function, Object key, Function<F, V> make) {
        ConcurrentMap<Object, Object> entries = entriesOf(function);
        Object known = entries.get(key);
        if (known == null) {
            Object made = make.apply(function);
            Object raced = entries.putIfAbsent(key, made);
            known = raced == null ? made : raced;
        }
        return (V) known;
    }

    private static ConcurrentMap<Object, Object> entriesOf(Object function) {
        Identity identity = new Identity(function);
        synchronized (FUNCTIONS) {
            SoftReference<ConcurrentMap<Object, Object>> reference = FUNCTIONS.get(identity);
            ConcurrentMap<Object, Object> entries = reference == null ? null : reference.get();
            if (entries == null) {
                entries = new ConcurrentHashMap<>();
                FUNCTIONS.remove(identity);
                FUNCTIONS.put(identity, new SoftReference<>(entries));
            }
            return entries;
        }
    }
}
