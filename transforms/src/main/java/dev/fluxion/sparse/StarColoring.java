package dev.fluxion.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Colors the columns of a symmetric matrix so that neighbours (i and j with element (i, j)) differ, and no path of four has
 * two colors only: then of each pair (i, j), (j, i) one stands alone in a sum of columns of one color. Never more colors
 * are needed than for columns that share no row, and for an arrow two instead of all.
 *
 * <p>Source: A. H. Gebremedhin, A. Tarafdar, F. Manne, A. Pothen, "New acyclic and star coloring algorithms with
 * application to computing Hessians", SIAM J. Sci. Comput. 29 (2007), algorithm 4.1.
 */
final class StarColoring {
    private static final int WORD = 64;
    /** Visits to neighbours of neighbours that are worth their time. */
    private static final long MOST_WORK = 1L << 25;

    private final SparsityPattern graph;
    private final int[] colors;
    /** Bit c of word i of level l: a neighbour of i has color 64 l + c. */
    private final List<long[]> once = new ArrayList<>();
    /** As {@link #once}, for two neighbours or more. */
    private final List<long[]> twice = new ArrayList<>();
    /** {@code forbidden.get(c) == v}: v must not have color c. */
    private int[] forbidden = new int[WORD];

    /** Vertices that have a color for themselves: no path of two colors goes through them. */
    private final boolean[] hubs;

    private int hubCount;

    private StarColoring(SparsityPattern graph, long mostNeighbours) {
        this.graph = graph;
        this.colors = new int[graph.rows()];
        this.hubs = new boolean[graph.rows()];
        Arrays.fill(colors, -1);
        Arrays.fill(forbidden, -1);
        for (int i = 0; i < hubs.length; i++) {
            hubs[i] = graph.rowSize(i) > mostNeighbours;
            if (hubs[i]) {
                set(i, hubCount++);
            }
        }
    }

    /** @param pattern symmetric */
    static Coloring of(SparsityPattern pattern) {
        Coloring columns = ColumnColoring.of(pattern);
        if (columns.count() <= 2 || pattern.nonzeros() == (long) pattern.rows() * pattern.columns()) {
            return columns;
        }
        long work = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            work += (long) pattern.rowSize(i) * pattern.rowSize(i);
        }
        // Without vertices of more neighbours the work is at most that worth its time.
        long mostNeighbours =
                work <= MOST_WORK ? pattern.columns() : (long) Math.sqrt(1.0 * MOST_WORK / pattern.rows());
        StarColoring natural = new StarColoring(pattern, mostNeighbours);
        if (natural.hubCount >= columns.count()) {
            return columns;
        }
        StarColoring largest = new StarColoring(pattern, mostNeighbours);
        return natural.greedy(ColumnOrder.NATURAL.of(pattern))
                .orFewer(largest.greedy(ColumnOrder.LARGEST_FIRST.of(pattern)))
                .orFewer(columns);
    }

    private Coloring greedy(int... order) {
        for (int v : order) {
            if (hubs[v]) {
                continue;
            }
            for (int k = graph.start(v); k < graph.start(v + 1); k++) {
                int w = graph.column(k);
                if (w != v && !hubs[w]) {
                    forbidThrough(v, w);
                }
            }
            int color = hubCount;
            while (color < forbidden.length && forbidden[color] == v) {
                color++;
            }
            set(v, color);
        }
        return new Coloring(colors);
    }

    /** Forbids v the color of its neighbour w, and those of w's neighbours that could close a path of two colors. */
    private void forbidThrough(int v, int w) {
        if (colors[w] >= 0) {
            forbid(colors[w], v);
        }
        for (int k = graph.start(w); k < graph.start(w + 1); k++) {
            int x = graph.column(k);
            if (x != v && x != w && colors[x] >= 0 && (colors[w] < 0 || has(twice, x, colors[w]))) {
                forbid(colors[x], v);
            }
        }
    }

    private void forbid(int color, int v) {
        if (color >= forbidden.length) {
            int before = forbidden.length;
            forbidden = Arrays.copyOf(forbidden, Math.max(color + 1, 2 * before));
            Arrays.fill(forbidden, before, forbidden.length, -1);
        }
        forbidden[color] = v;
    }

    private void set(int v, int color) {
        colors[v] = color;
        while (once.size() <= color / WORD) {
            once.add(new long[graph.rows()]);
            twice.add(new long[graph.rows()]);
        }
        long bit = 1L << color % WORD;
        long[] first = once.get(color / WORD);
        long[] second = twice.get(color / WORD);
        for (int k = graph.start(v); k < graph.start(v + 1); k++) {
            int x = graph.column(k);
            if (x != v) {
                second[x] |= first[x] & bit;
                first[x] |= bit;
            }
        }
    }

    private static boolean has(List<long[]> levels, int vertex, int color) {
        return (levels.get(color / WORD)[vertex] >>> color % WORD & 1) != 0;
    }
}
