package dev.fluxion.ir.cache;

import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;

/**
 * A map of limited size that forgets what has not been asked for in a while: each entry that was used since it was last looked
 * at gets a second chance, which comes near to least recently used and costs a look-up no lock. Safe for use by several
 * threads.
 */
public final class BoundedCache<K, V> {
    private static final class Entry<K, V> {
        private final K key;
        private final V value;

        /** Written without order: a use that goes unnoticed costs at most an early eviction. */
        private boolean used;

        Entry(K key, V value) {
            this.key = key;
            this.value = value;
        }
    }

    private final int capacity;
    private final CacheCounters counters;
    private final ConcurrentMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();

    /** All entries, the next to be looked at first. Guarded by this. */
    private final ArrayDeque<Entry<K, V>> clock = new ArrayDeque<>();

    public BoundedCache(int capacity, CacheCounters counters) {
        this.capacity = capacity;
        this.counters = counters;
    }

    /** The value kept for {@code key}, or null. */
    public V get(K key) {
        Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            counters.missed();
            return null;
        }
        if (!entry.used) {
            entry.used = true;
        }
        counters.hit();
        return entry.value;
    }

    /** Keeps {@code value}, unless another thread was faster: the value that is kept. */
    public synchronized V putIfAbsent(K key, V value) {
        Entry<K, V> known = entries.get(key);
        if (known != null) {
            return known.value;
        }
        while (entries.size() >= capacity) {
            evict();
        }
        Entry<K, V> fresh = new Entry<>(key, value);
        entries.put(key, fresh);
        clock.add(fresh);
        return value;
    }

    /** Keeps {@code value} instead of what was kept before. */
    public synchronized void replace(K key, V value) {
        Entry<K, V> known = entries.remove(key);
        if (known != null) {
            clock.remove(known);
        }
        putIfAbsent(key, value);
    }

    private void evict() {
        for (Entry<K, V> next = clock.remove(); ; next = clock.remove()) {
            if (!next.used) {
                entries.remove(next.key);
                counters.evicted();
                return;
            }
            next.used = false;
            clock.add(next);
        }
    }

    /** Forgets all entries and, with them, the counts. */
    public synchronized void clear() {
        entries.clear();
        clock.clear();
        counters.reset();
    }

    public int size() {
        return entries.size();
    }

    public int capacity() {
        return capacity;
    }

    /** The keys at present, new ones last. */
    public synchronized List<K> keys() {
        return clock.stream().map(entry -> entry.key).toList();
    }

    /** The sum of a number over all values. */
    public long sum(ToLongFunction<V> number) {
        return entries.values().stream()
                .mapToLong(entry -> number.applyAsLong(entry.value))
                .sum();
    }

    public CacheStatistics statistics(String name, OptionalLong bytes) {
        return counters.statistics(name, size(), capacity, bytes);
    }
}
