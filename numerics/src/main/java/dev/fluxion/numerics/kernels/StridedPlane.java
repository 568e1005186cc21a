package dev.fluxion.numerics.kernels;

/**
 * {@code to[r * toRow + c * toColumn] = from[r * fromRow + c * fromColumn]} for a plane of rows and columns, in blocks that
 * stay in the cache when reads and writes run across each other.
 */
public record StridedPlane(int rows, int columns, int fromRow, int fromColumn, int toRow, int toColumn) {
    private static final int BLOCK = 32;

    /** Copies between Java arrays of one kind. */
    public void copy(Object from, int fromAt, Object to, int toAt) {
        for (int row = 0; row < rows; row += BLOCK) {
            int rowEnd = Math.min(rows, row + BLOCK);
            for (int column = 0; column < columns; column += BLOCK) {
                block(from, fromAt, to, toAt, row, rowEnd, column, Math.min(columns, column + BLOCK));
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
