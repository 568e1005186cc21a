package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.kernels.MatrixProduct.Operand;

/** The operands of {@link MatrixProduct#run}. */
record ProductBatch(Operand a, int[] aStarts, Operand b, int[] bStarts, Object c, int offset, Epilogue epilogue) {
    int size() {
        return aStarts.length;
    }

    /** The left operand of matrix i. */
    Operand left(int i) {
        return new Operand(a.data(), a.offset() + aStarts[i], a.rowStride(), a.columnStride());
    }

    /** The right operand of matrix i. */
    Operand right(int i) {
        return new Operand(b.data(), b.offset() + bStarts[i], b.rowStride(), b.columnStride());
    }
}
