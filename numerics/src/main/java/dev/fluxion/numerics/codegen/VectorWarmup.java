package dev.fluxion.numerics.codegen;

import dev.fluxion.numerics.VectorModule;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * How long after a kernel turned out to be busy its vector code asks for HotSpot's second compiler, which may take seconds
     * for it: by then that is through with the scalar code, which would wait behind the vector code else.
     */
    static final long SETTLING_NANOS = 300_000_000L;

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final Policy POLICY = readPolicy();

    /** A method of vector code on its way to be compiled. */
    interface Method {
        /** Calls it on a few dummy elements; true once it beats scalar code. */
        boolean step();

        /** Whether it was called often enough for the compiler to come. */
        boolean isWaiting();
    }

    /**
     * Vector code that is to take the place of scalar code.
     *
     * @param methods what is to be compiled for it
     * @param swap puts the vector code in the place of the scalar code
     */
    record Trial(List<? extends Method> methods, Runnable swap) {
        /**
         * Code of one method.
         *
         * @param vector calls the vector code on a few dummy elements
         * @param scalar does the same work with scalar code
         */
        Trial(Runnable vector, Runnable scalar, Runnable swap) {
            this(List.of(new Race(vector, scalar)), swap);
        }
    }

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

    /** Takes turns, so that the compiler has all methods at once and none waits for the others. */
    private static void work() {
        List<Supplier<Trial>> asked = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        try {
            while (true) {
                if (tasks.isEmpty()) {
                    asked.add(Worker.TASKS.take());
                }
                Worker.TASKS.drainTo(asked);
                asked.forEach(trial -> tasks.add(new Task(trial)));
                asked.clear();
                tasks.removeIf(Task::isOver);
                if (tasks.stream().allMatch(Task::isWaiting)) {
                    // The compiler is at work by now: leave it the processor.
                    Thread.sleep(2);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Task {
        private final Supplier<Trial> supplier;
        private final long start = System.nanoTime();
        private final List<Method> methods = new ArrayList<>();
        private Trial trial;

        Task(Supplier<Trial> supplier) {
            this.supplier = supplier;
        }

        /** Warms all methods a little; true when nothing more is to be done. */
        boolean isOver() {
            try {
                if (trial == null) {
                    trial = supplier.get();
                    methods.addAll(trial.methods());
                }
                methods.removeIf(Method::step);
                if (methods.isEmpty()) {
                    trial.swap().run();
                }
                return methods.isEmpty() || System.nanoTime() - start > PATIENCE_NANOS;
            } catch (RuntimeException | LinkageError e) {
                Logger logger = System.getLogger(VectorWarmup.class.getPackageName());
                logger.log(Level.WARNING, "A kernel stays with scalar code: its vector code failed", e);
                return true;
            }
        }

        boolean isWaiting() {
            return methods.stream().allMatch(Method::isWaiting);
        }
    }

    /** A method that is called as the compiled code will be. */
    private static final class Race implements Method {
        private static final int CALLS = 8;
        private static final int CALLS_BEFORE_WAITING = 20_000;
        private static final int WINS = 4;

        private final Runnable vector;
        private final Runnable scalar;
        private int calls;
        private int wins;

        Race(Runnable vector, Runnable scalar) {
            this.vector = vector;
            this.scalar = scalar;
        }

        @Override
        public boolean step() {
            wins = time(vector) < time(scalar) ? wins + 1 : 0;
            calls += CALLS;
            return wins == WINS;
        }

        @Override
        public boolean isWaiting() {
            return calls > CALLS_BEFORE_WAITING;
        }

        private static long time(Runnable code) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                code.run();
            }
            return System.nanoTime() - start;
        }
    }
}
