package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import java.lang.ref.SoftReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What a transform made of a program, kept as long as the program lives: a sub-program that is called from many places is
 * transformed once. Programs are told apart by identity. Safe for use by several threads.
 *
 * @param <K> how the program was transformed; compared by value
 * @param <V> the result
 */
final class ProgramCache<K, V> {
    /** Soft, because a result may hold the very program it was made of. */
    private final Map<Jaxpr, Map<K, SoftReference<V>>> entries = Collections.synchronizedMap(new WeakHashMap<>());

    /** The kept result, or the one that {@code transform} gives now; it may use this cache itself. */
    V get(Jaxpr jaxpr, K key, Supplier<V> transform) {
        Map<K, SoftReference<V>> ofJaxpr = entries.computeIfAbsent(jaxpr, j -> new ConcurrentHashMap<>());
        SoftReference<V> kept = ofJaxpr.get(key);
        V value = kept == null ? null : kept.get();
        if (value == null) {
            value = transform.get();
            ofJaxpr.put(key, new SoftReference<>(value));
        }
        return value;
    }
}
