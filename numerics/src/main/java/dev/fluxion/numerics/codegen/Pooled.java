package dev.fluxion.numerics.codegen;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Scratch memory kept from one call for the next one; calls at the same time each get their own. Threads mostly have places of
 * their own, in cache lines of their own: loops side by side that run the same short kernel would else wait for each other.
 */
final class Pooled<T> {
    private static final int PLACES = 8;

    /** References of 4 bytes to a cache line. */
    private static final int LINE = 16;

    private final AtomicReferenceArray<T> free = new AtomicReferenceArray<>(PLACES * LINE);
    private final Supplier<T> make;

    Pooled(Supplier<T> make) {
        this.make = make;
    }

    T take() {
        T kept = free.getAndSet(place(), null);
        return kept != null ? kept : make.get();
    }

    /** Returns what {@link #take} gave. */
    void give(T scratch) {
        free.setRelease(place(), scratch);
    }

    private static int place() {
        return (int) (Thread.currentThread().threadId() % PLACES) * LINE;
    }
}
