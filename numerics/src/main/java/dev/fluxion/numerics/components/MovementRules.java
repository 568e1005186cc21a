package dev.fluxion.numerics.components;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import io.vavr.collection.Array;

/** Movements component by component: which component of the operand each one of the result is made of, and how. */
final class MovementRules {
    private final JaxprBuilder builder;
    private final SourceInfo source;
    private final TinyAxes to;
    private final int first;
    private final int rank;

    /** @param to the tiny axes of the result */
    MovementRules(JaxprBuilder builder, SourceInfo source, TinyAxes to) {
        this.builder = builder;
        this.source = source;
        this.to = to;
        this.first = to.lead().rank();
        this.rank = to.trail().rank();
    }

    /** Whether components of the operand become components of the result. */
    static boolean ties(Movement p, Atom operand, Atom result) {
        TinyAxes from = TinyAxes.of(operand.shape());
        TinyAxes to = TinyAxes.of(result.shape());
        return from != null
                && to != null
                && switch (p) {
                    case Movement.BroadcastInDim(var _, Ints dims) ->
                        trailing(dims, to) == from.trail().rank();
                    case Movement.Reshape _, Movement.Squeeze _, Movement.ExpandDims _ -> from.count() == to.count();
                    case Movement.Transpose(Ints permutation) -> keepsTrail(permutation, from, to);
                    case Movement.Concatenate _, Movement.Pad _, Movement.Slice _, Movement.Rev _ -> true;
                    case Movement.DynamicSlice _, Movement.DynamicUpdateSlice _, Movement.Iota _ -> false;
                };
    }

    /** How many axes of the operand of a broadcast go to tiny axes of the result. */
    private static int trailing(Ints dims, TinyAxes to) {
        return (int) dims.stream().filter(axis -> axis >= to.lead().rank()).count();
    }

    private static boolean keepsTrail(Ints permutation, TinyAxes from, TinyAxes to) {
        int lead = to.lead().rank();
        return from.lead().rank() == lead && permutation.stream().limit(lead).allMatch(axis -> axis < lead);
    }

    /** The components of the result, or null where the whole must be moved. */
    Array<Atom> apply(Movement p, Array<Parts> in) {
        return switch (p) {
            case Movement.BroadcastInDim(var _, Ints dims) -> broadcast(dims, in.get(0));
            case Movement.Reshape _, Movement.Squeeze _, Movement.ExpandDims _ -> reshape(in.get(0));
            case Movement.Transpose(Ints permutation) -> transpose(permutation, in.get(0));
            case Movement.Concatenate(int dimension) -> concatenate(dimension, in);
            case Movement.Pad pad -> pad(pad, in.get(0), in.get(1).whole());
            case Movement.Slice slice -> slice(slice, in.get(0));
            case Movement.Rev(Ints dims) -> rev(dims, in.get(0));
            case Movement.Iota(var dtype, var _, int dimension)
            when dimension >= first -> each(index -> fill(Literal.of(dtype, (long) index[dimension - first])));
            case Movement.Iota _, Movement.DynamicSlice _, Movement.DynamicUpdateSlice _ -> null;
        };
    }

    private interface Component {
        Atom at(int[] index);
    }

    private Array<Atom> each(Component component) {
        return Array.range(0, to.count()).map(number -> component.at(to.index(number)));
    }

    private Array<Atom> broadcast(Ints dims, Parts x) {
        int tiny = trailing(dims, to);
        TinyAxes from = TinyAxes.at(x.shape(), tiny);
        int lead = from.lead().rank();
        Movement spread =
                new Movement.BroadcastInDim(to.lead(), Ints.of(dims.stream().limit(lead)));
        Array<Atom> components = x.components(tiny);
        return each(index -> {
            int[] at = new int[tiny];
            for (int k = 0; k < tiny; k++) {
                at[k] = from.trail().dim(k) == 1 ? 0 : index[dims.get(lead + k) - first];
            }
            return append(spread, components.get(from.number(at)));
        });
    }

