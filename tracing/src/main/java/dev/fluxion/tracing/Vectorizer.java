package dev.fluxion.tracing;

import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;
import java.util.ServiceLoader;

/** Makes programs over batches. The transforms do, which this module does not know; they are found on the class path. */
public interface Vectorizer {
    /**
     * The program over a batch: every input marked in {@code batched}, and every output, has a new axis of the given size in
     * front.
     */
    Jaxpr vectorize(Jaxpr jaxpr, Array<Boolean> batched, int size);

    /** The one that is there. */
    static Vectorizer get() {
        return ServiceLoader.load(Vectorizer.class, Vectorizer.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("fluxion-transforms is not on the class path"));
    }
}
