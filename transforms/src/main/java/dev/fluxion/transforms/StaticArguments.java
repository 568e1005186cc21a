package dev.fluxion.transforms;

import dev.fluxion.ir.Ints;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which arguments of a function are static. What a transform makes of such a function takes the same arguments, so it has the
 * same static ones: {@code grad(jit(f, ...))} does not trace them either.
 */
final class StaticArguments {
    private static final ConcurrentMap<Identity, Ints> MARKED = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

    private StaticArguments() {}

    static Ints of(Object function) {
        return MARKED.isEmpty() ? Ints.of() : MARKED.getOrDefault(new Identity(function), Ints.of());
    }

    /** Marks a new function, before anyone else has it. */
    static void mark(Object function, Ints statics) {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            MARKED.remove(gone);
        }
        if (!statics.isEmpty()) {
            MARKED.merge(new Identity(function, GONE), statics, Ints::concat);
        }
    }
}
