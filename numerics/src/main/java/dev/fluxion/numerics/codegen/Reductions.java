package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.numerics.HostData;
import java.util.Arrays;

/** What happens around the innermost loop for outputs that end in a reduction. */
final class Reductions {
    /** Rows whose accumulators are kept at a time. */
    static final int ROWS = 32;

    private final KernelSpec.Output.Reduce[] ends;
    private final DType[] dtypes;
    private final Literal[] identities;
    private final int firstArray;
    private final boolean reduces;
    private final boolean reducesRows;

    Reductions(KernelSpec spec) {
        int count = spec.outputs().size();
        ends = new KernelSpec.Output.Reduce[count];
        dtypes = new DType[count];
        identities = new Literal[count];
        firstArray = spec.inputs().size();
        boolean any = false;
        for (int k = 0; k < count; k++) {
            if (spec.outputs().get(k) instanceof KernelSpec.Output.Reduce(ReduceOp op, InnerStride inner)) {
                ends[k] = new KernelSpec.Output.Reduce(op, inner);
                dtypes[k] = spec.body().outputs().get(k).dtype();
                identities[k] = op.identity(dtypes[k]);
                any = true;
            }
        }
        reduces = any;
        reducesRows = spec.reducesRows();
    }

    /** Whether the innermost dimension of some output is reduced. */
    boolean reducesRows() {
        return reducesRows;
    }

    /** Sets every reduced output to its identity. */
    void initialise(Object[] arrays, int[] offsets, int[] extents, int[] strides) {
        if (!reduces) {
            return;
        }
        for (int k = 0; k < ends.length; k++) {
            if (ends[k] != null) {
                initialise(k, arrays, offsets, extents, strides);
            }
        }
    }

    /** Sets a reduced output to its identity, what lies together of it at once. */
    void initialise(int output, Object[] arrays, int[] offsets, int[] extents, int[] strides) {
        int array = firstArray + output;
        int count = arrays.length;
        int outer = extents.length;
        int size = 1;
        while (outer > 0) {
            int stride = strides[(outer - 1) * count + array];
            if (stride != 0 && stride != size) {
                break;
            }
            outer--;
            size *= stride == 0 ? 1 : extents[outer];
        }
        int[] outerExtents = Arrays.copyOf(extents, outer);
        fill(arrays[array], offsets[array], size, 0, array, identities[output], outerExtents, strides, count);
    }

    private static void fill(
            Object array,
            int offset,
            int size,
            int dim,
            int k,
            Literal value,
            int[] extents,
            int[] strides,
            int count) {
        if (dim == extents.length) {
            HostData.fill(array, offset, offset + size, value);
            return;
        }
        int stride = strides[dim * count + k];
        int steps = stride == 0 ? 1 : extents[dim];
        for (int i = 0; i < steps; i++) {
            fill(array, offset + i * stride, size, dim + 1, k, value, extents, strides, count);
        }
    }

    /** Fresh accumulators of {@link #ROWS} rows, one array per row-reduced output; null when there is none. */
    Object[] accumulators() {
        if (!reducesRows) {
            return null;
        }
        Object[] result = new Object[ends.length];
        for (int k = 0; k < ends.length; k++) {
            if (isRow(k)) {
                result[k] = HostData.allocate(dtypes[k], ROWS * Kernel.ACCUMULATORS);
            }
        }
        return result;
    }

    void reset(Object[] accumulators, int rows) {
        for (int k = 0; k < ends.length; k++) {
            if (isRow(k)) {
                HostData.fill(accumulators[k], 0, rows * Kernel.ACCUMULATORS, identities[k]);
            }
        }
    }

    /**
     * Combines the accumulators of each row as a tree and adds the result to the output. Accumulators without elements hold
     * the identity, which changes nothing.
     */
    void combine(Object[] accumulators, int rows, Object[] arrays, int[] offsets, int[] strides, int base) {
        for (int k = 0; k < ends.length; k++) {
            if (isRow(k)) {
                int array = firstArray + k;
                int step = KernelCode.rowStride(strides, base, arrays.length, array, rows);
                BinaryOp op = ends[k].op().binary();
                combine(op, accumulators[k], rows, arrays[array], offsets[array], step);
            }
        }
    }

    private static void combine(BinaryOp op, Object lanes, int rows, Object to, int at, int step) {
        if (op == BinaryOp.ADD && lanes instanceof double[] x) {
            double[] sums = (double[]) to;
            for (int row = 0; row < rows; row++) {
                sums[at + row * step] += sum(x, row * Kernel.ACCUMULATORS);
            }
            return;
        }
        if (op == BinaryOp.ADD && lanes instanceof float[] x) {
            float[] sums = (float[]) to;
            for (int row = 0; row < rows; row++) {
                sums[at + row * step] += sum(x, row * Kernel.ACCUMULATORS);
            }
            return;
        }
        for (int row = 0; row < rows; row++) {
            int start = row * Kernel.ACCUMULATORS;
            for (int half = Kernel.ACCUMULATORS / 2; half >= 1; half /= 2) {
                for (int i = start; i < start + half; i++) {
                    combine(op, lanes, i, lanes, i + half);
                }
            }
            combine(op, to, at + row * step, lanes, start);
        }
    }

    private static double sum(double[] x, int at) {
        double a = x[at] + x[at + 8] + (x[at + 4] + x[at + 12]) + (x[at + 2] + x[at + 10] + (x[at + 6] + x[at + 14]));
        double b =
                x[at + 1] + x[at + 9] + (x[at + 5] + x[at + 13]) + (x[at + 3] + x[at + 11] + (x[at + 7] + x[at + 15]));
        return a + b;
    }

    private static float sum(float[] x, int at) {
        float a = x[at] + x[at + 8] + (x[at + 4] + x[at + 12]) + (x[at + 2] + x[at + 10] + (x[at + 6] + x[at + 14]));
        float b =
                x[at + 1] + x[at + 9] + (x[at + 5] + x[at + 13]) + (x[at + 3] + x[at + 11] + (x[at + 7] + x[at + 15]));
        return a + b;
    }

    /** Whether an output's innermost dimension is reduced. */
    boolean isRow(int output) {
        return ends[output] != null && ends[output].inner() == InnerStride.ZERO;
    }

    /** An array for partial results of a reduced output. */
    Object partials(int output, int size) {
        return HostData.allocate(dtypes[output], size);
    }

    /** Combines a partial result with element {@code at} of a reduced output. */
    void combine(int output, Object array, int at, Object partials, int from) {
        combine(ends[output].op().binary(), array, at, partials, from);
    }

    /** {@code to[toIndex] = to[toIndex] op from[fromIndex]}. */
    static void combine(BinaryOp op, Object to, int toIndex, Object from, int fromIndex) {
        switch (to) {
            case double[] a -> a[toIndex] = op.apply(DType.FLOAT64, a[toIndex], ((double[]) from)[fromIndex]);
            case float[] a ->
                a[toIndex] = (float) op.apply(DType.FLOAT32, (double) a[toIndex], (double) ((float[]) from)[fromIndex]);
            case long[] a -> a[toIndex] = op.apply(DType.INT64, a[toIndex], ((long[]) from)[fromIndex]);
            case int[] a -> a[toIndex] = (int) op.apply(DType.INT32, a[toIndex], (long) ((int[]) from)[fromIndex]);
            default -> {
                boolean[] a = (boolean[]) to;
                a[toIndex] = op.apply(DType.BOOL, a[toIndex] ? 1 : 0, ((boolean[]) from)[fromIndex] ? 1 : 0) != 0;
            }
        }
    }
}
