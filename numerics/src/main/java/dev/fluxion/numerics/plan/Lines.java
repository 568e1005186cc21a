package dev.fluxion.numerics.plan;

/** The lines of a row-major array along one axis: {@code outer * inner} lines of {@code length}, elements {@code inner} apart. */
record Lines(int outer, int length, int inner) {
    static Lines of(Layout layout, int axis) {
        int outer = 1;
        int inner = 1;
        for (int d = 0; d < layout.rank(); d++) {
            outer *= d < axis ? layout.dim(d) : 1;
            inner *= d > axis ? layout.dim(d) : 1;
        }
        return new Lines(outer, layout.dim(axis), inner);
    }
}
