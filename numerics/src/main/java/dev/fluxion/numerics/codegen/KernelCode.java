package dev.fluxion.numerics.codegen;

/** One way to run the two innermost loops of a kernel: interpreted, scalar code or vector code. The bits are the same. */
abstract class KernelCode {
    /**
     * 1. A loop that counts with it is not unrolled: HotSpot's second compiler does not see that it is 1. For loops with many
     * operations or arrays it takes seconds else, to no avail.
     */
    @SuppressWarnings("NonFinalStaticField")
    static int one = 1;

    /**
     * Runs the body for {@code r = row .. rows-1} and {@code i = from .. n-1} on
     * {@code array[offset + r * rowStride + i * stride]}.
     *
     * @param arrays the arrays, inputs first
     * @param offsets the element of each array at {@code r = 0, i = 0}, which may lie outside of it
     * @param strides the stride of array k is {@code strides[base + k]}, read for {@link InnerStride#ANY} only, and its
     *     rowStride is {@code strides[base - arrays.length + k]}, read where {@code rows > 1} only
     * @param accumulators for each output whose innermost dimension is reduced, at its place among the outputs, an array of
     *     {@link Kernel#ACCUMULATORS} elements for each row: element i of row r goes to {@code r * ACCUMULATORS + i mod
     *     ACCUMULATORS}. The code of {@link ShortRows} does without: it combines rows with the outputs by itself
     */
    abstract void loop(
            Object[] arrays,
            int[] offsets,
            int row,
            int rows,
            int from,
            int n,
            int[] strides,
            int base,
            Object[] accumulators);

    /** The row stride of array k. */
    static int rowStride(int[] strides, int base, int arrays, int k, int rows) {
        return rows > 1 ? strides[base - arrays + k] : 0;
    }
}
