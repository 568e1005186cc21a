package dev.fluxion.golden;

import static dev.fluxion.golden.GoldenOp.one;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.collection.Array;

/** Static indices and windows at traced places; gathers and scatters at index arrays are not there yet. */
final class IndexingOps {
    private static final Shape WINDOW = Shape.of(2, 2);

    private IndexingOps() {}

    static GoldenOp of(GoldenCase c) {
        return switch (c.name()) {
            case "slice_basic" -> one(x -> Lax.slice(x, Ints.of(1, 0), Ints.of(3, 3)));
            case "slice_strided" -> one(x -> Lax.slice(x, Ints.of(0, 1), Ints.of(4, 5), Ints.of(2, 3)));
            case "np_slice_neg_step" ->
                one(x -> Numpy.flip(x, 0).slice(0, 0, 5, 2).slice(1, 1, 3));
            case "np_int" -> one(x -> x.get(1));
            case "np_neg_int" -> one(x -> x.get(-1, -2));
            case "np_ellipsis_newaxis" ->
                one(x -> Numpy.expandDims(x.slice(2, 0, 1).squeeze(2), 2));
            case "dynamic_slice", "dynamic_slice_clamped" ->
                in -> Array.of(Lax.dynamicSlice(in.get(0), in.drop(1), WINDOW));
            case "dynamic_index_in_dim" -> in -> Array.of(column(in.get(0), in.get(1)));
            case "dynamic_update_slice", "dynamic_update_slice_clamped" ->
                in -> Array.of(Lax.dynamicUpdateSlice(in.get(0), in.get(1), in.drop(2)));
            default -> null;
        };
    }

    private static NDArray column(NDArray x, NDArray index) {
        Array<NDArray> start = Array.of(Numpy.zerosLike(index), index);
        return Lax.dynamicSlice(x, start, Shape.of(x.shape().dim(0), 1)).squeeze(1);
    }
}
