package dev.fluxion.sparse;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.numpy.NDArray;

/**
 * A sparse matrix in compressed rows: the elements of the pattern have the given values, row by row, all others are zero.
 * A tree with the array {@code values}; the pattern is part of its structure.
 *
 * @param values one for each element of the pattern, floating
 */
public record Csr(SparsityPattern pattern, NDArray values) {
    public Csr {
        Entries.requireValues("csr", pattern.nonzeros(), values);
    }

    public int rows() {
        return pattern.rows();
    }

    public int columns() {
        return pattern.columns();
    }

    /** Where each row starts among the values, and where the last one ends: rows + 1 numbers. */
    public Ints rowStarts() {
        return pattern.rowStarts();
    }

    /** The column of each value. */
    public Ints columnIndices() {
        return pattern.columnIndices();
    }

    /** Rows, columns and values of the elements, row by row. */
    public Coo toCoo() {
        return new Coo(pattern.rowIndices(), pattern.columnIndices(), values, Shape.of(rows(), columns()));
    }

    /** The matrix with all its zeros. */
    public NDArray toDense() {
        return toCoo().toDense();
    }

    /** The matrix with rows and columns exchanged. */
    public Csr transpose() {
        return toCoo().transpose().toCsr();
    }

    /**
     * {@code y_i = sum_j A_ij x_j}.
     *
     * @throws FluxionException when x is not a vector of {@link #columns} elements of the values' dtype (FX0201)
     */
    public NDArray matvec(NDArray x) {
        return toCoo().matvec(x);
    }
}
