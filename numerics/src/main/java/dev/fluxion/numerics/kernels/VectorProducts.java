package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.DType;

/** The products that need the Vector API: touched only where it is present. */
final class VectorProducts {
    private VectorProducts() {}

    /** @param dtype a floating one */
    static MatrixProduct of(DType dtype, int m, int n, int k) {
        return dtype == DType.FLOAT32 ? new VectorProductF32(m, n, k) : new VectorProductF64(m, n, k);
    }
}
