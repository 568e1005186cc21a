package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Shape;
import dev.fluxion.numpy.NDArray;

/** An operand of an equation that is to be transposed: known (its value is there) or linear (the value is null). */
record Operand(ArrayType type, NDArray value) {
    boolean isLinear() {
        return value == null;
    }

    Shape shape() {
        return type.shape();
    }
}
