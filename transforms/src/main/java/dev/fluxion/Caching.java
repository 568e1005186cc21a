package dev.fluxion;

import dev.fluxion.ir.cache.CacheStatistics;
import dev.fluxion.transforms.Caches;
import dev.fluxion.transforms.Retrace;
import io.vavr.collection.Array;

/** What is remembered between calls. */
abstract class Caching extends Lowering {
    /**
     * The use of all caches: functions made by transforms, traces of functions, programs made from them, operations that ran
     * at once, plans and kernels of the engine.
     */
    public static Array<CacheStatistics> cacheStatistics() {
        return Caches.statistics();
    }

    /**
     * Forgets everything, and sets all counts to zero: the next call of each function traces and compiles it again. For
     * measurements, and for giving back memory.
     */
    public static void clearCaches() {
        Caches.clear();
    }

    /**
     * Why functions were traced: the latest 256 reasons, oldest first. A function should be traced once for each structure,
     * shapes, dtypes and static values of its arguments. With {@code -Dfluxion.explainCacheMisses=true} each reason is also
     * logged when it comes up, by the logger {@code dev.fluxion.caches} at level INFO.
     */
    public static Array<Retrace> retraces() {
        return Caches.retraces();
    }
}
