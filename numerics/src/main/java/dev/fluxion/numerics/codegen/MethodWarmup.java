package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;

/**
 * The warm-up of one method of vector code. HotSpot compiles what is called some thousand times, by what it has seen happen:
 * most calls here have no rows and cost nothing, a few have two rows of a few vectors, and some of these hold numbers beyond
 * the limits of elementary functions.
 */
final class MethodWarmup implements VectorWarmup.Method {
    private static final int ROWS = 2;
    private static final int EMPTY_CALLS = 24;

    /** HotSpot's highest thresholds are at 5,000 calls. */
    private static final int CALLS_BEFORE_WAITING = 8_000;

    /** Operations times elements in a row, over the number of accumulators; they are slow at first. */
    private static final int OPERATIONS = 200;

    /** Comparisons in a row that the vector code has to win. */
    private static final int WINS = 4;

    private final VectorCode vector;
    private final KernelCode scalar;
    private final Dummy usual;
    private final Dummy beyond;
    private int calls;
    private int turns;
    private int wins;

    MethodWarmup(KernelSpec spec, VectorCode vector, KernelCode scalar) {
        this.vector = vector;
        this.scalar = scalar;
        int operations = 1 + spec.body().equations().size();
        int n = Kernel.ACCUMULATORS * Math.clamp(OPERATIONS / operations, 2, 32);
        this.usual = new Dummy(spec, n, 1L);
        this.beyond = new Dummy(spec, n, 1L << 30);
    }

    @Override
    public boolean step() {
        turns++;
        long vectorTime = usual.time(vector, ROWS);
        // Before that the scalar code may be as cold as the vector code.
        wins = vectorTime < usual.time(scalar, ROWS) && isWaiting() ? wins + 1 : 0;
        if (turns % 8 == 0) {
            beyond.time(vector, ROWS);
        }
        if (!isWaiting()) {
            for (int i = 0; i < EMPTY_CALLS; i++) {
                usual.time(vector, 0);
            }
            calls += 1 + EMPTY_CALLS;
        }
        return wins == WINS;
    }

    @Override
    public boolean isWaiting() {
        return calls > CALLS_BEFORE_WAITING;
    }

    /** Arrays with two rows of one number for a kernel to run on. */
    private static final class Dummy {
        private final int n;
        private final Object[] arrays;
        private final int[] offsets;
        private final int[] strides;
        private final Object[] accumulators;

        Dummy(KernelSpec spec, int n, long value) {
            this.n = n;
            Array<DType> dtypes = spec.dtypes();
            int count = dtypes.size();
            arrays = new Object[count];
            offsets = new int[count];
            strides = new int[2 * count];
            for (int k = 0; k < count; k++) {
                arrays[k] = HostData.allocate(dtypes.get(k), ROWS * n);
                boolean isInput = k < spec.inputs().size();
                InnerStride inner = isInput
                        ? spec.inputs().get(k)
                        : spec.outputs().get(k - spec.inputs().size()).inner();
                HostData.fill(
                        arrays[k], 0, ROWS * n, Literal.of(dtypes.get(k), dtypes.get(k) == DType.BOOL ? 1L : value));
                strides[k] = inner == InnerStride.ZERO ? 0 : n;
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
