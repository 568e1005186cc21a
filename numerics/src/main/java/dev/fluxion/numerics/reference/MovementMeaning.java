package dev.fluxion.numerics.reference;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;
import java.util.function.UnaryOperator;

/** Movements: where does each element of the result come from? */
final class MovementMeaning {
    private MovementMeaning() {}

    static HostArray of(Movement p, Array<HostArray> in, ArrayType type) {
        return switch (p) {
            case Movement.Reshape _, Movement.Squeeze _, Movement.ExpandDims _ ->
                in.get(0).as(type);
            case Movement.BroadcastInDim(var _, Ints dims) ->
                gather(in.get(0), type, i -> {
                    Shape from = in.get(0).type().shape();
                    int[] source = Index.select(i, dims);
                    for (int k = 0; k < source.length; k++) {
                        source[k] = from.dim(k) == 1 ? 0 : source[k];
                    }
                    return source;
                });
            case Movement.Transpose(Ints permutation) -> {
                Ints inverse = permutation.inversePermutation();
                yield gather(in.get(0), type, i -> Index.select(i, inverse));
            }
            case Movement.Slice(Ints start, var _, Ints strides) ->
                gather(in.get(0), type, i -> affine(i, start.toArray(), strides));
            case Movement.DynamicSlice(Shape sizes) -> {
                int[] start = starts(in.subSequence(1), in.get(0).type().shape(), sizes);
                yield gather(in.get(0), type, i -> affine(i, start, Ints.fill(start.length, 1)));
            }
            case Movement.DynamicUpdateSlice _ -> {
                Shape window = in.get(1).type().shape();
                int[] start = starts(in.subSequence(2), type.shape(), window);
                yield scatter(in.get(0).toHostArray(), in.get(1), type, start, Ints.fill(start.length, 1));
            }
            case Movement.Rev(Ints dims) ->
                gather(in.get(0), type, i -> {
                    int[] source = i.clone();
                    dims.stream().forEach(axis -> source[axis] = type.shape().dim(axis) - 1 - i[axis]);
                    return source;
                });
            case Movement.Pad(Ints low, var _, Ints interior) -> {
                Object out = HostData.allocate(type.dtype(), type.size());
                for (int i = 0; i < type.size(); i++) {
                    System.arraycopy(in.get(1).data(), 0, out, i, 1);
                }
                yield scatter(out, in.get(0), type, low.toArray(), interior.map(gap -> gap + 1));
            }
            case Movement.Concatenate(int dimension) -> concatenate(in, type, dimension);
            case Movement.Iota(DType dtype, Shape shape, int dimension) -> {
                Object out = HostData.allocate(dtype, type.size());
                for (int i = 0; i < type.size(); i++) {
                    HostData.put(out, i, Literal.of(dtype, (long) Index.of(shape, i)[dimension]));
                }
                yield HostArray.wrap(type, out);
            }
        };
    }

    private static HostArray concatenate(Array<HostArray> in, ArrayType type, int dimension) {
        Object out = HostData.allocate(type.dtype(), type.size());
        int[] start = new int[type.rank()];
        for (HostArray part : in) {
            scatter(out, part, type, start, Ints.fill(start.length, 1));
            start[dimension] += part.type().shape().dim(dimension);
        }
        return HostArray.wrap(type, out);
    }

    private static HostArray gather(HostArray x, ArrayType type, UnaryOperator<int[]> source) {
        Object out = HostData.allocate(type.dtype(), type.size());
        for (int i = 0; i < type.size(); i++) {
            int from = Index.flat(x.type().shape(), source.apply(Index.of(type.shape(), i)));
            System.arraycopy(x.data(), from, out, i, 1);
        }
        return HostArray.wrap(type, out);
    }

    /** Writes element {@code i} of x to {@code start + i*strides}, where that lies inside. */
    private static HostArray scatter(Object out, HostArray x, ArrayType type, int[] start, Ints strides) {
        for (int i = 0; i < x.type().size(); i++) {
            int[] target = affine(Index.of(x.type().shape(), i), start, strides);
            boolean inside = true;
            for (int axis = 0; axis < target.length; axis++) {
                inside &= target[axis] >= 0 && target[axis] < type.shape().dim(axis);
            }
            if (inside) {
                System.arraycopy(x.data(), i, out, Index.flat(type.shape(), target), 1);
            }
        }
        return HostArray.wrap(type, out);
    }

    private static int[] affine(int[] index, int[] start, Ints strides) {
        int[] result = new int[index.length];
        for (int axis = 0; axis < index.length; axis++) {
            result[axis] = start[axis] + index[axis] * strides.get(axis);
        }
        return result;
    }

    /** Start indices, clamped so that the window lies inside. */
    private static int[] starts(Array<HostArray> scalars, Shape shape, Shape window) {
        int[] start = new int[scalars.size()];
        for (int axis = 0; axis < start.length; axis++) {
            long last = (long) shape.dim(axis) - window.dim(axis);
            start[axis] = (int) Math.clamp(scalars.get(axis).longAt(0), 0L, last);
        }
        return start;
    }
}
