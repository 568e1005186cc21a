package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.numerics.HostData;

/** What happens around the innermost loop for outputs that end in a reduction. */
final class Reductions {
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
        boolean rows = false;
        for (int k = 0; k < count; k++) {
            if (spec.outputs().get(k) instanceof KernelSpec.Output.Reduce(ReduceOp op, InnerStride inner)) {
                ends[k] = new KernelSpec.Output.Reduce(op, inner);
                dtypes[k] = spec.body().outputs().get(k).dtype();
                identities[k] = op.identity(dtypes[k]);
                any = true;
                rows |= inner == InnerStride.ZERO;
            }
        }
        reduces = any;
        reducesRows = rows;
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

    /** Sets a reduced output to its identity. */
    void initialise(int output, Object[] arrays, int[] offsets, int[] extents, int[] strides) {
        int array = firstArray + output;
        fill(arrays[array], offsets[array], 0, array, identities[output], extents, strides, arrays.length);
    }

    private static void fill(
            Object array, int offset, int dim, int k, Literal value, int[] extents, int[] strides, int count) {
        if (dim == extents.length) {
            HostData.put(array, offset, value);
            return;
        }
        int stride = strides[dim * count + k];
        if (stride == 1 && dim == extents.length - 1) {
            HostData.fill(array, offset, offset + extents[dim], value);
            return;
        }
        int steps = stride == 0 ? 1 : extents[dim];
        for (int i = 0; i < steps; i++) {
            fill(array, offset + i * stride, dim + 1, k, value, extents, strides, count);
        }
    }

    /** Fresh accumulators, one array per row-reduced output; null when there is none. */
    Object[] accumulators() {
        if (!reducesRows) {
            return null;
        }
        Object[] result = new Object[ends.length];
        for (int k = 0; k < ends.length; k++) {
            if (isRow(k)) {
                result[k] = HostData.allocate(dtypes[k], Kernel.ACCUMULATORS);
            }
        }
        return result;
    }

    void reset(Object[] accumulators) {
        for (int k = 0; k < ends.length; k++) {
            if (isRow(k)) {
                HostData.fill(accumulators[k], 0, Kernel.ACCUMULATORS, identities[k]);
            }
        }
    }

    /** Combines the accumulators of a block of n elements as a tree and adds the result to the output. */
    void combine(Object[] accumulators, int n, Object[] arrays, int[] offsets) {
        for (int k = 0; k < ends.length; k++) {
            if (isRow(k)) {
                BinaryOp op = ends[k].op().binary();
                Object lanes = accumulators[k];
                for (int half = Kernel.ACCUMULATORS / 2; half >= 1; half /= 2) {
                    // Lanes beyond n hold the identity, which changes nothing.
                    for (int i = 0; i < half && i + half < n; i++) {
                        combine(op, lanes, i, lanes, i + half);
                    }
                }
                combine(op, arrays[firstArray + k], offsets[firstArray + k], lanes, 0);
            }
        }
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
