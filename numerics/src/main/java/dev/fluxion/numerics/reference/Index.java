package dev.fluxion.numerics.reference;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;

/** Flat row-major positions and the multi-indices they stand for. */
final class Index {
    private Index() {}

    /** The multi-index of element {@code flat} of an array of this shape. */
    static int[] of(Shape shape, int flat) {
        int[] index = new int[shape.rank()];
        int rest = flat;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return index;
    }

    /** The flat position of a multi-index. */
    static int flat(Shape shape, int... index) {
        int flat = 0;
        for (int axis = 0; axis < index.length; axis++) {
            flat = flat * shape.dim(axis) + index[axis];
        }
        return flat;
    }

    /** The entries of {@code index} at the given axes. */
    static int[] select(int[] index, Ints axes) {
        return axes.stream().map(axis -> index[axis]).toArray();
    }
}
