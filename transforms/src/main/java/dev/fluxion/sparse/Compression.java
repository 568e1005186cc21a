package dev.fluxion.sparse;

import java.util.Arrays;

/** How a sparse derivative is got from few products: which of them hold which of its elements. */
final class Compression {
    private final Product product;
    private final SparsityPattern pattern;
    private final Coloring coloring;
    /** Of each element: its product, and its place there. */
    private final int[] colorOf;

    private final int[] places;

    private Compression(Product product, SparsityPattern pattern, Coloring coloring) {
        this.product = product;
        this.pattern = pattern;
        this.coloring = coloring;
        this.colorOf = new int[pattern.nonzeros()];
        this.places = new int[pattern.nonzeros()];
    }

    static Compression columns(SparsityPattern pattern) {
        Compression compression = new Compression(Product.JVP, pattern, ColumnColoring.of(pattern));
        int[] rows = pattern.rowOfEach();
        for (int k = 0; k < rows.length; k++) {
            compression.put(k, pattern.column(k), rows[k]);
        }
        return compression;
    }

    static Compression rows(SparsityPattern pattern) {
        Compression compression = new Compression(Product.VJP, pattern, ColumnColoring.of(pattern.transpose()));
        int[] rows = pattern.rowOfEach();
        for (int k = 0; k < rows.length; k++) {
            compression.put(k, rows[k], pattern.column(k));
        }
        return compression;
    }

    /** Whichever takes fewer products; forward mode where it is the same. */
    static Compression columnsOrRows(SparsityPattern pattern) {
        Compression columns = columns(pattern);
        if (columns.count() <= 1) {
            return columns;
        }
        Compression rows = rows(pattern);
        return rows.count() < columns.count() ? rows : columns;
    }

    /** @param pattern symmetric */
    static Compression symmetric(SparsityPattern pattern) {
        Compression compression = new Compression(Product.HVP, pattern, StarColoring.of(pattern));
        Coloring coloring = compression.coloring;
        int[] row = new int[coloring.count()];
        int[] alone = new int[coloring.count()];
        Arrays.fill(row, -1);
        boolean[] done = new boolean[pattern.nonzeros()];
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = pattern.start(i); k < pattern.start(i + 1); k++) {
                int color = coloring.of(pattern.column(k));
                alone[color] = row[color] == i ? -1 : k;
                row[color] = i;
            }
            for (int k = pattern.start(i); k < pattern.start(i + 1); k++) {
                if (alone[coloring.of(pattern.column(k))] == k) {
                    compression.put(k, pattern.column(k), i);
                    done[k] = true;
                }
            }
        }
        int[] rows = pattern.rowOfEach();
        for (int k = 0; k < done.length; k++) {
            if (!done[k]) {
                // Element (i, j) is hidden in row i; by the coloring (j, i) stands alone in row j.
                compression.put(k, rows[k], pattern.column(k));
            }
        }
        return compression;
    }

    private void put(int element, int seeded, int place) {
        colorOf[element] = coloring.of(seeded);
        places[element] = place;
    }

    Product product() {
        return product;
    }

    SparsityPattern pattern() {
        return pattern;
    }

    /** The number of products. */
    int count() {
        return coloring.count();
    }

    int[] colors() {
        return coloring.colors();
    }

    /** The product that holds an element. */
    int color(int element) {
        return colorOf[element];
    }

    /** Where in its product an element stands. */
    int place(int element) {
        return places[element];
    }
}
