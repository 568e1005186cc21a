package dev.fluxion.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Colors columns so that no two columns with an element in the same row have one color: then every element stands alone in
 * the sum of its color's columns. Greedy: each column in turn takes the first color that is free in all of its rows. A short
 * row is looked through, a long one keeps a bit for each color.
 *
 * <p>Source: A. H. Gebremedhin, F. Manne, A. Pothen, "What color is your Jacobian? Graph coloring for computing
 * derivatives", SIAM Review 47 (2005).
 */
final class ColumnColoring {
    private static final int WORD = 64;

    private final SparsityPattern rows;
    private final SparsityPattern columns;
    private final int[] colors;
    /** {@code forbidden[c] == j}: a short row of column j has color c. */
    private final int[] forbidden;
    /** Of a row its number among the long ones, or -1. */
    private final int[] longRows;

    private final int longCount;
    /** Bit c of word i of level l: color 64 l + c is taken in long row i. */
    private final List<long[]> taken = new ArrayList<>();

    private ColumnColoring(SparsityPattern rows, SparsityPattern columns) {
        this.rows = rows;
        this.columns = columns;
        this.colors = new int[rows.columns()];
        this.forbidden = new int[colors.length + WORD];
        this.longRows = new int[rows.rows()];
        Arrays.fill(colors, -1);
        Arrays.fill(forbidden, -1);
        int count = 0;
        for (int i = 0; i < longRows.length; i++) {
            longRows[i] = rows.rowSize(i) > WORD ? count++ : -1;
        }
        this.longCount = count;
    }

    /** The best of the orders given by {@link ColumnOrder}; no coloring has fewer colors than the largest row elements. */
    static Coloring of(SparsityPattern pattern) {
        int least = pattern.largestRow();
        if (least == pattern.columns()) {
            return new Coloring(IntStream.range(0, least).toArray());
        }
        SparsityPattern columns = pattern.transpose();
        Coloring best = new ColumnColoring(pattern, columns).greedy(ColumnOrder.NATURAL.of(pattern));
        for (ColumnOrder order : ColumnOrder.values()) {
            if (order != ColumnOrder.NATURAL && best.count() > Math.max(1, least)) {
                best = best.orFewer(new ColumnColoring(pattern, columns).greedy(order.of(pattern)));
            }
        }
        return best;
    }

    private Coloring greedy(int... order) {
        for (int column : order) {
            forbidInShortRows(column);
            int color = firstFree(column);
            colors[column] = color;
            for (int k = columns.start(column); k < columns.start(column + 1); k++) {
                int row = longRows[columns.column(k)];
                if (row >= 0) {
                    taken.get(color / WORD)[row] |= 1L << color % WORD;
                }
            }
        }
        return new Coloring(colors);
    }

    private void forbidInShortRows(int column) {
        for (int k = columns.start(column); k < columns.start(column + 1); k++) {
            int row = columns.column(k);
            for (int l = rows.start(row); longRows[row] < 0 && l < rows.start(row + 1); l++) {
                int color = colors[rows.column(l)];
                if (color >= 0) {
                    forbidden[color] = column;
                }
            }
        }
    }

    private int firstFree(int column) {
        for (int level = 0; ; level++) {
            if (level == taken.size()) {
                taken.add(new long[longCount]);
            }
            long used = 0;
            for (int k = columns.start(column); k < columns.start(column + 1); k++) {
                int row = longRows[columns.column(k)];
                used |= row < 0 ? 0 : taken.get(level)[row];
            }
            for (long free = ~used; free != 0; free &= free - 1) {
                int color = level * WORD + Long.numberOfTrailingZeros(free);
                if (forbidden[color] != column) {
                    return color;
                }
            }
        }
    }
}
