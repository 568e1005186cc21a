package dev.fluxion.numerics.codegen;

import java.lang.classfile.CodeBuilder;

/**
 * A row of straight code, and what code for it is emitted with. Its vectors lie one behind the other; where {@code n} is not a
 * multiple of the lanes, the last one begins earlier, at {@code n - lanes}.
 *
 * @param n the elements of the row, at least the lanes
 */
record StraightRow(int n, int lanes, RowLoop rows, CodeBuilder code, VectorTypes types, VectorOperations operations) {
    int vectors() {
        return Math.ceilDiv(n, lanes);
    }

    /** The element at which vector j begins. */
    int begin(int j) {
        return Math.min(j * lanes, n - lanes);
    }

    /** The last elements of the last vector that the one before it has not; 0 where it has none of them. */
    int left() {
        return n % lanes;
    }
}
