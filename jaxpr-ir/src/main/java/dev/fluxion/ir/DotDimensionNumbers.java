package dev.fluxion.ir;

import java.util.Objects;

/**
 * Which axes of the two operands of {@link DotGeneral} are contracted and which are batch axes, pairwise. Prints as
 * {@code (([1], [0]), ([], []))}: contracting, then batch.
 */
public record DotDimensionNumbers(Ints lhsContracting, Ints rhsContracting, Ints lhsBatch, Ints rhsBatch) {
    public DotDimensionNumbers {
        Objects.requireNonNull(lhsContracting, "lhsContracting");
        Objects.requireNonNull(rhsContracting, "rhsContracting");
        Objects.requireNonNull(lhsBatch, "lhsBatch");
        Objects.requireNonNull(rhsBatch, "rhsBatch");
    }

    /** The axes of an lhs of the given rank that are neither contracted nor batch, ascending. */
    public Ints lhsFree(int rank) {
        return lhsContracting.concat(lhsBatch).complement(rank);
    }

    /** The axes of an rhs of the given rank that are neither contracted nor batch, ascending. */
    public Ints rhsFree(int rank) {
        return rhsContracting.concat(rhsBatch).complement(rank);
    }

    /** The permutation of the axes of {@code lhs . rhs} that gives those of {@code rhs . lhs}. */
    public Ints exchange(int lhsRank, int rhsRank) {
        int batch = lhsBatch.size();
        int left = batch + lhsFree(lhsRank).size();
        int rank = left + rhsFree(rhsRank).size();
        return Ints.range(batch).concat(Ints.range(left, rank)).concat(Ints.range(batch, left));
    }

    @Override
    public String toString() {
        return "((" + list(lhsContracting) + ", " + list(rhsContracting) + "), (" + list(lhsBatch) + ", "
                + list(rhsBatch) + "))";
    }

    private static String list(Ints values) {
        return java.util.Arrays.toString(values.toArray());
    }
}
