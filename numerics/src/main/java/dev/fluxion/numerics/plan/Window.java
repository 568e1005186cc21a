package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A part of a layout that begins at indices known when the step runs.
 *
 * @param layout the part as it lies when all starts are 0
 * @param starts the first index along each axis, to be clamped to 0 .. last
 * @param last the largest start along each axis for which the part lies inside
 */
record Window(Layout layout, List<Scalar> starts, Ints last) {
    static Window of(Layout whole, Shape sizes, List<Scalar> starts) {
        int rank = whole.rank();
        Layout part = whole.slice(Ints.fill(rank, 0), sizes, Ints.fill(rank, 1));
        return new Window(part, starts, Ints.range(rank).map(axis -> whole.dim(axis) - sizes.dim(axis)));
    }

    /** The buffer offset of the part in each run, once the nodes of the starts have their slots. */
    ToIntFunction<Object[]> offset() {
        int rank = starts.size();
        Scalar.Index[] indices = starts.stream().map(Scalar::index).toArray(Scalar.Index[]::new);
        int[] bounds = last.toArray();
        int[] strides = layout.strides();
        int first = layout.offset();
        return slots -> {
            int offset = first;
            for (int axis = 0; axis < rank; axis++) {
                offset += Math.clamp(indices[axis].read(slots), 0, bounds[axis]) * strides[axis];
            }
            return offset;
        };
    }

    /** The nodes that hold starts. */
    List<Node> reads() {
        return starts.stream()
                .filter(Scalar.Stored.class::isInstance)
                .map(start -> ((Scalar.Stored) start).node())
                .toList();
    }
}
