package dev.fluxion.numerics.codegen;

/**
 * The frame of generated vector code: whole vectors go through it. What is left of each row, and vectors with an element
 * beyond the limit of an elementary function, go through the scalar code of the same kernel.
 */
abstract class VectorCode extends KernelCode {
    /** The result of {@link #vectors} when it has come to its end. */
    static final long DONE = -1;

    private int lanes;
    private KernelCode scalar;

    /** To be called once, before the code is used. */
    VectorCode with(int vectorLanes, KernelCode scalarCode) {
        this.lanes = vectorLanes;
        this.scalar = scalarCode;
        return this;
    }

    /**
     * {@link #loop} where {@code n - from} is a multiple of the lanes.
     *
     * @return {@link #DONE}, or {@code row << 32 | i} where the vector at element i of a row must be left to scalar code: all
     *     before it is done, nothing from there on
     */
    abstract long vectors(
            Object[] arrays,
            int[] offsets,
            int row,
            int rows,
            int from,
            int n,
            int[] strides,
            int base,
            Object[] accumulators);

    @Override
    void loop(
            Object[] arrays,
            int[] offsets,
            int row,
            int rows,
            int from,
            int n,
            int[] strides,
            int base,
            Object[] accumulators) {
        int bound = n - ((n - from) & (lanes - 1));
        if (from < bound) {
            long left = vectors(arrays, offsets, row, rows, from, bound, strides, base, accumulators);
            while (left != DONE) {
                int r = (int) (left >> 32);
                int i = (int) left;
                scalar.loop(arrays, offsets, r, r + 1, i, i + lanes, strides, base, accumulators);
                left = vectors(arrays, offsets, r, r + 1, i + lanes, bound, strides, base, accumulators);
                if (left == DONE && r + 1 < rows) {
                    left = vectors(arrays, offsets, r + 1, rows, from, bound, strides, base, accumulators);
                }
            }
        }
        if (bound < n) {
            scalar.loop(arrays, offsets, row, rows, bound, n, strides, base, accumulators);
        }
    }
}
