package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.kernels.StridedPlane;
import io.vavr.collection.Array;
import java.util.Arrays;

/** Gives strided rows to code for contiguous ones: copies blocks of them to buffers, and results back. */
final class StridedCode extends BlockCode<StridedCode.Scratch> {
    /** What the contiguous code runs on. Strides are those of rows, then those along the row. */
    record Scratch(Object[] buffers, Object[] arrays, int[] offsets, int[] strides) {}

    private final KernelCode contiguous;
    private final boolean[] strided;
    private final DType[] dtypes;
    private final int inputs;

    /** @param contiguous code for {@link #contiguous} of the specification */
    StridedCode(KernelSpec spec, KernelCode contiguous) {
        this.contiguous = contiguous;
        Array<InnerStride> inner = spec.inputs().appendAll(spec.outputs().map(KernelSpec.Output::inner));
        strided = new boolean[inner.size()];
        for (int k = 0; k < strided.length; k++) {
            strided[k] = inner.get(k) == InnerStride.ANY;
        }
        dtypes = spec.dtypes().toJavaArray(DType[]::new);
        inputs = spec.inputs().size();
    }

    static boolean isNeeded(KernelSpec spec) {
        return spec.inputs().contains(InnerStride.ANY) || spec.outputs().exists(out -> out.inner() == InnerStride.ANY);
    }

    /** The specification with contiguous rows where strides were left open. */
    static KernelSpec contiguous(KernelSpec spec) {
        return new KernelSpec(
                spec.body(),
                spec.loop(),
                spec.inputs().map(StridedCode::contiguous),
                spec.outputs().map(out -> switch (out) {
                    case KernelSpec.Output.Store(InnerStride inner) -> new KernelSpec.Output.Store(contiguous(inner));
                    case KernelSpec.Output.Reduce(var op, InnerStride inner) ->
                        new KernelSpec.Output.Reduce(op, contiguous(inner));
                }));
    }

    private static InnerStride contiguous(InnerStride inner) {
        return inner == InnerStride.ANY ? InnerStride.ONE : inner;
    }

    @Override
    Scratch scratch() {
        int count = strided.length;
        Object[] buffers = new Object[count];
        for (int k = 0; k < count; k++) {
            buffers[k] = strided[k] ? HostData.allocate(dtypes[k], BLOCK) : null;
        }
        return new Scratch(buffers, new Object[count], new int[count], new int[2 * count]);
    }

    @Override
    void block(Scratch scratch, Arguments arguments, int row, int rows, int from, int n) {
        int count = strided.length;
        Object[] arrays = scratch.arrays();
        int[] offsets = scratch.offsets();
        int[] strides = scratch.strides();
        for (int k = 0; k < count; k++) {
            if (strided[k]) {
                int rowStride = bufferRow(arguments, k, n - from);
                arrays[k] = scratch.buffers()[k];
                offsets[k] = -row * rowStride - from;
                strides[k] = rowStride;
                strides[count + k] = 1;
                // Outputs too: an accumulating one is read.
                copy(scratch, arguments, k, row, rows, from, n, true);
            } else {
                arrays[k] = arguments.arrays()[k];
                offsets[k] = arguments.offsets()[k];
                strides[k] = arguments.rowStride(k);
                strides[count + k] = arguments.stride(k);
            }
        }
        contiguous.loop(arrays, offsets, row, rows, from, n, strides, count, arguments.accumulators());
        for (int k = inputs; k < count; k++) {
            if (strided[k]) {
                copy(scratch, arguments, k, row, rows, from, n, false);
            }
        }
    }

    private void copy(
            Scratch scratch, Arguments arguments, int k, int row, int rows, int from, int n, boolean isGather) {
        int rowStride = arguments.rowStride(k);
        int stride = arguments.stride(k);
        int at = arguments.offsets()[k] + row * rowStride + from * stride;
        Object array = arguments.arrays()[k];
        Object buffer = scratch.buffers()[k];
        int columns = n - from;
        int bufferRow = bufferRow(arguments, k, columns);
        int count = bufferRow == 0 ? 1 : rows - row;
        if (isGather) {
            new StridedPlane(count, columns, rowStride, stride, bufferRow, 1).copy(array, at, buffer, 0);
        } else {
            new StridedPlane(count, columns, bufferRow, 1, rowStride, stride).copy(buffer, 0, array, at);
        }
    }

    /** Rows that are the same elements of the array, of a reduced output say, are the same ones of the buffer. */
    private static int bufferRow(Arguments arguments, int k, int columns) {
        return arguments.rowStride(k) == 0 ? 0 : columns;
    }

    @Override
    void clear(Scratch scratch) {
        Arrays.fill(scratch.arrays(), null);
    }
}
