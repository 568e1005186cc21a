package dev.fluxion.numerics.plan;

/** How a region steps through an array it reads. The layout is over the region's index space. */
record Read(Node node, Layout layout) {
    /** From this size on a transposed array is copied block by block first instead of read across. */
    private static final int LARGE = 1 << 14;

    static Read of(Value.View view) {
        return new Read(view.node(), view.layout().withoutUnits());
    }

    boolean isWhole() {
        return !node.isSlice() && isAtPlace();
    }

    /** Whether the elements are read in the order in which they lie, all of them. */
    boolean isAtPlace() {
        return layout.offset() == 0 && layout.isContiguous() && layout.size() == node.size();
    }

    /** True for a large array whose neighbours lie along an outer loop. */
    boolean isWorthTransposing() {
        int rank = layout.rank();
        if (rank < 2 || layout.size() < LARGE || Math.abs(layout.stride(rank - 1)) <= 1) {
            return false;
        }
        for (int axis = 0; axis < rank - 1; axis++) {
            if (Math.abs(layout.stride(axis)) == 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Read that && node == that.node && layout.placesLike(that.layout);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(node) * 31 + layout.hashOfPlacing();
    }
}
