package dev.fluxion.transforms;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** A function object as a key: compared by identity and not kept alive. */
final class Identity extends WeakReference<Object> {
    private final int hash;

    Identity(Object function) {
        this(function, null);
    }

    /** @param gone where the key goes when the function is gone */
    Identity(Object function, ReferenceQueue<Object> gone) {
        super(function, gone);
        hash = System.identityHashCode(function);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Identity that && get() != null && get() == that.get());
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
