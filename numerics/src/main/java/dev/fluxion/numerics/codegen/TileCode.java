package dev.fluxion.numerics.codegen;

/**
 * The inner loops of matrix products with the Vector API, for one dtype: the sums of a tile of the product stay in registers.
 * Every element is the chain {@code s = fma(a[i, p], b[p, j], s)} with p ascending, so the bits are the same whatever the tile.
 */
public abstract class TileCode {
    /**
     * {@code c = a b} for a tile of c, or {@code c = c + a b} with sums that start from c.
     *
     * @param a element (i, p) at {@code aAt + i * aRow + p}
     * @param b element (p, j) at {@code bAt + p * columns + j}, with the columns of the widest tile
     * @param depth the number of products in each sum
     * @param c element (i, j) at {@code cAt + i * cRow + j}
     * @param first whether the sums start from zero
     * @param height the rows of the tile
     * @param width the vectors of a row of the tile
     */
    public abstract void tile(
            Object a,
            int aAt,
            int aRow,
            Object b,
            int bAt,
            int depth,
            Object c,
            int cAt,
            int cRow,
            boolean first,
            int height,
            int width);

    /**
     * {@link #pack}, then {@link #tile} of the greatest height and width, in one pass: the sums hide what packing takes.
     *
     * @param b where the right operand is packed
     * @param from its element (p, j) at {@code fromAt + p * fromRow + j}
     */
    public abstract void packingTile(
            Object a,
            int aAt,
            int aRow,
            Object b,
            int bAt,
            int depth,
            Object c,
            int cAt,
            int cRow,
            boolean first,
            Object from,
            int fromAt,
            int fromRow);

    /** {@code to[toAt + p * columns + j] = from[at + p * row + j]} for p under {@code depth}, j under the columns. */
    public abstract void pack(Object from, int at, int row, int depth, Object to, int toAt);
}
