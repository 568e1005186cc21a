package dev.fluxion.numerics.components;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;

/**
 * A shape as many small things: {@code trail} are its last axes of few elements, such as the coordinates of points, and
 * {@code lead} all axes before. An array of such a shape is {@code trail.size()} components of shape {@code lead}.
 */
record TinyAxes(Shape lead, Shape trail) {
    /** The longest axis that counts as tiny. */
    private static final int LONGEST = 4;

    /** The largest number of components. */
    private static final int MOST = 16;

    /** With fewer elements a component is no better than the elements themselves. */
    private static final int LEAST = 16;

    /** The tiny axes of a shape, or null when it has none: a function of the shape alone. */
    static TinyAxes of(Shape shape) {
        int rank = shape.rank();
        int from = rank;
        int components = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            int dim = shape.dim(axis);
            if (dim == 0 || dim > LONGEST || components * dim > MOST) {
                break;
            }
            components *= dim;
            from = dim > 1 ? axis : from;
        }
        if (components == 1) {
            return null;
        }
        TinyAxes tiny = at(shape, rank - from);
        return tiny.lead().size() < LEAST ? null : tiny;
    }

    /** The shape with its last {@code rank} axes as the tiny ones. */
    static TinyAxes at(Shape shape, int rank) {
        Ints dims = shape.dims();
        int split = shape.rank() - rank;
        return new TinyAxes(
                Shape.of(Ints.range(split).map(dims::get)),
                Shape.of(Ints.range(split, shape.rank()).map(dims::get)));
    }

    /** Whether the sizes of a small matrix product are tiny, for each of many, and one has less than a row of a tile. */
    static boolean isSmallProduct(Shape batch, Shape rows, Shape contracted, Shape columns) {
        return batch.size() >= LEAST
                && isTiny(rows)
                && isTiny(contracted)
                && isTiny(columns)
                && rows.size() * columns.size() < MOST;
    }

    private static boolean isTiny(Shape shape) {
        return shape.size() >= 1 && shape.size() <= LONGEST;
    }

    int count() {
        return trail.size();
    }

    Shape shape() {
        return lead.concat(trail);
    }

    /** The indices of component {@code number} along the tiny axes. */
    int[] index(int number) {
        int[] index = new int[trail.rank()];
        int rest = number;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % trail.dim(axis);
            rest /= trail.dim(axis);
        }
        return index;
    }

    /** The number of the component with the given indices along the tiny axes. */
    int number(int... index) {
        int number = 0;
        for (int axis = 0; axis < index.length; axis++) {
            number = number * trail.dim(axis) + index[axis];
        }
        return number;
    }
}
