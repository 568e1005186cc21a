package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.kernels.MatrixProduct.Operand;

/** A way to compute a block of a matrix product, which may be the whole one. */
interface BlockProduct {
    /** The most columns that are worth computing at a time; others may compute the rest. */
    int columns();

    /** The elements of the workspace that {@link #run} needs. */
    int workspace(Operand b, int m, int n, int k);

    /**
     * {@code c = a b}. Different blocks of one product may be computed at the same time, each with a workspace of its own.
     *
     * @param a m by k
     * @param b k by n
     * @param c m by n, with a column stride of 1
     * @param workspace an array of the dtype
     * @param epilogue is told the parts of c that are complete, one by one
     */
    void run(Operand a, Operand b, Operand c, int m, int n, int k, Object workspace, Epilogue epilogue);
}
