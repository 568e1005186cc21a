package dev.fluxion.sparse;

import java.util.Arrays;

/** A number 0, ..., count - 1 for each column: columns of one color are summed into one product. */
final class Coloring {
    private final int[] colors;
    private final int count;

    Coloring(int... colors) {
        this.colors = colors;
        this.count = Arrays.stream(colors).max().orElse(-1) + 1;
    }

    int of(int column) {
        return colors[column];
    }

    int count() {
        return count;
    }

    int[] colors() {
        return colors.clone();
    }

    Coloring orFewer(Coloring that) {
        return that.count < count ? that : this;
    }
}
