package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;

/** Movements that need no work: the reader steps through the elements another way. */
final class Views {
    private Views() {}

    /**
     * The layout of the result of {@code movement} in the buffer of its operand, or null when strides cannot express it.
     *
     * @param shape the shape of the result
     */
    static Layout of(Movement movement, Layout x, Shape shape) {
        return switch (movement) {
            case Movement.BroadcastInDim(var _, Ints dims) -> x.broadcast(shape, dims);
            case Movement.Reshape _, Movement.Squeeze _, Movement.ExpandDims _ -> x.reshape(shape);
            case Movement.Transpose(Ints permutation) -> x.select(permutation);
            case Movement.Slice(Ints start, var _, Ints strides) -> x.slice(start, shape, strides);
            case Movement.Rev(Ints dims) -> x.reverse(dims);
            case Movement.Concatenate _,
                    Movement.Pad _,
                    Movement.DynamicSlice _,
                    Movement.DynamicUpdateSlice _,
                    Movement.Iota _ -> null;
        };
    }
}
