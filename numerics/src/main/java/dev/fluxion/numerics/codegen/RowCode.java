package dev.fluxion.numerics.codegen;

/**
 * The inner loops of matrix products in plain Java, for one dtype: a row of the product grows by a few rows of the right operand
 * at a time. Every element is the chain {@code s = fma(a[p], b[p, j], s)} with p ascending, as in {@link TileCode}.
 */
public abstract class RowCode {
    /** The most rows of b that {@link #add} takes. */
    public static final int DEPTH = 8;

    /**
     * {@code c[j] = c[j] + a[0] * b[0, j] + a[1] * b[1, j] + ...} for j under n.
     *
     * @param depth the number of products, 1 to {@link #DEPTH}
     * @param a element p at {@code aAt + p * aStep}
     * @param b element (p, j) at {@code bAt + p * bRow + j}
     * @param c element j at {@code cAt + j}
     */
    public abstract void add(
            int depth, Object a, int aAt, int aStep, Object b, int bAt, int bRow, Object c, int cAt, int n);
}
