package dev.fluxion.sparse;

import java.util.Arrays;

/**
 * Colors the columns of a symmetric matrix so that i and j with element (i, j) differ: then every diagonal element stands
 * alone in the sum of its color's columns.
 */
final class NeighbourColoring {
    private NeighbourColoring() {}

    /** @param pattern symmetric */
    static Coloring of(SparsityPattern pattern) {
        return greedy(pattern, ColumnOrder.NATURAL.of(pattern))
                .orFewer(greedy(pattern, ColumnOrder.LARGEST_FIRST.of(pattern)));
    }

    private static Coloring greedy(SparsityPattern pattern, int... order) {
        int[] colors = new int[pattern.rows()];
        Arrays.fill(colors, -1);
        int[] taken = new int[pattern.largestRow() + 1];
        Arrays.fill(taken, -1);
        for (int v : order) {
            for (int k = pattern.start(v); k < pattern.start(v + 1); k++) {
                int color = colors[pattern.column(k)];
                if (color >= 0) {
                    taken[color] = v;
                }
            }
            int color = 0;
            while (taken[color] == v) {
                color++;
            }
            colors[v] = color;
        }
        return new Coloring(colors);
    }
}
