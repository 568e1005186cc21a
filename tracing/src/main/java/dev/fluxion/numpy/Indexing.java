package dev.fluxion.numpy;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** Elements, sub-arrays and slices at static places, and one traced index. */
final class Indexing {
    private Indexing() {}

    /** {@code x[index[0], index[1], ...]}. */
    static NDArray element(NDArray x, int... index) {
        if (index.length > x.ndim()) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_INDEX, "get: " + index.length + " indices for " + x.type() + " of rank " + x.ndim()));
        }
        int[] starts = new int[x.ndim()];
        int[] limits = x.shape().toArray();
        for (int axis = 0; axis < index.length; axis++) {
            int size = x.shape().dim(axis);
            if (index[axis] < -size || index[axis] >= size) {
                throw Tracing.located(FluxionException.of(
                                ErrorCode.BAD_INDEX,
                                "get: index " + index[axis] + " is outside axis " + axis + " of " + x.type())
                        .hint("indices run from 0 to " + (size - 1) + ", or from -" + size
                                + " to -1 counted from the end"));
            }
            starts[axis] = index[axis] < 0 ? index[axis] + size : index[axis];
            limits[axis] = starts[axis] + 1;
        }
        return Lax.squeeze(Lax.slice(x, Ints.of(starts), Ints.of(limits)), Ints.range(index.length));
    }

    /** {@code x[index]} along axis 0 for an integer scalar, clamped. */
    static NDArray element(NDArray x, NDArray index) {
        if (index.ndim() != 0 || !index.dtype().isInteger() || x.ndim() == 0) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_INDEX, "get: an index must be an integer scalar")
                    .detail("array is " + x.type())
                    .detail("index is " + index.type()));
        }
        int size = x.shape().dim(0);
        NDArray zero = Operators.scalar(index.dtype(), 0L);
        Array<NDArray> starts = Array.fill(x.ndim(), zero).update(0, index);
        NDArray window = Lax.dynamicSlice(x, starts, x.shape().with(0, Math.min(1, size)));
        return Lax.squeeze(window, Ints.of(0));
    }

    /** {@code x[start:stop:step]} along one axis. */
    static NDArray slice(NDArray x, int axis, int start, int stop, int step) {
        int along = Shapes.axis("slice", axis, x.ndim());
        if (step < 1) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_INDEX, "slice: step " + step + " is not positive")
                    .hint("flip(axis) reverses an axis"));
        }
        int size = x.shape().dim(along);
        int from = clamp(start, size);
        int to = Math.max(from, clamp(stop, size));
        return from == 0 && to == size && step == 1 ? x : Lax.sliceInDim(x, from, to, step, along);
    }

    private static int clamp(int place, int size) {
        return Math.clamp(place < 0 ? (long) place + size : place, 0, size);
    }
}
