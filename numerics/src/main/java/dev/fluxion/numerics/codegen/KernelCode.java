package dev.fluxion.numerics.codegen;

/** One way to run the innermost loop of a kernel: interpreted, scalar code or vector code. The bits are the same. */
abstract class KernelCode {
    /**
     * Runs the body for {@code i = 0 .. n-1} on {@code array[offset + i * stride]}.
     *
     * @param arrays the arrays, inputs first
     * @param offsets the first element of each array
     * @param strides the stride of array k is {@code strides[base + k]}; read for {@link InnerStride#ANY} only
     * @param accumulators for each output whose innermost dimension is reduced, at its place among the outputs, an array of
     *     {@link Kernel#ACCUMULATORS} elements: element i goes to accumulator {@code i mod ACCUMULATORS}
     */
    abstract void loop(Object[] arrays, int[] offsets, int n, int[] strides, int base, Object[] accumulators);
}
