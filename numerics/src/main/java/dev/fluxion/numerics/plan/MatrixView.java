package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;

/** A batch of matrices in a buffer: {@code (i, j)} at {@code offset + batch + i * rowStride + j * columnStride}. */
record MatrixView(Node node, int offset, Ints batchStrides, int rowStride, int columnStride) {
    /**
     * The view whose axes are batch axes, {@code rowRank} axes that make the rows, and those that make the columns; null
     * when rows or columns are not evenly spaced.
     */
    static MatrixView of(Value.View view, int batches, int rowRank) {
        Layout layout = view.layout();
        Layout rows = one(layout.select(Ints.range(batches, batches + rowRank)));
        Layout columns = one(layout.select(Ints.range(batches + rowRank, layout.rank())));
        if (rows == null || columns == null) {
            return null;
        }
        Ints batchStrides = Ints.range(batches).map(layout::stride);
        return new MatrixView(view.node(), layout.offset(), batchStrides, rows.stride(0), columns.stride(0));
    }

    private static Layout one(Layout layout) {
        return layout.reshape(Shape.of(layout.size()));
    }
}
