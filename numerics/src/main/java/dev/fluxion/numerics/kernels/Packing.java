package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.codegen.RowCode;
import dev.fluxion.numerics.codegen.Tiles;

/** Copies parts of operands to where tiles find them contiguous. Parts that lie the other way round are copied square by square. */
record Packing(RowCode code, Tiles tiles) {
    /** {@code to[toAt + i * toRow + j * toColumn] = from[at + i * row + j * column]} for i under rows and j under columns. */
    void pack(
            int rows,
            int columns,
            Object from,
            int at,
            int row,
            int column,
            Object to,
            int toAt,
            int toRow,
            int toColumn) {
        if (row == 1 && toColumn == 1) {
            transpose(rows, columns, from, at, column, to, toAt, toRow);
        } else if (column == 1 && toRow == 1) {
            transpose(columns, rows, from, at, row, to, toAt, toColumn);
        } else {
            code.pack(rows, from, at, row, column, columns, to, toAt, toRow, toColumn);
        }
    }

    /** {@code to[toAt + i * toStep + j] = from[at + i + j * step]} for i under m and j under n. */
    private void transpose(int m, int n, Object from, int at, int step, Object to, int toAt, int toStep) {
        int side = tiles.lanes();
        int squares = m / side;
        int height = squares * side;
        int width = n - n % side;
        for (int j = 0; j < width; j += side) {
            tiles.transposing().squares(from, at + j * step, step, to, toAt + j, toStep, squares);
        }
        code.pack(height, from, at + width * step, 1, step, n - width, to, toAt + width, toStep, 1);
        code.pack(m - height, from, at + height, 1, step, n, to, toAt + height * toStep, toStep, 1);
    }
}
