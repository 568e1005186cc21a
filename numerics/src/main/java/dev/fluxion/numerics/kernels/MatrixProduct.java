package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.VectorModule;

/**
 * {@code c[i, j] = sum over p of a[i, p] * b[p, j]}: an m by k matrix times a k by n one, c row-major.
 *
 * <p>Every element is the chain {@code s = fma(a[i, p], b[p, j], s)} from {@code s = 0} with p ascending (integers: wrapping
 * sums), whatever the blocking, the SIMD width or the code that runs.
 */
public interface MatrixProduct {
    /** A matrix in a Java array: element {@code (i, j)} at {@code offset + i * rowStride + j * columnStride}. */
    record Operand(Object data, int offset, int rowStride, int columnStride) {}

    /** @param c where the product goes, from {@code offset} on */
    void run(Operand a, Operand b, Object c, int offset);

    /** Below this many multiplications packing costs more than it saves. */
    int SMALL = 20 * 20 * 20;

    /** The product for the given dtype and sizes. */
    static MatrixProduct of(DType dtype, int m, int n, int k) {
        if (dtype.isFloating() && (double) m * n * k > SMALL && VectorModule.isPresent()) {
            return VectorProducts.of(dtype, m, n, k);
        }
        return scalar(dtype, m, n, k);
    }

    /** The product in plain Java. */
    static MatrixProduct scalar(DType dtype, int m, int n, int k) {
        return switch (dtype) {
            case FLOAT64 -> new ScalarProductF64(m, n, k);
            case FLOAT32 -> new ScalarProductF32(m, n, k);
            case INT32, INT64 -> new IntegerProduct(m, n, k);
            case BOOL -> throw new IllegalArgumentException("a product of truth values");
        };
    }
}
