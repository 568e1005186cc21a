package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.codegen.Squares;

/**
 * {@code to[r * toRow + c * toColumn] = from[r * fromRow + c * fromColumn]} for a plane of rows and columns: run by run where runs
 * are contiguous on both sides, square by square where they run across each other.
 */
public record StridedPlane(int rows, int columns, int fromRow, int fromColumn, int toRow, int toColumn) {
    /** What stays in the cache when reads and writes run across each other. */
    private static final int BLOCK = 32;

    /** Rows that squares are written to at a time. */
    private static final int SQUARES_BLOCK = 64;

    /** The same where these are {@link #FAR} apart, so that lines are complete before they leave the cache. */
    private static final int FAR_BLOCK = 16;

    private static final int FAR = 1 << 10;

    /** Shorter runs are copied element by element. */
    private static final int RUN = 16;

    /** Copies between Java arrays of one kind. */
    public void copy(Object from, int fromAt, Object to, int toAt) {
        boolean runsDown = fromRow == 1 && toRow == 1 && rows >= RUN;
        if (runsDown || fromColumn == 1 && toRow == 1) {
            new StridedPlane(columns, rows, fromColumn, fromRow, toColumn, toRow).inOrder(from, fromAt, to, toAt);
        } else {
            inOrder(from, fromAt, to, toAt);
        }
    }

    private void inOrder(Object from, int fromAt, Object to, int toAt) {
        if (fromColumn == 1 && toColumn == 1 && columns >= RUN) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(from, fromAt + row * fromRow, to, toAt + row * toRow, columns);
            }
        } else if (fromRow == 1 && toColumn == 1) {
            across(from, fromAt, to, toAt);
        } else {
            blocks(from, fromAt, to, toAt, 0, rows, 0, columns);
        }
    }

    private void across(Object from, int fromAt, Object to, int toAt) {
        Squares squares = Squares.of(HostData.dtypeOf(from));
        Squares.Ready ready = squares.ready();
        if (ready == null) {
            squares.count((long) rows * columns);
            blocks(from, fromAt, to, toAt, 0, rows, 0, columns);
            return;
        }
        int side = ready.lanes();
        int height = rows - rows % side;
        int width = columns - columns % side;
        int block = toRow < FAR ? SQUARES_BLOCK : FAR_BLOCK;
        for (int row = 0; row < height; row += block) {
            int count = Math.min(block, height - row) / side;
            for (int column = 0; column < width; column += side) {
                int source = fromAt + row + column * fromColumn;
                int target = toAt + row * toRow + column;
                ready.code().squares(from, source, fromColumn, to, target, toRow, count);
            }
        }
        blocks(from, fromAt, to, toAt, 0, rows, width, columns);
        blocks(from, fromAt, to, toAt, height, rows, 0, width);
    }

    private void blocks(
            Object from, int fromAt, Object to, int toAt, int firstRow, int endRow, int firstColumn, int endColumn) {
        for (int row = firstRow; row < endRow; row += BLOCK) {
            int rowEnd = Math.min(endRow, row + BLOCK);
            for (int column = firstColumn; column < endColumn; column += BLOCK) {
                block(from, fromAt, to, toAt, row, rowEnd, column, Math.min(endColumn, column + BLOCK));
            }
        }
    }

    private void block(Object from, int fromAt, Object to, int toAt, int row, int rowEnd, int column, int columnEnd) {
        for (int r = row; r < rowEnd; r++) {
            int source = fromAt + r * fromRow;
            int target = toAt + r * toRow;
            switch (to) {
                case double[] x -> line((double[]) from, source, x, target, column, columnEnd);
                case float[] x -> line((float[]) from, source, x, target, column, columnEnd);
                case long[] x -> line((long[]) from, source, x, target, column, columnEnd);
                case int[] x -> line((int[]) from, source, x, target, column, columnEnd);
                default -> line((boolean[]) from, source, (boolean[]) to, target, column, columnEnd);
            }
        }
    }

    private void line(double[] from, int source, double[] to, int target, int column, int end) {
        for (int c = column; c < end; c++) {
            to[target + c * toColumn] = from[source + c * fromColumn];
        }
    }

    private void line(float[] from, int source, float[] to, int target, int column, int end) {
        for (int c = column; c < end; c++) {
            to[target + c * toColumn] = from[source + c * fromColumn];
        }
    }

    private void line(long[] from, int source, long[] to, int target, int column, int end) {
        for (int c = column; c < end; c++) {
            to[target + c * toColumn] = from[source + c * fromColumn];
        }
    }

    private void line(int[] from, int source, int[] to, int target, int column, int end) {
        for (int c = column; c < end; c++) {
            to[target + c * toColumn] = from[source + c * fromColumn];
        }
    }

    private void line(boolean[] from, int source, boolean[] to, int target, int column, int end) {
        for (int c = column; c < end; c++) {
            to[target + c * toColumn] = from[source + c * fromColumn];
        }
    }
}
