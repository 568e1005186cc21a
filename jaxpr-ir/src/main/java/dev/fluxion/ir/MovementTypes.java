package dev.fluxion.ir;

import static dev.fluxion.ir.TypeRules.axes;
import static dev.fluxion.ir.TypeRules.badParameter;
import static dev.fluxion.ir.TypeRules.count;

import io.vavr.collection.Array;

/** Types of the operations that place elements. */
final class MovementTypes {
    private MovementTypes() {}

    static ArrayType infer(Movement p, Array<ArrayType> in) {
        return switch (p) {
            case Movement.BroadcastInDim(Shape shape, Ints dims) -> {
                count(p, in.size(), 1);
                yield broadcast(p, in.get(0), shape, dims);
            }
            case Movement.Reshape(Shape to) -> {
                count(p, in.size(), 1);
                if (to.size() != in.get(0).size()) {
                    throw FluxionException.of(ErrorCode.BAD_RESHAPE, "reshape: the number of elements would change")
                            .detail("from " + in.get(0) + " with " + in.get(0).size() + " elements")
                            .detail("to " + to + " with " + to.size());
                }
                yield in.get(0).withShape(to);
            }
            case Movement.Transpose(Ints permutation) -> {
                count(p, in.size(), 1);
                axes(p, permutation, in.get(0).rank());
                if (permutation.size() != in.get(0).rank()) {
                    throw badParameter(p, "permutation " + permutation + " of " + in.get(0) + " must name every axis");
                }
                yield in.get(0).withShape(Shape.of(permutation.map(in.get(0).shape()::dim)));
            }
            case Movement.Squeeze(Ints dims) -> {
                count(p, in.size(), 1);
                axes(p, dims, in.get(0).rank());
                dims.stream()
                        .filter(d -> in.get(0).shape().dim(d) != 1)
                        .findFirst()
                        .ifPresent(d -> {
                            throw FluxionException.of(
                                    ErrorCode.BAD_AXIS,
                                    "squeeze: axis " + d + " of " + in.get(0) + " has size "
                                            + in.get(0).shape().dim(d) + ", not 1");
                        });
                yield in.get(0).withShape(in.get(0).shape().without(dims));
            }
            case Movement.ExpandDims(Ints dims) -> {
                count(p, in.size(), 1);
                axes(p, dims, in.get(0).rank() + dims.size());
                Shape shape = in.get(0).shape();
                for (int axis : dims.sorted().toArray()) {
                    shape = shape.insert(axis, 1);
                }
                yield in.get(0).withShape(shape);
            }
            case Movement.Concatenate(int dimension) -> concatenate(p, in, dimension);
            case Movement.Pad(Ints low, Ints high, Ints interior) -> {
                count(p, in.size(), 2);
                yield pad(p, in.get(0), in.get(1), low, high, interior);
            }
            case Movement.Slice(Ints start, Ints limit, Ints strides) -> {
                count(p, in.size(), 1);
                yield slice(p, in.get(0), start, limit, strides);
            }
            case Movement.DynamicSlice(Shape sizes) -> {
                indices(p, in, 1);
                window(p, in.get(0), sizes);
                yield in.get(0).withShape(sizes);
            }
            case Movement.DynamicUpdateSlice _ -> {
                indices(p, in, 2);
                if (in.get(0).dtype() != in.get(1).dtype()) {
                    throw FluxionException.of(
                            ErrorCode.DTYPE_MISMATCH,
                            p.name() + ": operand is " + in.get(0) + " but update is " + in.get(1));
                }
                window(p, in.get(0), in.get(1).shape());
                yield in.get(0);
            }
            case Movement.Rev(Ints dims) -> {
                count(p, in.size(), 1);
                axes(p, dims, in.get(0).rank());
                yield in.get(0);
            }
            case Movement.Iota(DType dtype, Shape shape, int dimension) -> {
                count(p, in.size(), 0);
                axes(p, Ints.of(dimension), shape.rank());
                if (dtype == DType.BOOL) {
                    throw FluxionException.of(ErrorCode.DTYPE_MISMATCH, "iota: dtype bool")
                            .hint("use i32, i64, f32 or f64");
                }
                yield new ArrayType(dtype, shape);
            }
        };
    }

    private static ArrayType broadcast(Movement p, ArrayType in, Shape shape, Ints dims) {
        axes(p, dims, shape.rank());
        boolean fits = dims.size() == in.rank();
        for (int i = 0; fits && i < dims.size(); i++) {
            int size = in.shape().dim(i);
            fits = (size == 1 || size == shape.dim(dims.get(i))) && (i == 0 || dims.get(i - 1) < dims.get(i));
        }
        if (!fits) {
            throw FluxionException.of(
                    ErrorCode.BROADCAST_MISMATCH,
                    "broadcast_in_dim: " + in + " does not fit shape " + shape + " along dimensions " + dims);
        }
        return in.withShape(shape);
    }

