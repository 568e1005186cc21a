package dev.fluxion.numerics.kernels;

/**
 * How a matrix product is cut: blocks of {@code rows} by {@code depth} of the left operand and {@code depth} by
 * {@code columns} of the right one are used at a time. The parts of an axis are of nearly one size.
 *
 * @param leftInPlace whether left operands whose rows are contiguous are read where they are
 */
record Blocking(int rows, int columns, int depth, boolean leftInPlace) {
    /**
     * Of a processor.
     *
     * @param depth the most products that are added to a sum before the next one's turn
     * @param leftBytes a block of the left operand, which stays in the second cache beside a packed panel of the right one
     * @param rightBytes the packed block of the right operand, which stays in the last cache
     * @param inPlace left operands of up to so many elements are read in place
     */
    private record Limits(int depth, int leftBytes, int rightBytes, long inPlace) {}

    /**
     * For 512-bit vectors, with whose processors a megabyte of second cache is usual. It keeps up with the sums, so that
     * deep blocks cost nothing and sums are taken up seldom; and a tile's rows arrive in the first cache while they are used.
     */
    private static final Limits WIDE = new Limits(512, 384 << 10, 4 << 20, Long.MAX_VALUE);

    /** For others: a panel of the right operand stays in the first cache. */
    private static final Limits NARROW = new Limits(256, 128 << 10, 1 << 20, 1 << 18);

    /** The bytes of a row of the largest tile from which on it is a wide one. */
    private static final int WIDE_TILE = 256;

    /** The bytes of a part of the product that is looked for before it has gone far. */
    private static final int NEAR_BYTES = 1 << 20;

    /** Fewer rows at a time are not worth a way through the packed right operand. */
    private static final int LEAST_ROWS = 24;

    /** With so few panels on the right, a packed left operand would not be read often enough. */
    private static final int FEW_PANELS = 4;

    /**
     * For an m by k matrix times a k by n one.
     *
     * @param tileColumns what the columns are a multiple of
     */
    static Blocking of(int m, int n, int k, int tileColumns, int byteSize) {
        Limits limits = tileColumns * byteSize >= WIDE_TILE ? WIDE : NARROW;
        int depth = part(k, limits.depth);
        int rows = part(m, limits.leftBytes / (byteSize * depth));
        int columns = part(n, limits.rightBytes / (byteSize * depth));
        boolean inPlace = (long) m * k <= limits.inPlace || n <= FEW_PANELS * tileColumns;
        return new Blocking(rows, Math.ceilDiv(columns, tileColumns) * tileColumns, depth, inPlace);
    }

    /** The rows at a time where whatever follows upon the sums is to find them near. */
    int followedRows(int width, int byteSize) {
        return Math.min(rows, Math.max(LEAST_ROWS, NEAR_BYTES / (byteSize * Math.max(1, width))));
    }

    private static int part(int size, int most) {
        return size <= most ? Math.max(size, 1) : Math.ceilDiv(size, Math.ceilDiv(size, most));
    }
}
