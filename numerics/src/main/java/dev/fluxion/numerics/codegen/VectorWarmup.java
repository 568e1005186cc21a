package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.VectorModule;
import io.vavr.collection.Array;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

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

    private static final int ELEMENTS = 2 * Kernel.ACCUMULATORS + 3;
    private static final int CALLS_BEFORE_WAITING = 20_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final Policy POLICY = readPolicy();

    private record Task(KernelSpec lowered, KernelCode scalar, Consumer<KernelCode> swap) {}

    /** The thread starts with the first task. */
    private static final class Worker {
        static final LinkedBlockingQueue<Task> TASKS = new LinkedBlockingQueue<>();

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

    /** Calls {@code swap} with vector code, from another thread, once that is faster than {@code scalar}. */
    static void request(KernelSpec lowered, KernelCode scalar, Consumer<KernelCode> swap) {
        Worker.TASKS.add(new Task(lowered, scalar, swap));
    }

    private static void work() {
        while (true) {
            try {
                warm(Worker.TASKS.take());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | LinkageError e) {
                Logger logger = System.getLogger(VectorWarmup.class.getPackageName());
                logger.log(Level.WARNING, "A kernel stays with scalar code: its vector code failed", e);
            }
        }
    }

    private static void warm(Task task) throws InterruptedException {
        KernelCode vector = KernelCompiler.vector(task.lowered(), preferredBits());
        Dummy dummy = new Dummy(task.lowered());
        long start = System.nanoTime();
        int calls = 0;
        int wins = 0;
        while (System.nanoTime() - start < PATIENCE_NANOS) {
            wins = dummy.time(vector, 8) < dummy.time(task.scalar(), 8) ? wins + 1 : 0;
            if (wins == 4) {
                task.swap().accept(vector);
                return;
            }
            calls += 8;
            if (calls > CALLS_BEFORE_WAITING) {
                // The compiler is at work by now: leave it the processor.
                Thread.sleep(2);
            }
        }
    }

    /** Arrays of a few ones for a kernel to run on. */
    private static final class Dummy {
        private final Object[] arrays;
        private final int[] offsets;
        private final int[] strides;
        private final Object[] accumulators;

        Dummy(KernelSpec spec) {
            Array<DType> dtypes = spec.dtypes();
            arrays = new Object[dtypes.size()];
            offsets = new int[dtypes.size()];
            strides = new int[dtypes.size()];
            for (int k = 0; k < arrays.length; k++) {
                arrays[k] = HostData.allocate(dtypes.get(k), ELEMENTS);
                HostData.fill(arrays[k], 0, ELEMENTS, Literal.of(dtypes.get(k), 1L));
                boolean isInput = k < spec.inputs().size();
                InnerStride inner = isInput
                        ? spec.inputs().get(k)
                        : spec.outputs().get(k - spec.inputs().size()).inner();
                strides[k] = inner == InnerStride.ZERO ? 0 : 1;
            }
            accumulators = new Reductions(spec).accumulators();
        }

        long time(KernelCode code, int calls) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                code.loop(arrays, offsets, ELEMENTS, strides, 0, accumulators);
            }
            return System.nanoTime() - start;
        }
    }
}
