package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.parallel.Chunks;

/**
 * How an m by n matrix is dealt out: in {@code rows} times {@code columns} blocks of nearly one size, row by row. Columns
 * begin at multiples of {@link #PANEL}.
 */
record Grid(int rows, int columns) {
    static final Grid WHOLE = new Grid(1, 1);

    /** A multiple of the columns of every tile. */
    private static final int PANEL = 64;

    /** Fewer rows are not worth a packed right operand. */
    private static final int LEAST_ROWS = 16;

    /**
     * So many blocks, in the shape for which the least is packed: the left operand once for each column of blocks, the right
     * one once for each row. The whole matrix when it is too small for them.
     */
    static Grid of(int m, int n, int blocks) {
        Grid best = WHOLE;
        long least = Long.MAX_VALUE;
        for (int rows = 1; rows <= blocks; rows++) {
            int columns = blocks / rows;
            boolean fits = rows * columns == blocks && rows * LEAST_ROWS <= Math.max(m, LEAST_ROWS);
            long packed = (long) columns * m + (long) rows * n;
            if (fits && columns * PANEL < n + PANEL && packed < least) {
                best = new Grid(rows, columns);
                least = packed;
            }
        }
        return best;
    }

    int size() {
        return rows * columns;
    }

    /** The first row of a block in row {@code row} of the grid. */
    int row(int row, int m) {
        return Chunks.start(m, row, rows);
    }

    /** The first column of a block in column {@code column} of the grid. */
    int column(int column, int n) {
        return Math.min(n, PANEL * Chunks.start(Math.ceilDiv(n, PANEL), column, columns));
    }
}
