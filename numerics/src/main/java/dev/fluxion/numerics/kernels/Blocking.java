package dev.fluxion.numerics.kernels;

/**
 * How a matrix product is cut: blocks of {@code rows} by {@code depth} of the left operand and {@code depth} by
 * {@code columns} of the right one are packed at a time. The parts of an axis are of nearly one size.
 */
record Blocking(int rows, int columns, int depth) {
    /** The elements of a packed row of the right operand stay in the first cache together with those of the left one. */
    private static final int DEPTH = 256;

    /** The packed block of the left operand stays in the second cache. */
    private static final int LEFT_BYTES = 128 << 10;

    /** The packed block of the right operand stays in the last cache. */
    private static final int RIGHT_BYTES = 1024 << 10;

    /**
     * For an m by k matrix times a k by n one.
     *
     * @param tileColumns what the columns are a multiple of
     */
    static Blocking of(int m, int n, int k, int tileColumns, int byteSize) {
        int depth = part(k, DEPTH);
        int rows = part(m, LEFT_BYTES / (byteSize * depth));
        int columns = part(n, RIGHT_BYTES / (byteSize * depth));
        return new Blocking(rows, Math.ceilDiv(columns, tileColumns) * tileColumns, depth);
    }

    private static int part(int size, int most) {
        return size <= most ? Math.max(size, 1) : Math.ceilDiv(size, Math.ceilDiv(size, most));
    }
}
