package dev.fluxion.numerics.codegen;

import dev.fluxion.numerics.VectorModule;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Makes vector code fast before anybody waits for it. Fresh vector code runs thousands of times slower than compiled one, so a
 * daemon thread calls it on a few dummy elements until it beats the scalar code; then the kernel takes it. The bits are the
 * same, so nobody sees when.
 */
final class VectorWarmup {
    /** Which code kernels run: system property {@code fluxion.kernels}, {@code tiered} unless set. */
    enum Policy {
        /** Scalar code only. */
        SCALAR,
        /** Vector code at once, however slow it starts. */
        VECTOR,
        /** Scalar code first, vector code once it is warm. */
        TIERED
    }

    /**
     * Operations on elements that scalar code does before vector code is thought to be worth its warm-up: about 10 ms, whether
     * many calls have few elements or few calls many.
     */
    static final long THRESHOLD = 1 << 25;

    private static final int CALLS = 8;
    private static final int CALLS_BEFORE_WAITING = 20_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final Policy POLICY = readPolicy();

    /**
     * Vector code and the scalar code that it is to beat.
     *
     * @param vector calls the vector code on a few dummy elements
     * @param scalar does the same work with scalar code
     * @param swap puts the vector code in the place of the scalar code
     */
    record Trial(Runnable vector, Runnable scalar, Runnable swap) {}

    /** The thread starts with the first task. */
    private static final class Worker {
        static final LinkedBlockingQueue<Supplier<Trial>> TASKS = new LinkedBlockingQueue<>();

        static {
            Thread.ofPlatform().daemon().name("fluxion-kernel-warmup").start(VectorWarmup::work);
        }
    }

    private VectorWarmup() {}

    static Policy policy() {
        return POLICY;
    }

    /** The widest vectors the machine is good at, at most 512 bits; only to be asked where the module is present. */
    static int preferredBits() {
        return PreferredSpecies.bits();
    }

    private static Policy readPolicy() {
        String wanted = System.getProperty("fluxion.kernels", "tiered");
        Policy policy = switch (wanted) {
            case "scalar" -> Policy.SCALAR;
            case "vector" -> Policy.VECTOR;
            default -> Policy.TIERED;
        };
        if (policy != Policy.SCALAR && !VectorModule.isPresent()) {
            return Policy.SCALAR;
        }
        return policy;
    }

    /** Has vector code made and swapped in, by another thread, once that is faster than the scalar code. */
    static void request(Supplier<Trial> trial) {
        Worker.TASKS.add(trial);
    }

    private static void work() {
        while (true) {
            try {
                warm(Worker.TASKS.take().get());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | LinkageError e) {
                Logger logger = System.getLogger(VectorWarmup.class.getPackageName());
                logger.log(Level.WARNING, "A kernel stays with scalar code: its vector code failed", e);
            }
        }
    }

    private static void warm(Trial trial) throws InterruptedException {
        long start = System.nanoTime();
        int calls = 0;
        int wins = 0;
        while (System.nanoTime() - start < PATIENCE_NANOS) {
            wins = time(trial.vector()) < time(trial.scalar()) ? wins + 1 : 0;
            if (wins == 4) {
                trial.swap().run();
                return;
            }
            calls += CALLS;
            if (calls > CALLS_BEFORE_WAITING) {
                // The compiler is at work by now: leave it the processor.
                Thread.sleep(2);
            }
        }
    }

    private static long time(Runnable code) {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            code.run();
        }
        return System.nanoTime() - start;
    }
}
