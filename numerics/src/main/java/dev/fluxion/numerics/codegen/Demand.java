package dev.fluxion.numerics.codegen;

import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Counts the work of slow code until that is worth faster code, which is then asked for, once. */
final class Demand {
    private final long threshold;

    /** What is to be asked for, or null when nothing is any more. */
    private volatile LongFunction<VectorWarmup.Trial> trial;

    /** Counted without care for races. */
    private long operations;

    /**
     * @param threshold operations
     * @param trial makes the code, given the time before which HotSpot's second compiler is left to others, see {@link
     *     VectorWarmup#SETTLING_NANOS}
     */
    Demand(long threshold, LongFunction<VectorWarmup.Trial> trial) {
        this.threshold = threshold;
        this.trial = trial;
    }

    /** For code that stays as it is. */
    static Demand none() {
        return new Demand(0, null);
    }

    /** For code that comes by {@link VectorWarmup.Policy#TIERED} only. */
    static Demand tiered(long threshold, Supplier<VectorWarmup.Trial> trial) {
        boolean comes = VectorWarmup.policy() == VectorWarmup.Policy.TIERED;
        return comes ? new Demand(threshold, _ -> trial.get()) : none();
    }

    void count(long more) {
        if (trial != null) {
            operations += more;
            if (operations >= threshold) {
                request();
            }
        }
    }

    /** Counts a loop nest. */
    void count(int[] extents, int operationsEach) {
        if (trial != null) {
            long more = operationsEach;
            for (int extent : extents) {
                more *= extent;
            }
            count(more);
        }
    }

    private synchronized void request() {
        LongFunction<VectorWarmup.Trial> asked = trial;
        if (asked != null) {
            trial = null;
            long time = System.nanoTime() + VectorWarmup.SETTLING_NANOS;
            VectorWarmup.request(() -> asked.apply(time));
        }
    }
}
