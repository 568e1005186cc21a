package dev.fluxion.numerics.codegen;

/** Code that goes through the rows block by block, with scratch arrays that hold as many elements as a block has. */
abstract class BlockCode<S> extends KernelCode {
    /** Elements per block; a multiple of {@link Kernel#ACCUMULATORS}. */
    static final int BLOCK = 512;

    private final Pooled<S> pool = new Pooled<>(this::scratch);

    /** Fresh scratch memory. */
    abstract S scratch();

    /** Runs rows {@code row .. rows-1}, elements {@code from .. n-1}, at most {@link #BLOCK} elements. */
    abstract void block(S scratch, Arguments arguments, int row, int rows, int from, int n);

    /** Lets go of the arrays of the call. */
    abstract void clear(S scratch);

    /** What all blocks of a call share: parameters of {@link KernelCode#loop}. */
    record Arguments(Object[] arrays, int[] offsets, int[] strides, int base, int rows, Object[] accumulators) {
        int stride(int k) {
            // A rank-0 nest has no strides and takes no steps.
            return strides.length == 0 ? 0 : strides[base + k];
        }

        int rowStride(int k) {
            return KernelCode.rowStride(strides, base, arrays.length, k, rows);
        }
    }

    @Override
    final void loop(
            Object[] arrays,
            int[] offsets,
            int row,
            int rows,
            int from,
            int n,
            int[] strides,
            int base,
            Object[] accumulators) {
        if (from >= n) {
            return;
        }
        Arguments arguments = new Arguments(arrays, offsets, strides, base, rows, accumulators);
        S scratch = pool.take();
        int columns = Math.min(BLOCK, n - from);
        int height = Math.max(1, BLOCK / columns);
        for (int r = row; r < rows; r += height) {
            for (int i = from; i < n; i += columns) {
                block(scratch, arguments, r, Math.min(rows, r + height), i, Math.min(n, i + columns));
            }
        }
        clear(scratch);
        pool.give(scratch);
    }
}
