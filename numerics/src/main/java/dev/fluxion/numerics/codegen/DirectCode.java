package dev.fluxion.numerics.codegen;

/**
 * The products of a batch of matrices with the Vector API, for one dtype and {@link DirectShape}: both operands are read where they
 * are. Every element is the chain {@code s = fma(a[i, p], b[p, j], s)} from {@code s = 0} with p ascending, as in {@link TileCode}.
 * Where tiles do not fit, the last ones overlap: elements that are computed twice have the same bits.
 */
public abstract class DirectCode {
    /**
     * {@code c = a b} for matrices {@code from .. to-1}. What the shape takes for constant is what the shape says.
     *
     * @param a element (i, p) of matrix t at {@code aAt + aStarts[t] + i * aRow + p * aColumn}
     * @param b element (p, j) of matrix t at {@code bAt + bStarts[t] + p * bRow + j}
     * @param c element (i, j) of matrix t at {@code cAt + t * cStep + i * cRow + j}
     * @param height the rows of each product, at least those of a tile
     * @param width the columns of each product, at least those of a tile
     * @param depth the products in each sum
     */
    public abstract void run(
            Object a,
            int aAt,
            int[] aStarts,
            int aRow,
            int aColumn,
            Object b,
            int bAt,
            int[] bStarts,
            int bRow,
            Object c,
            int cAt,
            int cStep,
            int cRow,
            int height,
            int width,
            int depth,
            int from,
            int to);
}
