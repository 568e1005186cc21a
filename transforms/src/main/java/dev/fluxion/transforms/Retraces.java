package dev.fluxion.transforms;

import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says why functions are traced: the last reasons are kept, and written to the logger {@code dev.fluxion.caches}, at level
 * DEBUG or, with the system property {@code fluxion.explainCacheMisses}, INFO.
 */
final class Retraces {
    /** Of functions that transforms make for themselves: nothing is said. */
    static final Retraces UNSEEN = new Retraces(null, 0);

    private static final int KEPT = 256;

    private static final System.Logger LOGGER = System.getLogger("dev.fluxion.caches");

    /** Guarded by itself. */
    private static final ArrayDeque<Retrace> LATEST = new ArrayDeque<>();

    /** How many objects of a class have been seen as functions: one expression gives objects of one class. */
    private static final class Objects extends ClassValue<AtomicInteger> {
        @Override
        protected AtomicInteger computeValue(Class<?> type) {
            return new AtomicInteger();
        }
    }

    private static volatile Objects objects = new Objects();

    private final Class<?> type;
    private final int earlierObjects;

    private Retraces(Class<?> type, int earlierObjects) {
        this.type = type;
        this.earlierObjects = earlierObjects;
    }

    /** For a function object that is seen for the first time. */
    static Retraces of(Object function) {
        Class<?> type = function.getClass();
        // Every grad(f) is of the same class of Fluxion's own: that says nothing about f.
        boolean own = type.getPackageName().equals("dev.fluxion");
        return new Retraces(type, own ? 0 : objects.get(type).getAndIncrement());
    }

    /** @param known what there are traces for, the latest last */
    Retrace explain(String label, String purpose, Signature signature, List<Signature> known) {
        return type == null ? null : new Retrace(label, purpose, Tracing.caller(), reasons(signature, known));
    }

    private Array<String> reasons(Signature signature, List<Signature> known) {
        if (!known.isEmpty()) {
            Signature nearest = known.reversed().stream()
                    .min(Comparator.comparingInt(signature::distance))
                    .orElseThrow();
            return signature.differences(nearest);
        }
        if (earlierObjects > 0) {
            return Array.of("the function object is not known, but " + earlierObjects
                    + " of the same expression were: keep it in a variable or field");
        }
        return Array.of("there is no trace of this function");
    }

    /** @param kept whether the trace was kept */
    void report(Retrace retrace, boolean kept) {
        if (retrace == null) {
            return;
        }
        Retrace whole = kept
                ? retrace
                : new Retrace(
                        retrace.function(),
                        retrace.purpose(),
                        retrace.caller(),
                        retrace.reasons()
                                .append("it closes over values of the trace around it, so its trace is not kept"));
        synchronized (LATEST) {
            if (LATEST.size() == KEPT) {
                LATEST.remove();
            }
            LATEST.add(whole);
        }
        boolean loud = Boolean.getBoolean("fluxion.explainCacheMisses");
        LOGGER.log(loud ? System.Logger.Level.INFO : System.Logger.Level.DEBUG, whole::toString);
    }

    /** The last reasons, oldest first. */
    static Array<Retrace> latest() {
        synchronized (LATEST) {
            return Array.ofAll(LATEST);
        }
    }

    static void clear() {
        synchronized (LATEST) {
            LATEST.clear();
        }
        objects = new Objects();
    }
}
