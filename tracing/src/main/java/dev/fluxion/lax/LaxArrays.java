package dev.fluxion.lax;

import dev.fluxion.ir.ArgOp;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tracing.Value;
import io.vavr.collection.Array;

/** The IR's operations on whole arrays as functions: moves, reductions, products. Axes are counted from 0. */
abstract class LaxArrays extends LaxElementwise {
    /** x repeated to {@code shape}; its axis k becomes axis {@code broadcastDimensions[k]}. */
    public static NDArray broadcastInDim(NDArray x, Shape shape, Ints broadcastDimensions) {
        return x.shape().equals(shape) ? x : Tracing.bind(new Movement.BroadcastInDim(shape, broadcastDimensions), x);
    }

    /** The scalar x repeated to {@code shape}. */
    public static NDArray broadcast(NDArray x, Shape shape) {
        return broadcastInDim(x, shape, Ints.of());
    }

    /** The same elements, row-major, in another shape. */
    public static NDArray reshape(NDArray x, Shape newSizes) {
        return x.shape().equals(newSizes) ? x : Tracing.bind(new Movement.Reshape(newSizes), x);
    }

    /** Axis k of the result is axis {@code permutation[k]} of x. */
    public static NDArray transpose(NDArray x, Ints permutation) {
        return permutation.isRange() && permutation.size() == x.ndim()
                ? x
                : Tracing.bind(new Movement.Transpose(permutation), x);
    }

    /** x without the given axes of size 1. */
    public static NDArray squeeze(NDArray x, Ints dimensions) {
        return dimensions.isEmpty() ? x : Tracing.bind(new Movement.Squeeze(dimensions), x);
    }

    /** x with new axes of size 1 at the given positions of the result. */
    public static NDArray expandDims(NDArray x, Ints dimensions) {
        return dimensions.isEmpty() ? x : Tracing.bind(new Movement.ExpandDims(dimensions), x);
    }

    /** The arrays joined along an axis. */
    public static NDArray concatenate(Array<NDArray> operands, int dimension) {
        return Tracing.bind(new Movement.Concatenate(dimension), operands.toJavaArray(NDArray[]::new));
    }

    /** x with {@code value} added before, after and between its elements. */
    public static NDArray pad(NDArray x, NDArray value, Ints low, Ints high, Ints interior) {
        return Tracing.bind(new Movement.Pad(low, high, interior), x, value);
    }

    /** {@code x[start:limit:stride]} per axis. */
    public static NDArray slice(NDArray x, Ints startIndices, Ints limitIndices, Ints strides) {
        return Tracing.bind(new Movement.Slice(startIndices, limitIndices, strides), x);
    }

    /** {@code x[start:limit]} per axis. */
    public static NDArray slice(NDArray x, Ints startIndices, Ints limitIndices) {
        return slice(x, startIndices, limitIndices, Ints.fill(x.ndim(), 1));
    }

    /** {@code x[start:limit:stride]} along one axis. */
    public static NDArray sliceInDim(NDArray x, int start, int limit, int stride, int axis) {
        int[] starts = new int[x.ndim()];
        int[] limits = x.shape().toArray();
        int[] strides = Ints.fill(x.ndim(), 1).toArray();
        starts[axis] = start;
        limits[axis] = limit;
        strides[axis] = stride;
        return slice(x, Ints.of(starts), Ints.of(limits), Ints.of(strides));
    }

    /**
     * The window of x of the given sizes at the given start, one integer scalar per axis. Negative starts count from the
     * end; then starts clamp, so that the window fits.
     */
    public static NDArray dynamicSlice(NDArray x, Array<NDArray> startIndices, Shape sliceSizes) {
        return Tracing.bind(
                new Movement.DynamicSlice(sliceSizes),
                fromFront(startIndices, x.shape()).prepend(x).toJavaArray(NDArray[]::new));
    }

    /** x with the window at the given start replaced by {@code update}; starts are read as in {@link #dynamicSlice}. */
    public static NDArray dynamicUpdateSlice(NDArray x, NDArray update, Array<NDArray> startIndices) {
        return Tracing.bind(
                new Movement.DynamicUpdateSlice(),
                fromFront(startIndices, x.shape()).prepend(update).prepend(x).toJavaArray(NDArray[]::new));
    }

    /** The start indices with those that are negative counted from the end. */
    private static Array<NDArray> fromFront(Array<NDArray> starts, Shape shape) {
        return starts.zipWithIndex().map(p -> p._2 < shape.rank() ? fromFront(p._1, shape.dim(p._2)) : p._1);
    }

