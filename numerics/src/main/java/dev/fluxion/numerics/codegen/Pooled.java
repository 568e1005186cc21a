package dev.fluxion.numerics.codegen;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Scratch memory kept from one call for the next one; calls at the same time each get their own. */
final class Pooled<T> {
    private final AtomicReference<T> free = new AtomicReference<>();
    private final Supplier<T> make;

    Pooled(Supplier<T> make) {
        this.make = make;
    }

    T take() {
        T kept = free.getAndSet(null);
        return kept != null ? kept : make.get();
    }

    /** Returns what {@link #take} gave. */
    void give(T scratch) {
        free.setRelease(scratch);
    }
}
