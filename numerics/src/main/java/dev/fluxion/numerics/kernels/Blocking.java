package dev.fluxion.numerics.kernels;

/**
 * How a matrix product is cut: blocks of {@code rows} by {@code depth} of the left operand and {@code depth} by
 * {@code columns} of the right one are packed at a time.
 *
 * @param workspace elements that the packed right block, the packed left block and one tile need together, in this order
 * @param leftOffset where the packed left block begins
 * @param tileOffset where the tile begins
 */
record Blocking(int rows, int columns, int depth, int workspace, int leftOffset, int tileOffset) {
    private static final int ROWS = 96;
    private static final int COLUMNS = 3072;
    private static final int DEPTH = 256;

    /** For an m by k matrix times a k by n one, with tiles of the given size. */
    static Blocking of(int m, int n, int k, int tileRows, int tileColumns) {
        int rows = Math.min(ROWS, Math.ceilDiv(m, tileRows) * tileRows);
        int columns = Math.min(COLUMNS, Math.ceilDiv(n, tileColumns) * tileColumns);
        int depth = Math.min(DEPTH, k);
        int left = depth * columns;
        int tile = left + depth * rows;
        return new Blocking(rows, columns, depth, tile + tileRows * tileColumns, left, tile);
    }
}
