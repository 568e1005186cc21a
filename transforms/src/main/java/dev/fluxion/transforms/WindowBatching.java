package dev.fluxion.transforms;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;

/**
 * Windows that start elsewhere in every example: {@code out[b, k] = x[b, start_b + k]}, axis by axis, as the sum over j of
 * x[b, j] where {@code j = start_b + k}. One masked reduction per axis; no element outside the window has an influence.
 */
final class WindowBatching {
    private WindowBatching() {}

    /** dynamic_slice with batched starts. */
    static NDArray slice(Lanes in, Shape sizes) {
        NDArray out = in.front(0);
        for (int axis = 0; axis < sizes.rank(); axis++) {
            int from = out.shape().dim(axis + 1);
            int window = sizes.dim(axis);
            if (window != from) {
                NDArray start = clampedStart(in.front(axis + 1), from - window);
                out = gather(out, axis + 1, start, window);
            }
        }
        return out;
    }

    /** dynamic_update_slice with batched starts. */
    static NDArray update(Lanes in) {
        NDArray x = in.front(0);
        NDArray spread = in.front(1);
        NDArray inside = Lax.broadcast(Tracing.literal(Literal.of(true)), x.shape());
        for (int axis = 1; axis < x.ndim(); axis++) {
            int size = x.shape().dim(axis);
            int window = spread.shape().dim(axis);
            if (window != size) {
                NDArray start = clampedStart(in.front(axis + 1), size - window);
                NDArray position = along(x.shape(), axis, start);
                NDArray first = Lax.ge(position, literal(0));
                NDArray last = Lax.lt(position, literal(window));
                inside = Lax.bitwiseAnd(inside, Lax.bitwiseAnd(first, last));
                spread = gather(spread, axis, Lax.neg(start), size);
            }
        }
        return Lax.select(inside, spread, x);
    }

    /** {@code out[b, .., k, ..] = x[b, .., start_b + k, ..]} for k below {@code window}, 0 outside of x. */
    private static NDArray gather(NDArray x, int axis, NDArray start, int window) {
        int from = x.shape().dim(axis);
        Shape pairs = x.shape().with(axis, window).insert(axis + 1, from);
        NDArray k = Lax.broadcastedIota(DType.INT64, pairs, axis);
        NDArray j = Lax.broadcastedIota(DType.INT64, pairs, axis + 1);
        NDArray wanted = Lax.add(k, Lax.broadcastInDim(start, pairs, Ints.of(0)));
        Ints kept = Ints.of(axis).complement(pairs.rank());
        NDArray values = Lax.broadcastInDim(x, pairs, kept);
        boolean truth = x.dtype() == DType.BOOL;
        NDArray chosen = Lax.select(Lax.eq(wanted, j), values, Tracing.literal(Literal.of(x.dtype(), 0L)));
        return Lax.reduce(truth ? ReduceOp.OR : ReduceOp.SUM, chosen, Ints.of(axis + 1));
    }

    /** The position along {@code axis} relative to the start of each example. */
    private static NDArray along(Shape shape, int axis, NDArray start) {
        return Lax.sub(Lax.broadcastedIota(DType.INT64, shape, axis), Lax.broadcastInDim(start, shape, Ints.of(0)));
    }

    private static NDArray clampedStart(NDArray start, int largest) {
        return Lax.clamp(literal(0), Lax.convertElementType(start, DType.INT64), literal(largest));
    }

    private static NDArray literal(long value) {
        return Tracing.literal(Literal.of(DType.INT64, value));
    }
}
