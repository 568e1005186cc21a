package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import java.util.Arrays;
import java.util.function.Function;

/** Runs the pieces of a large body one after another on blocks of rows that stay in the cache. */
final class SplitCode extends BlockCode<SplitCode.Scratch> {
    /** Piece p of the body runs on arrays[p], at offsets[p]. Strides are those of rows, then those along the row. */
    record Scratch(Object[] buffers, Object[][] arrays, int[][] offsets, int[][] strides, Object[] accumulators) {}

    private final int[][] sources;
    private final KernelCode[] codes;
    private final DType[] buffers;

    /** The outputs of the last piece. */
    private final int[] last;

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
        last = pieces.last.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    Scratch scratch() {
        Object[] arrays = new Object[buffers.length];
        for (int k = 0; k < arrays.length; k++) {
            arrays[k] = HostData.allocate(buffers[k], BLOCK);
        }
        return new Scratch(
                arrays,
                Arrays.stream(sources).map(s -> new Object[s.length]).toArray(Object[][]::new),
                Arrays.stream(sources).map(s -> new int[s.length]).toArray(int[][]::new),
                Arrays.stream(sources).map(s -> new int[2 * s.length]).toArray(int[][]::new),
                new Object[last.length]);
    }

    @Override
    void block(Scratch scratch, Arguments arguments, int row, int rows, int from, int n) {
        for (int p = 0; p < codes.length; p++) {
            int[] source = sources[p];
            Object[] arrays = scratch.arrays()[p];
            int[] offsets = scratch.offsets()[p];
            int[] strides = scratch.strides()[p];
            int count = source.length;
            for (int k = 0; k < count; k++) {
                if (source[k] < 0) {
                    arrays[k] = scratch.buffers()[-1 - source[k]];
                    offsets[k] = -row * (n - from) - from;
                    strides[k] = n - from;
                    strides[count + k] = 1;
                } else {
                    arrays[k] = arguments.arrays()[source[k]];
                    offsets[k] = arguments.offsets()[source[k]];
                    strides[k] = arguments.rowStride(source[k]);
                    strides[count + k] = arguments.stride(source[k]);
                }
            }
            codes[p].loop(arrays, offsets, row, rows, from, n, strides, count, accumulators(scratch, arguments, p));
        }
    }

    /** Only the last piece reduces. */
    private Object[] accumulators(Scratch scratch, Arguments arguments, int piece) {
        Object[] all = arguments.accumulators();
        if (all == null || piece < codes.length - 1) {
            return null;
        }
        for (int k = 0; k < last.length; k++) {
            scratch.accumulators()[k] = all[last[k]];
        }
        return scratch.accumulators();
    }

    @Override
    void clear(Scratch scratch) {
        for (Object[] arrays : scratch.arrays()) {
            Arrays.fill(arrays, null);
        }
        Arrays.fill(scratch.accumulators(), null);
    }
}
