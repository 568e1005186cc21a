package dev.fluxion.transforms;

import static dev.fluxion.transforms.BatchRules.inner;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** Batching of the operations that place elements: the batch axis stays in front. */
final class MovementBatching {
    private MovementBatching() {}

    static NDArray of(Movement p, Lanes in) {
        NDArray x = in.get(0);
        int size = in.size();
        return switch (p) {
            case Movement.BroadcastInDim(Shape shape, Ints dims) ->
                Lax.broadcastInDim(x, shape.insert(0, size), inner(dims).prepend(0));
            case Movement.Reshape(Shape to) -> Lax.reshape(x, to.insert(0, size));
            case Movement.Transpose(Ints permutation) ->
                Lax.transpose(x, inner(permutation).prepend(0));
            case Movement.Squeeze(Ints dims) -> Lax.squeeze(x, inner(dims));
            case Movement.ExpandDims(Ints dims) -> Lax.expandDims(x, inner(dims));
            case Movement.Concatenate(int dimension) -> Lax.concatenate(in.fronts(), dimension + 1);
            case Movement.Pad(Ints low, Ints high, Ints interior) ->
                in.isBatched(1)
                        ? padWithEachValue(in, low, high, interior)
                        : Lax.pad(x, in.get(1), low.prepend(0), high.prepend(0), interior.prepend(0));
            case Movement.Slice(Ints start, Ints limit, Ints strides) ->
                Lax.slice(x, start.prepend(0), limit.prepend(size), strides.prepend(1));
            case Movement.DynamicSlice(Shape sizes) ->
                in.marks().drop(1).contains(true)
                        ? WindowBatching.slice(in, sizes)
                        : Windows.slice(x, starts(in, 1), sizes.insert(0, size));
            case Movement.DynamicUpdateSlice _ ->
                in.marks().drop(2).contains(true)
                        ? WindowBatching.update(in)
                        : Windows.update(in.front(0), in.front(1), starts(in, 2));
            case Movement.Rev(Ints dims) -> Lax.rev(x, inner(dims));
            case Movement.Iota _ -> throw new IllegalStateException("iota has no operand");
        };
    }

    /** Every example has its own padding value: pad with anything, then choose. */
    private static NDArray padWithEachValue(Lanes in, Ints low, Ints high, Ints interior) {
        NDArray x = in.front(0);
        NDArray value = in.get(1);
        Ints before = low.prepend(0);
        Ints after = high.prepend(0);
        Ints between = interior.prepend(0);
        NDArray padded = Lax.pad(x, Tracing.literal(Literal.of(x.dtype(), 0L)), before, after, between);
        NDArray inside = Lax.broadcast(Tracing.literal(Literal.of(true)), x.shape());
        NDArray mask = Lax.pad(inside, Tracing.literal(Literal.of(false)), before, after, between);
        return Lax.select(mask, padded, Lax.broadcastInDim(value, padded.shape(), Ints.of(0)));
    }

    /** The start indices with a 0 for the batch axis. */
    private static Array<NDArray> starts(Lanes in, int arrays) {
        Array<NDArray> given = in.arrays().drop(arrays);
        DType dtype = given.isEmpty() ? DType.INT32 : given.get(0).dtype();
        return given.prepend(Tracing.literal(Literal.of(dtype, 0L)));
    }
}
