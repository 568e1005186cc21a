package dev.fluxion.transforms;

import dev.fluxion.ir.Backend;
import dev.fluxion.ir.cache.CacheStatistics;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** All that is remembered between calls, from functions down to machine code. */
public final class Caches {
    private Caches() {}

    public static Array<CacheStatistics> statistics() {
        return Array.of(
                        FunctionMemo.statistics(),
                        Traces.statistics(),
                        TracedTree.derivedStatistics(Traces.derivedPrograms()),
                        ProgramCache.statistics(),
                        Tracing.cacheStatistics())
                .appendAll(Backend.get().cacheStatistics());
    }

    public static void clear() {
        Traces.clear();
        TracedTree.resetCounters();
        FunctionMemo.clear();
        ProgramCache.clear();
        Tracing.clearCache();
        Backend.get().clearCaches();
        Retraces.clear();
    }

    /** Why functions were traced, the latest 256, oldest first. */
    public static Array<Retrace> retraces() {
        return Retraces.latest();
    }
}
