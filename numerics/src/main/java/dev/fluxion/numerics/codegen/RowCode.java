package dev.fluxion.numerics.codegen;

/**
 * The inner loops of matrix products in plain Java, for one dtype: a row of the product grows by a few rows of the right operand
 * at a time. Every element is the chain {@code s = fma(a[p], b[p, j], s)} with p ascending, as in {@link TileCode}.
 */
public abstract class RowCode {
    /** The most rows of b that {@link #add} takes. */
    public static final int DEPTH = 8;

    /** The lanes that {@link #packLanes} takes at a time. */
    static final int LANES = 8;

    /**
     * The steps that {@link #pack} takes of all lanes before it goes on. Where each is in a page of its own, as in transposed
     * operands, the pages and lines of so many are still near when the next lanes come.
     */
    private static final int STEPS = 64;

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

    /** {@link #pack} for {@link #LANES} lanes. */
    abstract void packLanes(
            Object from, int at, int lane, int step, int steps, Object to, int toAt, int toLane, int toStep);

    /** {@link #pack} for one lane. */
    abstract void packLane(
            Object from, int at, int lane, int step, int steps, Object to, int toAt, int toLane, int toStep);

    /** {@code to[toAt + l * toLane + s * toStep] = from[at + l * lane + s * step]} for l under lanes and s under steps. */
    public final void pack(
            int lanes,
            Object from,
            int at,
            int lane,
            int step,
            int steps,
            Object to,
            int toAt,
            int toLane,
            int toStep) {
        for (int s = 0; s < steps; s += STEPS) {
            int some = Math.min(STEPS, steps - s);
            packBlock(lanes, from, at + s * step, lane, step, some, to, toAt + s * toStep, toLane, toStep);
        }
    }

    private void packBlock(
            int lanes,
            Object from,
            int at,
            int lane,
            int step,
            int steps,
            Object to,
            int toAt,
            int toLane,
            int toStep) {
        int l = 0;
        for (; l + LANES <= lanes; l += LANES) {
            packLanes(from, at + l * lane, lane, step, steps, to, toAt + l * toLane, toLane, toStep);
        }
        for (; l < lanes; l++) {
            packLane(from, at + l * lane, lane, step, steps, to, toAt + l * toLane, toLane, toStep);
        }
    }
}
