package dev.fluxion.numpy;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Arrays;

/** Shapes given by users, NumPy's broadcasting, and axis numbers counted from either end. */
final class Shapes {
    private Shapes() {}

    /** The shape with the given sizes; refused with the user's line. */
    static Shape of(int... dims) {
        try {
            return Shape.of(dims);
        } catch (FluxionException e) {
            throw Tracing.located(e);
        }
    }

    /** The shape that {@code newShape} means for {@code x}: one size may be -1 and is computed. */
    static Shape reshaped(NDArray x, int... newShape) {
        int[] dims = newShape.clone();
        int unknown = Ints.of(dims).indexOf(-1);
        if (unknown >= 0) {
            dims[unknown] = 1;
            int rest = of(dims).size();
            if (rest == 0 || x.size() % rest != 0) {
                throw Tracing.located(FluxionException.of(
                                ErrorCode.BAD_RESHAPE,
                                "reshape: no size for -1 gives " + Arrays.toString(newShape) + " as many elements")
                        .detail("from " + x.type() + " with " + x.size() + " elements")
                        .hint("the other sizes must divide the number of elements"));
            }
            dims[unknown] = x.size() / rest;
        }
        return of(dims);
    }

    /** The axis counted from 0: negative ones count from the end. */
    static int axis(String name, int axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_AXIS, name + ": axis " + axis + " is outside an array of rank " + rank)
                    .hint(
                            rank == 0
                                    ? "a scalar has no axes"
                                    : "axes run from 0 to " + (rank - 1) + ", or from -" + rank
                                            + " to -1 counted from the end"));
        }
        return axis < 0 ? axis + rank : axis;
    }

    /** The axes counted from 0, in the given order; none twice. */
    static Ints axes(String name, int rank, int... axes) {
        Ints result = Ints.of(Arrays.stream(axes).map(a -> axis(name, a, rank)));
        for (int i = 0; i < result.size(); i++) {
            if (result.indexOf(result.get(i)) != i) {
                throw Tracing.located(FluxionException.of(
                        ErrorCode.BAD_AXIS, name + ": axis " + axes[i] + " is given twice in " + Ints.of(axes)));
            }
        }
        return result;
    }

    /** NumPy's common shape: aligned at the last axis, sizes equal or 1. */
    static Shape broadcast(String name, Array<Shape> shapes) {
        int rank = shapes.map(Shape::rank).max().getOrElse(0);
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        for (Shape shape : shapes) {
            for (int i = 0; i < shape.rank(); i++) {
                int at = rank - shape.rank() + i;
                int size = shape.dim(i);
                if (size != 1 && dims[at] != 1 && dims[at] != size) {
                    throw Tracing.located(FluxionException.of(
                                    ErrorCode.BROADCAST_MISMATCH, name + ": shapes do not broadcast together")
                            .detail("shapes are " + shapes.mkString(" and "))
                            .detail("axis " + (at - rank) + " has sizes " + dims[at] + " and " + size)
                            .hint("shapes are aligned at the last axis; sizes must be equal or 1"));
                }
                dims[at] = size == 1 ? dims[at] : size;
            }
        }
        return Shape.of(dims);
    }

    /** The common shape of the operands. */
    static Shape broadcast(String name, NDArray... operands) {
        Shape common = Shape.SCALAR;
        for (NDArray operand : operands) {
            Shape shape = operand.shape();
            if (common.isScalar()) {
                common = shape;
            } else if (!shape.isScalar() && !shape.equals(common)) {
                return broadcast(name, Array.of(operands).map(NDArray::shape));
            }
        }
        return common;
    }

    /** The operands broadcast to their common shape; scalar constants stay as they are beside arrays. */
    static NDArray[] common(String name, NDArray... operands) {
        Shape shape = broadcast(name, operands);
        return Arrays.stream(operands).map(x -> beside(x, shape)).toArray(NDArray[]::new);
    }

    /** x broadcast to {@code shape}; a scalar constant stays as it is: elementwise operations take it beside arrays. */
    static NDArray beside(NDArray x, Shape shape) {
        return x.value().isLiteral() ? x : broadcastTo(x, shape);
    }

    /** x broadcast to {@code shape}, which is known to fit. */
    static NDArray broadcastTo(NDArray x, Shape shape) {
        return x.shape().equals(shape)
                ? x
                : Lax.broadcastInDim(x, shape, Ints.range(shape.rank() - x.ndim(), shape.rank()));
    }
}
