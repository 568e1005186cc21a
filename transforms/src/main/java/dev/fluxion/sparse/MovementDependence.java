package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import io.vavr.collection.Array;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What elements depend on moves with them. Where it is not known to which place, it goes to all that are possible. */
final class MovementDependence {
    private final KnownValues values;

    MovementDependence(KnownValues values) {
        this.values = values;
    }

    Dependence of(Movement p, Array<Fact> in, Shape out) {
        return switch (p) {
            case Movement.Reshape _, Movement.Squeeze _, Movement.ExpandDims _ ->
                in.get(0).dependence().reshaped(out);
            case Movement.BroadcastInDim(Shape shape, Ints dimensions) ->
                Groups.broadcast(values, in.get(0).dependence(), shape, dimensions);
            case Movement.Transpose _, Movement.Slice _, Movement.Rev _, Movement.Pad _, Movement.Concatenate _ ->
                moved(p, in, Array.empty(), out);
            case Movement.DynamicSlice(Shape sizes) -> window(in.get(0), in.drop(1), sizes);
            case Movement.DynamicUpdateSlice _ -> updated(p, in, out);
            case Movement.Iota _ -> null;
        };
    }

    /** All operands' elements are numbered; the operation moves the numbers. */
    private Dependence moved(Movement p, Array<Fact> arrays, Array<Fact> starts, Shape out) {
        int[] first = new int[arrays.size() + 1];
        ArrayData[] operands = new ArrayData[arrays.size() + starts.size()];
        for (int i = 0; i < arrays.size(); i++) {
            Shape shape = arrays.get(i).type().shape();
            first[i + 1] = first[i] + shape.size();
            operands[i] = KnownValues.positions(shape, first[i]);
        }
        for (int i = 0; i < starts.size(); i++) {
            operands[arrays.size() + i] = starts.get(i).value().get();
        }
        int[] from =
                operands.length == 1 ? values.places(p, arrays.get(0).type().shape()) : values.places(p, operands);
        return Dependence.of(out, i -> {
            int operand = 0;
            while (from[i] >= first[operand + 1]) {
                operand++;
            }
            Dependence of = arrays.get(operand).dependence();
            return of == null ? IndexSet.EMPTY : of.get(from[i] - first[operand]);
        });
    }

    /** Along axes where the start is not known, and matters, an element may be any. */
    private Dependence window(Fact x, Array<Fact> starts, Shape sizes) {
        Shape shape = x.type().shape();
        Ints open = axes(
                shape.rank(),
                axis -> sizes.dim(axis) < shape.dim(axis) && !starts.get(axis).isKnown());
        Shape slice =
                Shape.of(Ints.range(shape.rank()).map(axis -> open.contains(axis) ? shape.dim(axis) : sizes.dim(axis)));
        Array<Fact> known = starts.map(start -> start.isKnown() ? start : zero(start.type()));
        Dependence exact = slice.equals(shape)
                ? x.dependence()
                : moved(new Movement.DynamicSlice(slice), Array.of(x), known, slice);
        return open.isEmpty() ? exact : Groups.smear(values, exact, open, sizes);
    }

    private Dependence updated(Movement p, Array<Fact> in, Shape out) {
        Fact x = in.get(0);
        Fact update = in.get(1);
        Array<Fact> starts = in.drop(2);
        if (starts.forAll(Fact::isKnown)) {
            return moved(p, in.take(2), starts, out);
        }
        if (!update.isDependent()) {
            return x.dependence();
        }
        Shape sizes = update.type().shape();
        Ints open = axes(out.rank(), axis -> sizes.dim(axis) < out.dim(axis));
        Dependence anywhere = Groups.smear(values, update.dependence(), open, out);
        return Dependence.union(x.dependence(), anywhere);
    }

    private static Ints axes(int rank, IntPredicate chosen) {
        return Ints.of(IntStream.range(0, rank).filter(chosen));
    }

    /** A start where the window is the whole axis. */
    private static Fact zero(ArrayType type) {
        Object zero = type.dtype() == DType.INT64 ? new long[1] : new int[1];
        return new Fact(type, null, () -> Backend.get().array(type, zero));
    }
}
