package dev.fluxion.transforms;

import dev.fluxion.ir.cache.BoundedCache;
import dev.fluxion.ir.cache.CacheCounters;
import dev.fluxion.ir.cache.CacheStatistics;
import dev.fluxion.tree.Flat;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.WeakHashMap;

/** The traces of one function. */
final class Traces {
    private record Latest(Signature signature, TracedTree traced) {}

    private static final int MOST_TRACES = 256;

    private static final CacheCounters COUNTERS = new CacheCounters();

    /** All that hold a trace. */
    private static final Map<Traces, Boolean> USED = Collections.synchronizedMap(new WeakHashMap<>());

    /** How often all traces have been forgotten. */
    private static volatile int epoch;

    private final BoundedCache<Signature, TracedTree> traces = new BoundedCache<>(MOST_TRACES, COUNTERS);

    /** The trace used last, found again without a hash: calls of one signature mostly follow each other. */
    private volatile Latest latest;

    /** The trace used last if it fits, or null. */
    TracedTree latest(Flat arguments) {
        Latest last = latest;
        if (last == null || !last.signature().fits(arguments)) {
            return null;
        }
        COUNTERS.hit();
        return last.traced();
    }

    /** The trace for a signature, or null. */
    TracedTree find(Signature signature) {
        TracedTree known = traces.get(signature);
        if (known != null) {
            latest = new Latest(signature, known);
        }
        return known;
    }

    /** Keeps a trace, unless there is one by now: the one that is kept. */
    TracedTree keep(Signature signature, TracedTree fresh) {
        USED.put(this, true);
        return traces.putIfAbsent(signature, fresh);
    }

    /** The signatures that have a trace, new ones last. */
    List<Signature> signatures() {
        return traces.keys();
    }

    private static List<Traces> all() {
        synchronized (USED) {
            return List.copyOf(USED.keySet());
        }
    }

    static CacheStatistics statistics() {
        return COUNTERS.statistics(
                "traces", all().stream().mapToLong(t -> t.traces.size()).sum(), MOST_TRACES, OptionalLong.empty());
    }

    /** How many programs were made from all traces. */
    static long derivedPrograms() {
        return all().stream()
                .mapToLong(t -> t.traces.sum(TracedTree::derivedPrograms))
                .sum();
    }

    static int epoch() {
        return epoch;
    }

    /** Counts a call that did not even have to look for its trace. */
    static void foundAgain() {
        COUNTERS.hit();
    }

    static synchronized void clear() {
        epoch++;
        for (Traces one : all()) {
            one.traces.clear();
            one.latest = null;
        }
        COUNTERS.reset();
    }
}