    private static NDArray fromFront(NDArray start, int size) {
        return switch (start.value()) {
            case Value.Concrete concrete
            when concrete.type().isScalar() && concrete.read().doubleAt(0) >= 0 -> start;
            case Value _ -> select(start.lt(0), start.plus(size), start);
        };
    }

    /** x with the given axes reversed. */
    public static NDArray rev(NDArray x, Ints dimensions) {
        return dimensions.isEmpty() ? x : Tracing.bind(new Movement.Rev(dimensions), x);
    }

    /** {@code 0, 1, ..., size-1}. */
    public static NDArray iota(DType dtype, int size) {
        return broadcastedIota(dtype, Shape.of(size), 0);
    }

    /** {@code out[i] = i[dimension]}. */
    public static NDArray broadcastedIota(DType dtype, Shape shape, int dimension) {
        return Tracing.bind(new Movement.Iota(dtype, shape, dimension));
    }

    /** The reduction {@code op} over the given axes. */
    public static NDArray reduce(ReduceOp op, NDArray x, Ints axes) {
        return axes.isEmpty() ? x : Tracing.bind(new Reduction.Reduce(op, axes), x);
    }

    public static NDArray reduceSum(NDArray x, Ints axes) {
        return reduce(ReduceOp.SUM, x, axes);
    }

    public static NDArray reduceProd(NDArray x, Ints axes) {
        return reduce(ReduceOp.PROD, x, axes);
    }

    public static NDArray reduceMax(NDArray x, Ints axes) {
        return reduce(ReduceOp.MAX, x, axes);
    }

    public static NDArray reduceMin(NDArray x, Ints axes) {
        return reduce(ReduceOp.MIN, x, axes);
    }

    public static NDArray reduceAnd(NDArray x, Ints axes) {
        return reduce(ReduceOp.AND, x, axes);
    }

    public static NDArray reduceOr(NDArray x, Ints axes) {
        return reduce(ReduceOp.OR, x, axes);
    }

    /** The index of the first largest element along {@code axis}. */
    public static NDArray argmax(NDArray x, int axis, DType indexDtype) {
        return Tracing.bind(new Reduction.ArgReduce(ArgOp.ARGMAX, axis, indexDtype), x);
    }

    /** The index of the first smallest element along {@code axis}. */
    public static NDArray argmin(NDArray x, int axis, DType indexDtype) {
        return Tracing.bind(new Reduction.ArgReduce(ArgOp.ARGMIN, axis, indexDtype), x);
    }

    /** The cumulative operation along {@code axis}, from the end when {@code reverse}. */
    public static NDArray cumulative(CumulativeOp op, NDArray x, int axis, boolean reverse) {
        return Tracing.bind(new Reduction.Cumulative(op, axis, reverse), x);
    }

    public static NDArray cumsum(NDArray x, int axis, boolean reverse) {
        return cumulative(CumulativeOp.CUMSUM, x, axis, reverse);
    }

    public static NDArray cumprod(NDArray x, int axis, boolean reverse) {
        return cumulative(CumulativeOp.CUMPROD, x, axis, reverse);
    }

    public static NDArray cummax(NDArray x, int axis, boolean reverse) {
        return cumulative(CumulativeOp.CUMMAX, x, axis, reverse);
    }

    public static NDArray cummin(NDArray x, int axis, boolean reverse) {
        return cumulative(CumulativeOp.CUMMIN, x, axis, reverse);
    }

    public static NDArray cumlogsumexp(NDArray x, int axis, boolean reverse) {
        return cumulative(CumulativeOp.CUMLOGSUMEXP, x, axis, reverse);
    }

    /** {@code out[batch, lhs free, rhs free] = sum over contracted axes of lhs * rhs}. */
    public static NDArray dotGeneral(NDArray lhs, NDArray rhs, DotDimensionNumbers dimensionNumbers) {
        return Tracing.bind(new DotGeneral(dimensionNumbers), lhs, rhs);
    }

    /** The Threefry-2x32 cipher: two words of key, two of counter, two results; all INT32 of one shape. */
    public static Array<NDArray> threefry2x32(NDArray k0, NDArray k1, NDArray x0, NDArray x1) {
        return Tracing.bindAll(new Threefry2x32(), k0, k1, x0, x1);
    }
}