    private Array<Atom> reshape(Parts x) {
        TinyAxes from = TinyAxes.of(x.shape());
        return from == null || from.count() != to.count()
                ? null
                : x.components(from.trail().rank()).map(part -> append(new Movement.Reshape(to.lead()), part));
    }

    private Array<Atom> transpose(Ints permutation, Parts x) {
        TinyAxes from = TinyAxes.of(x.shape());
        if (from == null || !keepsTrail(permutation, from, to)) {
            return null;
        }
        Movement turn = new Movement.Transpose(Ints.of(permutation.stream().limit(first)));
        Array<Atom> components = x.components(rank);
        return each(index -> {
            int[] at = new int[rank];
            for (int k = 0; k < rank; k++) {
                at[permutation.get(first + k) - first] = index[k];
            }
            return append(turn, components.get(from.number(at)));
        });
    }

    private Array<Atom> concatenate(int dimension, Array<Parts> in) {
        if (dimension < first) {
            return each(index -> {
                Array<Atom> pieces = in.map(x -> x.components(rank).get(to.number(index)));
                return builder.append(new Movement.Concatenate(dimension), pieces, source)
                        .get(0);
            });
        }
        return each(index -> {
            int[] at = index.clone();
            int axis = dimension - first;
            for (Parts x : in) {
                TinyAxes from = TinyAxes.at(x.shape(), rank);
                if (at[axis] < from.trail().dim(axis)) {
                    return x.components(rank).get(from.number(at));
                }
                at[axis] -= from.trail().dim(axis);
            }
            throw new IllegalStateException("operands shorter than the result: " + to);
        });
    }

    private Array<Atom> pad(Movement.Pad p, Parts x, Atom value) {
        TinyAxes from = TinyAxes.at(x.shape(), rank);
        Array<Atom> components = x.components(rank);
        Ints lead = Ints.range(first);
        Movement outer = new Movement.Pad(lead.map(p.low()::get), lead.map(p.high()::get), lead.map(p.interior()::get));
        return each(index -> {
            int[] at = new int[rank];
            for (int k = 0; k < rank; k++) {
                int step = p.interior().get(first + k) + 1;
                int distance = index[k] - p.low().get(first + k);
                at[k] = Math.floorDiv(distance, step);
                if (distance < 0
                        || distance % step != 0
                        || at[k] >= from.trail().dim(k)) {
                    return fill(value);
                }
            }
            Array<Atom> operands = Array.of(components.get(from.number(at)), value);
            return builder.append(outer, operands, source).get(0);
        });
    }

    private Array<Atom> slice(Movement.Slice p, Parts x) {
        TinyAxes from = TinyAxes.at(x.shape(), rank);
        Array<Atom> components = x.components(rank);
        Ints lead = Ints.range(first);
        Movement outer = new Movement.Slice(
                lead.map(p.startIndices()::get), lead.map(p.limitIndices()::get), lead.map(p.strides()::get));
        return each(index -> {
            int[] at = new int[rank];
            for (int k = 0; k < rank; k++) {
                at[k] = p.startIndices().get(first + k) + index[k] * p.strides().get(first + k);
            }
            return append(outer, components.get(from.number(at)));
        });
    }

    private Array<Atom> rev(Ints dims, Parts x) {
        Ints outer = Ints.of(dims.stream().filter(axis -> axis < first));
        Array<Atom> components = x.components(rank);
        return each(index -> {
            int[] at = new int[rank];
            for (int k = 0; k < rank; k++) {
                at[k] = dims.contains(first + k) ? to.trail().dim(k) - 1 - index[k] : index[k];
            }
            return append(new Movement.Rev(outer), components.get(to.number(at)));
        });
    }

    private Atom fill(Atom value) {
        return append(new Movement.BroadcastInDim(to.lead(), Ints.of()), value);
    }

    private Atom append(Movement p, Atom operand) {
        Shape none = operand.shape();
        return none.isScalar() && p instanceof Movement.Transpose
                ? operand
                : builder.append(p, Array.of(operand), source).get(0);
    }
}
