package dev.fluxion.numerics;

import dev.fluxion.ir.DType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Java arrays of deleted results, for further results of the same dtype and size: memory that is in the caches still, which the
 * JVM does not fill with zeros first. The array that came last goes first.
 */
public final class SpareArrays {
    /** Smaller arrays are new ones: that is as fast. */
    private static final int LEAST_BYTES = 1 << 14;

    /** When more than this would be kept, nothing is. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

    private record Kind(DType dtype, int size) {
        long bytes() {
            return (long) size * dtype.byteSize();
        }
    }

    private static final ConcurrentMap<Kind, ConcurrentLinkedDeque<Object>> ARRAYS = new ConcurrentHashMap<>();
    private static final AtomicLong KEPT = new AtomicLong();

    private SpareArrays() {}

    /** An array whose elements may be anything. */
    public static Object take(DType dtype, int size) {
        if (KEPT.get() == 0) {
            return HostData.allocate(dtype, size);
        }
        Kind kind = new Kind(dtype, size);
        ConcurrentLinkedDeque<Object> arrays = ARRAYS.get(kind);
        Object array = arrays == null ? null : arrays.poll();
        if (array == null) {
            return HostData.allocate(dtype, size);
        }
        KEPT.addAndGet(-kind.bytes());
        return array;
    }

    /** Keeps an array that nobody reads any more, if it is worth that. */
    static void offer(DType dtype, Object array) {
        Kind kind = new Kind(dtype, HostData.length(array));
        if (kind.bytes() < LEAST_BYTES || kind.bytes() > MOST_BYTES) {
            return;
        }
        if (KEPT.get() + kind.bytes() > MOST_BYTES) {
            clear();
        }
        keep(kind, array);
    }

    /** Keeps an array, however small. */
    static void keep(DType dtype, Object array) {
        keep(new Kind(dtype, HostData.length(array)), array);
    }

    private static void keep(Kind kind, Object array) {
        KEPT.addAndGet(kind.bytes());
        ARRAYS.computeIfAbsent(kind, k -> new ConcurrentLinkedDeque<>()).push(array);
    }

    /** The bytes of the arrays that are kept. */
    static long bytes() {
        return KEPT.get();
    }

    /** Leaves all arrays to the garbage collector. */
    static void clear() {
        ARRAYS.forEach((kind, arrays) -> {
            while (arrays.poll() != null) {
                KEPT.addAndGet(-kind.bytes());
            }
        });
    }
}
