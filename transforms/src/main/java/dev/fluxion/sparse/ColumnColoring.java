package dev.fluxion.sparse;

import java.util.ArrayList;
import java.util.List;

/**
 * Colors columns so that no two columns with an element in the same row have one color: then every element stands alone in
 * the sum of its color's columns. Greedy: each column in turn takes the first color that is free in all of its rows.
 *
 * <p>Source: A. H. Gebremedhin, F. Manne, A. Pothen, "What color is your Jacobian? Graph coloring for computing
 * derivatives", SIAM Review 47 (2005).
 */
final class ColumnColoring {
    private static final int WORD = 64;

    private final SparsityPattern columns;
    private final int rows;
    /** Bit c of word i of level l: color 64 l + c is taken in row i. */
    private final List<long[]> taken = new ArrayList<>();

    private ColumnColoring(SparsityPattern pattern) {
        this.columns = pattern.transpose();
        this.rows = pattern.rows();
    }

    /** The best of the orders given by {@link ColumnOrder}; no coloring has fewer colors than the largest row elements. */
    static Coloring of(SparsityPattern pattern) {
        int least = pattern.largestRow();
        Coloring best = null;
        for (ColumnOrder order : ColumnOrder.values()) {
            Coloring next = new ColumnColoring(pattern).greedy(order.of(pattern));
            best = best == null ? next : best.orFewer(next);
            if (best.count() <= Math.max(1, least)) {
                break;
            }
        }
        return best;
    }

    private Coloring greedy(int... order) {
        int[] colors = new int[order.length];
        for (int column : order) {
            colors[column] = take(column);
        }
        return new Coloring(colors);
    }

    private int take(int column) {
        for (int level = 0; ; level++) {
            if (level == taken.size()) {
                taken.add(new long[rows]);
            }
            long[] words = taken.get(level);
            long used = 0;
            for (int k = columns.start(column); k < columns.start(column + 1); k++) {
                used |= words[columns.column(k)];
            }
            if (used != -1) {
                int free = Long.numberOfTrailingZeros(~used);
                for (int k = columns.start(column); k < columns.start(column + 1); k++) {
                    words[columns.column(k)] |= 1L << free;
                }
                return level * WORD + free;
            }
        }
    }
}
