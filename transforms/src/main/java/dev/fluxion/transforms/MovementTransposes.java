package dev.fluxion.transforms;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** The transposes of the operations that place elements: each cotangent goes back to where its element came from. */
final class MovementTransposes {
    private MovementTransposes() {}

    static Array<NDArray> of(Movement p, Array<Operand> in, NDArray ct) {
        Operand x = in.isEmpty() ? null : in.get(0);
        return switch (p) {
            case Movement.BroadcastInDim(var _, Ints dims) -> Array.of(sumRepeated(x.shape(), dims, ct));
            case Movement.Reshape _, Movement.Squeeze _, Movement.ExpandDims _ -> Array.of(Lax.reshape(ct, x.shape()));
            case Movement.Transpose(Ints permutation) -> Array.of(Lax.transpose(ct, permutation.inversePermutation()));
            case Movement.Concatenate(int dimension) -> pieces(in, dimension, ct);
            case Movement.Pad(Ints low, Ints high, Ints interior) -> unpad(x, in.get(1), low, high, interior, ct);
            case Movement.Slice(Ints start, var _, Ints strides) -> Array.of(unslice(x.shape(), start, strides, ct));
            case Movement.DynamicSlice _ -> {
                Array<NDArray> starts = in.drop(1).map(Operand::value);
                NDArray placed = Windows.update(Scalars.zeros(x.type()), ct, starts);
                yield Array.of(placed).appendAll(starts.map(start -> null));
            }
            case Movement.DynamicUpdateSlice _ -> {
                Operand update = in.get(1);
                Array<NDArray> starts = in.drop(2).map(Operand::value);
                yield Array.of(
                                x.isLinear() ? Windows.update(ct, Scalars.zeros(update.type()), starts) : null,
                                update.isLinear() ? Windows.slice(ct, starts, update.shape()) : null)
                        .appendAll(starts.map(start -> null));
            }
            case Movement.Rev(Ints dims) -> Array.of(Lax.rev(ct, dims));
            case Movement.Iota _ -> throw TransposeRules.notLinear(p);
        };
    }

    /** Sums over the axes that repeat: those that are new, and those stretched from size 1. */
    private static NDArray sumRepeated(Shape shape, Ints dims, NDArray ct) {
        Ints kept = Ints.of(Ints.range(shape.rank()).stream()
                .filter(k -> shape.dim(k) == ct.shape().dim(dims.get(k)))
                .map(dims::get));
        return Lax.reshape(Lax.reduceSum(ct, kept.complement(ct.ndim())), shape);
    }

    private static Array<NDArray> pieces(Array<Operand> in, int dimension, NDArray ct) {
        List<NDArray> result = new ArrayList<>();
        int start = 0;
        for (Operand operand : in) {
            int end = start + operand.shape().dim(dimension);
            result.add(operand.isLinear() ? Lax.sliceInDim(ct, start, end, 1, dimension) : null);
            start = end;
        }
        return Array.ofAll(result);
    }

    /** The elements of ct that came from x; all others came from the padding value. */
    private static Array<NDArray> unpad(Operand x, Operand value, Ints low, Ints high, Ints interior, NDArray ct) {
        NDArray cut = Lax.pad(ct, Scalars.like(ct, 0), low.map(n -> -n), high.map(n -> -n), Ints.fill(low.size(), 0));
        NDArray ofX = Lax.slice(cut, Ints.fill(low.size(), 0), cut.shape().dims(), interior.map(gap -> gap + 1));
        return Array.of(x.isLinear() ? ofX : null, value.isLinear() ? total(ct).minus(total(ofX)) : null);
    }

    private static NDArray total(NDArray x) {
        return Lax.reduceSum(x, Ints.range(x.ndim()));
    }

    private static NDArray unslice(Shape shape, Ints start, Ints strides, NDArray ct) {
        int[] high = new int[shape.rank()];
        for (int axis = 0; axis < high.length; axis++) {
            int count = ct.shape().dim(axis);
            int covered = count == 0 ? 0 : 1 + (count - 1) * strides.get(axis);
            high[axis] = shape.dim(axis) - start.get(axis) - covered;
        }
        return Lax.pad(ct, Scalars.like(ct, 0), start, Ints.of(high), strides.map(stride -> stride - 1));
    }
}
