package dev.fluxion.numerics.kernels;

/** A block of a matrix: its first row and column, its height and width. */
record GridBlock(int top, int height, int left, int width) {
    /** Block {@code i} of an m by n matrix, counted row by row. */
    static GridBlock of(Grid grid, int i, int m, int n) {
        int row = i / grid.columns();
        int column = i % grid.columns();
        int top = grid.row(row, m);
        int left = grid.column(column, n);
        return new GridBlock(top, grid.row(row + 1, m) - top, left, grid.column(column + 1, n) - left);
    }
}
