package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;

/**
 * What is known of a product of m by k matrices with k by n ones before there are any: the sizes, and how far elements of the
 * operands are apart along each axis.
 */
public record ProductShape(DType dtype, int m, int n, int k, int aRow, int aColumn, int bRow, int bColumn) {
    /** The multiplications. */
    public long size() {
        return (long) m * n * k;
    }
}
