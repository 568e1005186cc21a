package dev.fluxion.numpy;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The same elements under another shape, or repeated to a larger one. */
abstract class NumpyReshaping extends NumpyCumulative {
    /** The same elements, row-major, in another shape; one size may be -1 and is computed. */
    public static NDArray reshape(NDArray x, int... newShape) {
        return Lax.reshape(x, Shapes.reshaped(x, newShape));
    }

    /** The elements in row-major order as a vector. */
    public static NDArray ravel(NDArray x) {
        return Lax.reshape(x, Shape.of(x.size()));
    }

    /** The axes in reverse order. */
    public static NDArray transpose(NDArray x) {
        return Lax.transpose(x, Ints.range(x.ndim()).map(i -> x.ndim() - 1 - i));
    }

    /** Axis k of the result is axis {@code axes[k]} of x. */
    public static NDArray transpose(NDArray x, int... axes) {
        if (axes.length == 0) {
            return transpose(x);
        }
        Ints permutation = Shapes.axes("transpose", x.ndim(), axes);
        if (permutation.size() != x.ndim()) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_AXIS, "transpose: axes " + Ints.of(axes) + " do not name every axis of " + x.type()));
        }
        return Lax.transpose(x, permutation);
    }

    public static NDArray permuteDims(NDArray x, int... axes) {
        return transpose(x, axes);
    }

    /** The last two axes exchanged. */
    public static NDArray matrixTranspose(NDArray x) {
        return swapaxes(x, -1, -2);
    }

    /** Two axes exchanged. */
    public static NDArray swapaxes(NDArray x, int axis1, int axis2) {
        int a = Shapes.axis("swapaxes", axis1, x.ndim());
        int b = Shapes.axis("swapaxes", axis2, x.ndim());
        return Lax.transpose(x, Ints.range(x.ndim()).map(i -> i == a ? b : i == b ? a : i));
    }

    /** The axis {@code source} moved to the position {@code destination} of the result. */
    public static NDArray moveaxis(NDArray x, int source, int destination) {
        return moveaxis(x, new int[] {source}, new int[] {destination});
    }

    /** The axes {@code source} moved to the positions {@code destination} of the result; the others keep their order. */
    public static NDArray moveaxis(NDArray x, int[] source, int[] destination) {
        Ints from = Shapes.axes("moveaxis", x.ndim(), source);
        Ints to = Shapes.axes("moveaxis", x.ndim(), destination);
        if (from.size() != to.size()) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_AXIS, "moveaxis: " + from.size() + " axes to " + to.size() + " positions"));
        }
        Ints rest = from.complement(x.ndim());
        Ints free = to.complement(x.ndim());
        return Lax.transpose(
                x, Ints.range(x.ndim()).map(i -> to.contains(i) ? from.get(to.indexOf(i)) : rest.get(free.indexOf(i))));
    }

    /** The axis moved back until it stands before the axis {@code start}. */
    public static NDArray rollaxis(NDArray x, int axis, int start) {
        int from = Shapes.axis("rollaxis", axis, x.ndim());
        int before = start == x.ndim() ? start : Shapes.axis("rollaxis", start, x.ndim());
        return moveaxis(x, from, from < before ? before - 1 : before);
    }

    /** x without the given axes of size 1; without all of them when none is given. */
    public static NDArray squeeze(NDArray x, int... axes) {
        Ints ones = Ints.of(IntStream.range(0, x.ndim()).filter(i -> x.shape().dim(i) == 1));
        return Lax.squeeze(
                x,
                axes.length == 0 ? ones : Shapes.axes("squeeze", x.ndim(), axes).sorted());
    }

    /** x with new axes of size 1 at the given positions of the result. */
    public static NDArray expandDims(NDArray x, int... axes) {
        return Lax.expandDims(
                x, Shapes.axes("expandDims", x.ndim() + axes.length, axes).sorted());
    }

    /** x repeated to a shape: aligned at the last axis, axes of size 1 stretch. */
    public static NDArray broadcastTo(NDArray x, int... shape) {
        Shape target = Shapes.of(shape);
        boolean fits = x.ndim() <= target.rank();
        for (int i = 1; fits && i <= x.ndim(); i++) {
            int size = x.shape().dim(x.ndim() - i);
            fits = size == 1 || size == target.dim(target.rank() - i);
        }
        if (!fits) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BROADCAST_MISMATCH, "broadcastTo: " + x.type() + " does not fit shape " + target)
                    .hint("shapes are aligned at the last axis; only sizes of 1 stretch"));
        }
        return Shapes.broadcastTo(x, target);
    }

    /** The arrays repeated to their common shape. */
    public static List<NDArray> broadcastArrays(NDArray... arrays) {
        Shape shape = Shapes.broadcast("broadcastArrays", Array.of(arrays).map(NDArray::shape));
        return Stream.of(arrays).map(x -> Shapes.broadcastTo(x, shape)).toList();
    }

    /** The common shape that operands of the given shapes broadcast to. */
    public static Shape broadcastShapes(Shape... shapes) {
        return Shapes.broadcast("broadcastShapes", Array.of(shapes));
    }

    /** x as a vector, if it is a scalar. */
    public static NDArray atleast1d(NDArray x) {
        return x.ndim() >= 1 ? x : expandDims(x, 0);
    }

    /** x as a row, if it is a vector. */
    public static NDArray atleast2d(NDArray x) {
        return x.ndim() >= 2 ? x : expandDims(atleast1d(x), 0);
    }

    /** x as an array of rank 3: a vector becomes {@code [1,n,1]}, a matrix {@code [m,n,1]}. */
    public static NDArray atleast3d(NDArray x) {
        return x.ndim() >= 3 ? x : expandDims(atleast2d(x), -1);
    }

    /** The whole array {@code repetitions[k]} times along each axis. */
    public static NDArray tile(NDArray x, int... repetitions) {
        int rank = Math.max(x.ndim(), repetitions.length);
        int[] split = new int[2 * rank];
        int[] repeated = new int[2 * rank];
        int[] joined = new int[rank];
        for (int i = 0; i < rank; i++) {
            int at = i - (rank - x.ndim());
            int count = i - (rank - repetitions.length);
            int size = at < 0 ? 1 : x.shape().dim(at);
            int times = count < 0 ? 1 : repetitions[count];
            split[2 * i] = 1;
            split[2 * i + 1] = size;
            repeated[2 * i] = times;
            repeated[2 * i + 1] = size;
            joined[i] = Math.multiplyExact(times, size);
        }
        NDArray stretched = broadcastTo(reshape(x, split), repeated);
        return reshape(stretched, joined);
    }

    /** Every element {@code repeats} times in a row along an axis. */
    public static NDArray repeat(NDArray x, int repeats, int axis) {
        int along = Shapes.axis("repeat", axis, x.ndim());
        List<Integer> dims = new ArrayList<>();
        x.shape().dims().stream().forEach(dims::add);
        dims.add(along + 1, repeats);
        NDArray stretched = broadcastTo(
                expandDims(x, along + 1), dims.stream().mapToInt(d -> d).toArray());
        return Lax.reshape(
                stretched,
                Shape.of(x.shape().dims())
                        .with(along, Math.multiplyExact(x.shape().dim(along), repeats)));
    }

    /** Every element of the raveled array {@code repeats} times in a row. */
    public static NDArray repeat(NDArray x, int repeats) {
        return repeat(ravel(x), repeats, 0);
    }
}
