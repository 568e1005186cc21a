package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import java.util.function.Function;

/** Runs the pieces of a large body one after another on blocks of a row that stay in the cache. */
final class SplitCode extends KernelCode {
    /** Elements per block; a multiple of {@link Kernel#ACCUMULATORS}. */
    static final int BLOCK = 512;

    private final int[][] sources;
    private final KernelCode[] codes;
    private final DType[] buffers;
    private final int inputs;
    private final int outputs;

    SplitCode(KernelSpec spec, Function<KernelSpec, KernelCode> compiler) {
        Pieces pieces = Pieces.of(spec);
        int count = pieces.pieces.size();
        sources = new int[count][];
        codes = new KernelCode[count];
        for (int p = 0; p < count; p++) {
            sources[p] = pieces.pieces.get(p).sources();
            codes[p] = compiler.apply(pieces.pieces.get(p).spec());
        }
        buffers = pieces.buffers.toArray(new DType[0]);
        inputs = spec.inputs().size();
        outputs = spec.outputs().size();
    }

    @Override
    void loop(Object[] arrays, int[] offsets, int n, int[] strides, int base, Object[] accumulators) {
        Object[] scratch = new Object[buffers.length];
        for (int k = 0; k < scratch.length; k++) {
            scratch[k] = HostData.allocate(buffers[k], Math.min(n, BLOCK));
        }
        int[] at = new int[inputs + outputs];
        for (int done = 0; done < n; done += BLOCK) {
            for (int k = 0; k < at.length; k++) {
                at[k] = offsets[k] + done * stride(strides, base + k);
            }
            int block = Math.min(BLOCK, n - done);
            for (int p = 0; p < codes.length; p++) {
                piece(p, arrays, at, block, strides, base, scratch, accumulators);
            }
        }
    }

    private void piece(
            int p, Object[] arrays, int[] at, int n, int[] strides, int base, Object[] scratch, Object[] accumulators) {
        int[] source = sources[p];
        Object[] pieceArrays = new Object[source.length];
        int[] pieceOffsets = new int[source.length];
        int[] pieceStrides = new int[source.length];
        for (int k = 0; k < source.length; k++) {
            boolean isBuffer = source[k] < 0;
            pieceArrays[k] = isBuffer ? scratch[-1 - source[k]] : arrays[source[k]];
            pieceOffsets[k] = isBuffer ? 0 : at[source[k]];
            pieceStrides[k] = isBuffer ? 1 : stride(strides, base + source[k]);
        }
        codes[p].loop(pieceArrays, pieceOffsets, n, pieceStrides, 0, accumulators);
    }

    /** A rank-0 nest has no strides and takes no steps. */
    private static int stride(int[] strides, int at) {
        return strides.length == 0 ? 0 : strides[at];
    }
}
