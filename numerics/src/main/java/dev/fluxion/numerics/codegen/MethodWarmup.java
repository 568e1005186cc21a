package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;

/**
 * The warm-up of one method of vector code, or of scalar code without calls. HotSpot compiles what is called some thousand
 * times, by what it has seen happen since its first compiler came, so that happens which will happen: long rows, and now and
 * then a number beyond the limits of elementary functions. If rows were short, or such numbers frequent, it would conclude
 * that the loop is not worth the registers. Most calls have no rows and cost nothing: they are for the count.
 */
final class MethodWarmup implements VectorWarmup.Method {
    private static final int ROWS = 2;

    /** The rows where these are short: no more than there are accumulators for. */
    private static final int MANY_ROWS = Reductions.ROWS;

    private static final int EMPTY_CALLS = 16;

    /** HotSpot's first compiler, which takes notes, comes after 200 calls; before that, two calls link what the code calls. */
    private static final int CALLS_BEFORE_NOTES = 300;

    private static final int LINKING_CALLS = 2 * (1 + EMPTY_CALLS);

    /** The second compiler comes at 5,000 calls, sooner if the loops ran long; it is not asked for before the time has come. */
    private static final int CALLS_BEFORE_TIME = 2_000;

    private static final int CALLS_BEFORE_WAITING = 8_000;
    private static final int SHORT = 2 * Kernel.ACCUMULATORS;
    private static final int LONG = 16 * Kernel.ACCUMULATORS;

    /**
     * Of so many calls with rows one is with numbers beyond the limits, in vector code. Scalar code does without the branch for
     * them until they come.
     */
    private static final int BEYOND = 16;

    /** Comparisons in a row that the fast code has to win. */
    private static final int WINS = 4;

    private final KernelCode fast;
    private final KernelCode scalar;
    private final long time;
    private final int rows;
    private final Dummy brief;
    private final Dummy usual;
    private final Dummy beyond;
    private int calls;
    private int turns;
    private int wins;

    /** @param time by {@link System#nanoTime}: before that the second compiler is left to others */
    MethodWarmup(KernelSpec spec, KernelCode fast, KernelCode scalar, long time) {
        this(
                fast,
                scalar,
                time,
                ROWS,
                new Dummy(spec, ROWS, SHORT, 1L),
                new Dummy(spec, ROWS, LONG, 1L),
                new Dummy(spec, ROWS, LONG, 1L << 30));
    }

    private MethodWarmup(
            KernelCode fast, KernelCode scalar, long time, int rows, Dummy brief, Dummy usual, Dummy beyond) {
        this.fast = fast;
        this.scalar = scalar;
        this.time = time;
        this.rows = rows;
        this.brief = brief;
        this.usual = usual;
        this.beyond = beyond;
    }

    /** Of code for rows of {@code n} elements, which has no limits. */
    static MethodWarmup ofShortRows(KernelSpec spec, int n, KernelCode fast, KernelCode scalar, long time) {
        Dummy dummy = new Dummy(spec, MANY_ROWS, n, 1L);
        return new MethodWarmup(fast, scalar, time, MANY_ROWS, dummy, dummy, dummy);
    }

    @Override
    public boolean step() {
        if (isHeld()) {
            return false;
        }
        turns++;
        if (calls < CALLS_BEFORE_NOTES) {
            if (calls < LINKING_CALLS) {
                brief.time(fast, rows);
            }
            callWithoutRows();
            return false;
        }
        int some = rows - turns % ROWS;
        long fastTime = usual.time(fast, some);
        if (turns % BEYOND == 0 && fast instanceof VectorCode) {
            beyond.time(fast, rows);
        }
        if (!hasCalledEnough()) {
            callWithoutRows();
            return false;
        }
        wins = fastTime < usual.time(scalar, some) ? wins + 1 : 0;
        return wins == WINS;
    }

    private void callWithoutRows() {
        for (int i = 0; i < EMPTY_CALLS; i++) {
            brief.time(fast, 0);
        }
        calls += 1 + EMPTY_CALLS;
    }

    @Override
    public boolean isWaiting() {
        return isHeld() || hasCalledEnough();
    }

    private boolean isHeld() {
        return calls > CALLS_BEFORE_TIME && System.nanoTime() - time < 0;
    }

    private boolean hasCalledEnough() {
        return calls > CALLS_BEFORE_WAITING;
    }

    /** Arrays with rows of ones for a kernel to run on, another number in the middle of each. */
    private static final class Dummy {
        private final int n;
        private final Object[] arrays;
        private final int[] offsets;
        private final int[] strides;
        private final Object[] accumulators;

        Dummy(KernelSpec spec, int rows, int n, long middle) {
            this.n = n;
            Array<DType> dtypes = spec.dtypes();
            int count = dtypes.size();
            arrays = new Object[count];
            offsets = new int[count];
            strides = new int[2 * count];
            for (int k = 0; k < count; k++) {
                arrays[k] = HostData.allocate(dtypes.get(k), rows * n);
                boolean isInput = k < spec.inputs().size();
                KernelSpec.Output end =
                        isInput ? null : spec.outputs().get(k - spec.inputs().size());
                InnerStride inner = isInput ? spec.inputs().get(k) : end.inner();
                HostData.fill(arrays[k], 0, rows * n, Literal.of(dtypes.get(k), 1L));
                if (dtypes.get(k) != DType.BOOL) {
                    for (int row = 0; row < rows; row++) {
                        HostData.put(arrays[k], row * n + n / 2, Literal.of(dtypes.get(k), middle));
                    }
                }
                strides[k] = inner == InnerStride.ZERO || end instanceof KernelSpec.Output.Reduce ? 0 : n;
                strides[count + k] = inner == InnerStride.ZERO ? 0 : 1;
            }
            accumulators = new Reductions(spec).accumulators();
        }

        long time(KernelCode code, int rows) {
            long start = System.nanoTime();
            code.loop(arrays, offsets, 0, rows, 0, n, strides, arrays.length, accumulators);
            return System.nanoTime() - start;
        }
    }
}