    private static ArrayType concatenate(Movement p, Array<ArrayType> in, int dimension) {
        if (in.isEmpty()) {
            throw FluxionException.of(ErrorCode.OPERAND_COUNT, "concatenate: takes at least one operand");
        }
        ArrayType first = in.get(0);
        axes(p, Ints.of(dimension), first.rank());
        long total = 0;
        for (ArrayType type : in) {
            if (type.dtype() != first.dtype()) {
                throw FluxionException.of(ErrorCode.DTYPE_MISMATCH, "concatenate: operands have different dtypes")
                        .detail("operands are " + in.mkString(", "));
            }
            if (type.rank() != first.rank()
                    || !type.shape().with(dimension, 0).equals(first.shape().with(dimension, 0))) {
                throw FluxionException.of(
                                ErrorCode.SHAPE_MISMATCH, "concatenate: shapes differ outside axis " + dimension)
                        .detail("operands are " + in.mkString(", "));
            }
            total += type.shape().dim(dimension);
        }
        if (total > Integer.MAX_VALUE) {
            throw FluxionException.of(ErrorCode.BAD_SHAPE, "concatenate: the result has too many elements")
                    .detail("operands are " + in.mkString(", "));
        }
        return first.withShape(first.shape().with(dimension, (int) total));
    }

    private static ArrayType pad(Movement p, ArrayType x, ArrayType value, Ints low, Ints high, Ints interior) {
        if (!value.isScalar() || value.dtype() != x.dtype()) {
            throw FluxionException.of(
                    ErrorCode.DTYPE_MISMATCH,
                    "pad: the padding value of " + x + " must be a scalar of its dtype, not " + value);
        }
        if (low.size() != x.rank() || high.size() != x.rank() || interior.size() != x.rank()) {
            throw badParameter(p, "low, high and interior need one entry for each axis of " + x);
        }
        Shape shape = x.shape();
        for (int i = 0; i < x.rank(); i++) {
            if (interior.get(i) < 0) {
                throw badParameter(p, "interior padding " + interior.get(i) + " is negative");
            }
            int size = shape.dim(i);
            long padded = (long) low.get(i) + high.get(i) + size + (long) Math.max(0, size - 1) * interior.get(i);
            if (padded < 0 || padded > Integer.MAX_VALUE) {
                throw badParameter(p, "axis " + i + " of " + x + " would get the size " + padded);
            }
            shape = shape.with(i, (int) padded);
        }
        return x.withShape(shape);
    }

    private static ArrayType slice(Movement p, ArrayType x, Ints start, Ints limit, Ints strides) {
        if (start.size() != x.rank() || limit.size() != x.rank() || strides.size() != x.rank()) {
            throw badParameter(p, "start, limit and strides need one entry for each axis of " + x);
        }
        Shape shape = x.shape();
        for (int i = 0; i < x.rank(); i++) {
            int size = shape.dim(i);
            if (start.get(i) < 0 || start.get(i) > limit.get(i) || limit.get(i) > size || strides.get(i) < 1) {
                throw FluxionException.of(
                        ErrorCode.BAD_INDEX,
                        "slice: start " + start.get(i) + ", limit " + limit.get(i) + ", stride " + strides.get(i)
                                + " do not fit axis " + i + " of " + x);
            }
            shape = shape.with(i, Math.ceilDiv(limit.get(i) - start.get(i), strides.get(i)));
        }
        return x.withShape(shape);
    }

    /** The operands after the first {@code arrays} must be integer scalars, one per axis. */
    private static void indices(Movement p, Array<ArrayType> in, int arrays) {
        if (in.size() < arrays) {
            throw FluxionException.of(ErrorCode.OPERAND_COUNT, p.name() + ": takes at least " + arrays + " operands");
        }
        count(p, in.size(), arrays + in.get(0).rank());
        for (int i = arrays; i < in.size(); i++) {
            if (!in.get(i).isScalar() || !in.get(i).dtype().isInteger()) {
                throw FluxionException.of(
                        ErrorCode.DTYPE_MISMATCH, p.name() + ": start indices are integer scalars, not " + in.get(i));
            }
        }
    }

    private static void window(Movement p, ArrayType x, Shape window) {
        boolean fits = window.rank() == x.rank();
        for (int i = 0; fits && i < window.rank(); i++) {
            fits = window.dim(i) <= x.shape().dim(i);
        }
        if (!fits) {
            throw FluxionException.of(
                    ErrorCode.SHAPE_MISMATCH, p.name() + ": a window of shape " + window + " does not fit into " + x);
        }
    }
}
