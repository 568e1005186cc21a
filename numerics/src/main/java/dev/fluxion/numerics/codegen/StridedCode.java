package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.kernels.StridedCopy;
import io.vavr.collection.Array;

/** Gives strided rows to code for contiguous ones: copies blocks of them to buffers, and results back. */
final class StridedCode extends KernelCode {
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
    void loop(Object[] arrays, int[] offsets, int n, int[] strides, int base, Object[] accumulators) {
        int count = strided.length;
        Object[] blockArrays = new Object[count];
        int[] blockOffsets = new int[count];
        int[] blockStrides = new int[count];
        for (int k = 0; k < count; k++) {
            blockArrays[k] = strided[k] ? HostData.allocate(dtypes[k], Math.min(n, SplitCode.BLOCK)) : arrays[k];
            blockStrides[k] = strided[k] ? 1 : strides[base + k];
        }
        for (int done = 0; done < n; done += SplitCode.BLOCK) {
            int block = Math.min(SplitCode.BLOCK, n - done);
            for (int k = 0; k < count; k++) {
                int stride = strides[base + k];
                int at = offsets[k] + done * stride;
                blockOffsets[k] = strided[k] ? 0 : at;
                // Outputs too: an accumulating one is read.
                if (strided[k]) {
                    copy(block, arrays[k], at, stride, blockArrays[k], 0, 1);
                }
            }
            contiguous.loop(blockArrays, blockOffsets, block, blockStrides, 0, accumulators);
            for (int k = inputs; k < count; k++) {
                if (strided[k]) {
                    int stride = strides[base + k];
                    copy(block, blockArrays[k], 0, 1, arrays[k], offsets[k] + done * stride, stride);
                }
            }
        }
    }

    private static void copy(int n, Object from, int fromIndex, int fromStride, Object to, int toIndex, int toStride) {
        new StridedCopy(new int[] {n}, new int[] {fromStride}, new int[] {toStride}).run(from, fromIndex, to, toIndex);
    }
}
