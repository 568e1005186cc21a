package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The code of a kernel for many short rows: straight code for rows of one length, made for each length that turns out to be busy.
 * A loop along so few elements costs more than what it does.
 */
final class ShortRows {
    private static final int LONGEST = 64;
    private static final int LEAST_ROWS = 4;

    /** A kernel with more operations is busy with these. */
    private static final int OPERATIONS = 8;

    /** The most vectors of operations and of arrays in straight code. */
    private static final int SIZE = 128;

    private static final int LEAST_BITS = 128;

    private final KernelSpec spec;
    private final int weight;

    /** The places among the arrays of the outputs that are reduced, but not along the row. */
    private final int[] columns;

    private final AtomicReferenceArray<Length> lengths = new AtomicReferenceArray<>(LONGEST + 1);

    private ShortRows(KernelSpec spec, int weight) {
        this.spec = spec;
        this.weight = weight;
        this.columns = IntStream.range(spec.inputs().size(), spec.arrayCount())
                .filter(k -> isColumn(spec.outputs().get(k - spec.inputs().size())))
                .toArray();
    }

    private static boolean isColumn(KernelSpec.Output output) {
        return output instanceof KernelSpec.Output.Reduce && output.inner() != InnerStride.ZERO;
    }

    /**
     * For a kernel whose operations are few and that reduces rows to numbers, if it reduces them; else null.
     *
     * @param weight its operations on an element
     */
    static ShortRows of(KernelSpec spec, int weight) {
        boolean suits = VectorWarmup.policy() == VectorWarmup.Policy.TIERED
                && weight <= OPERATIONS
                && !StridedCode.isNeeded(spec)
                && !spec.rowDtypes().contains(DType.BOOL)
                && spec.body()
                        .equations()
                        .forAll(equation -> equation.primitive() instanceof Elementwise p
                                && !ScalarOperations.isPerLane(
                                        p, equation.input(0).dtype()));
        return suits ? new ShortRows(spec, weight) : null;
    }

    /** The code for all rows of a nest, or null where there is none. */
    KernelCode code(int[] extents, int[] strides, Object[] arrays) {
        int rank = extents.length;
        if (rank < 2
                || extents[rank - 1] > LONGEST
                || extents[rank - 2] < LEAST_ROWS
                || !reducesColumns(strides, (rank - 2) * arrays.length)) {
            return null;
        }
        int n = extents[rank - 1];
        Length length = lengths.get(n);
        if (length == null) {
            length = new Length(n);
            lengths.set(n, length);
        }
        KernelCode code = length.code;
        if (code == null) {
            length.demand.count(extents, weight);
            return null;
        }
        return length.overlaps && sharesArrays(arrays) ? null : code;
    }

    /** Whether each column is reduced to one element. */
    private boolean reducesColumns(int[] strides, int base) {
        for (int k : columns) {
            if (strides[base + k] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean sharesArrays(Object[] arrays) {
        for (int out = spec.inputs().size(); out < arrays.length; out++) {
            for (int in = 0; in < spec.inputs().size(); in++) {
                if (arrays[in] == arrays[out]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The code for rows of one length. */
    private final class Length {
        private final int n;
        private final int bits;

        /** Whether the last vector takes elements that the one before it has taken. */
        private final boolean overlaps;

        private final Demand demand;
        private volatile KernelCode code;

        Length(int n) {
            int wide = VectorWarmup.preferredBits();
            while (VectorEmitter.lanes(spec, wide) > n) {
                wide /= 2;
            }
            int lanes = VectorEmitter.lanes(spec, wide);
            this.n = n;
            this.bits = wide;
            this.overlaps = n % lanes != 0;
            boolean suits = wide >= LEAST_BITS && Math.ceilDiv(n, lanes) * (weight + spec.arrayCount()) <= SIZE;
            this.demand = suits ? new Demand(VectorWarmup.THRESHOLD, this::trial) : Demand.none();
        }

        private VectorWarmup.Trial trial(long time) {
            KernelCode straight = KernelCompiler.rows(spec, bits, n);
            MethodWarmup method = MethodWarmup.ofShortRows(spec, n, straight, KernelCompiler.scalar(spec), time);
            return new VectorWarmup.Trial(List.of(method), () -> code = straight);
        }
    }
}
