package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.codegen.ProductShape;

/**
 * {@code c[i, j] = sum over p of a[i, p] * b[p, j]}: m by k matrices times k by n ones, c row-major.
 *
 * <p>Every element is the chain {@code s = fma(a[i, p], b[p, j], s)} from {@code s = 0} with p ascending (integers: wrapping
 * sums), whatever the blocking, the SIMD width or the code that runs.
 */
public interface MatrixProduct {
    /** A matrix in a Java array: element {@code (i, j)} at {@code offset + i * rowStride + j * columnStride}. */
    record Operand(Object data, int offset, int rowStride, int columnStride) {
        /** The part of the matrix that begins at element {@code (i, j)}. */
        Operand from(int i, int j) {
            return new Operand(data, offset + i * rowStride + j * columnStride, rowStride, columnStride);
        }
    }

    /**
     * Multiplies a batch of matrices.
     *
     * @param a the first left matrix would be here if its start were 0
     * @param aStarts where each left matrix begins, from there
     * @param b the first right matrix would be here if its start were 0
     * @param bStarts where each right matrix begins, from there; as many as left ones
     * @param c where the products go, one after the other from {@code offset} on
     * @param epilogue is told what is complete, by blocks or at the end
     */
    void run(Operand a, int[] aStarts, Operand b, int[] bStarts, Object c, int offset, Epilogue epilogue);

    /** The product for the given dtype, sizes and strides, which all operands have. */
    static MatrixProduct of(ProductShape shape) {
        return switch (shape.dtype()) {
            case FLOAT32, FLOAT64 -> new FloatingProduct(shape);
            case INT32, INT64 -> new IntegerProduct(shape.m(), shape.n(), shape.k());
            case BOOL -> throw new IllegalArgumentException("a product of truth values");
        };
    }
}
