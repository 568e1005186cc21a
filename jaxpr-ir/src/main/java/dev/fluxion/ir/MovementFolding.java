package dev.fluxion.ir;

import io.vavr.collection.Array;

/** Moves that do nothing, cancel or combine; signs go outward, as in {@link ArithmeticFolding}. */
final class MovementFolding {
    private MovementFolding() {}

    /** The atom that the move equals, or null when it must stand. */
    static Atom fold(Movement p, Array<Atom> in, ArrayType type, FoldContext at) {
        if (in.isEmpty()) {
            return null;
        }
        Atom x = in.get(0);
        if (in.size() == 1 && x.type().equals(type) && keepsEqualTypes(p)) {
            return x;
        }
        if (in.size() == 1 && isRepeatedScalar(x, at)) {
            return at.fill(at.operand(x, 0), type.shape());
        }
        Atom minusX = in.size() == 1 ? at.operandOf(UnaryOp.NEG, x) : null;
        if (minusX != null) {
            return at.negate(at.append(p, minusX));
        }
        return switch (p) {
            case Movement.BroadcastInDim(Shape shape, Ints dims) -> broadcast(shape, dims, x, at);
            case Movement.Reshape _ ->
                switch (at.primitive(x)) {
                    case Movement.Reshape _, Movement.Squeeze _, Movement.ExpandDims _ ->
                        at.append(p, at.operand(x, 0));
                    case null, default -> null;
                };
            case Movement.Transpose(Ints permutation) -> transpose(permutation, x, at);
            case Movement.Squeeze(Ints dims) -> squeeze(dims, x, at);
            case Movement.ExpandDims(Ints dims) ->
                at.primitive(x) instanceof Movement.Squeeze(Ints gone)
                                && gone.sorted().equals(dims.sorted())
                        ? at.operand(x, 0)
                        : null;
            case Movement.Rev(Ints dims) ->
                at.primitive(x) instanceof Movement.Rev(Ints first)
                                && first.sorted().equals(dims.sorted())
                        ? at.operand(x, 0)
                        : null;
            case Movement.Pad pad -> pad(pad, x, in.get(1), at);
            case Movement.DynamicSlice _ -> x.type().equals(type) ? x : null;
            case Movement.DynamicUpdateSlice _ -> in.get(1).type().equals(type) ? in.get(1) : null;
            case Movement.Concatenate _, Movement.Slice _, Movement.Iota _ -> null;
        };
    }

    /** Whether the move does nothing when its result has its operand's type. */
    private static boolean keepsEqualTypes(Movement p) {
        return switch (p) {
            case Movement.BroadcastInDim _,
                    Movement.Reshape _,
                    Movement.Squeeze _,
                    Movement.ExpandDims _,
                    Movement.Concatenate _,
                    Movement.Slice _ -> true;
            case Movement.Transpose(Ints permutation) -> permutation.isRange();
            case Movement.Rev(Ints dims) -> dims.isEmpty();
            case Movement.Pad _, Movement.DynamicSlice _, Movement.DynamicUpdateSlice _, Movement.Iota _ -> false;
        };
    }

    /** Whether x is a scalar repeated, so that moving its elements does nothing. */
    private static boolean isRepeatedScalar(Atom x, FoldContext at) {
        return at.primitive(x) instanceof Movement.BroadcastInDim
                && at.operand(x, 0).shape().isScalar();
    }

    private static Atom broadcast(Shape shape, Ints dims, Atom x, FoldContext at) {
        return switch (at.primitive(x)) {
            case Movement.BroadcastInDim(var _, Ints inner) ->
                at.append(new Movement.BroadcastInDim(shape, inner.map(dims::get)), at.operand(x, 0));
            case Movement.ExpandDims(Ints added) ->
                at.append(
                        new Movement.BroadcastInDim(
                                shape, added.complement(dims.size()).map(dims::get)),
                        at.operand(x, 0));
            case null, default -> null;
        };
    }

    private static Atom transpose(Ints permutation, Atom x, FoldContext at) {
        return switch (at.primitive(x)) {
            case Movement.Transpose(Ints first) ->
                at.append(new Movement.Transpose(permutation.map(first::get)), at.operand(x, 0));
            case Movement.BroadcastInDim(Shape shape, Ints dims) -> {
                Ints moved = dims.map(permutation.inversePermutation()::get);
                yield moved.equals(moved.sorted())
                        ? at.append(
                                new Movement.BroadcastInDim(Shape.of(permutation.map(shape::dim)), moved),
                                at.operand(x, 0))
                        : null;
            }
            case DotGeneral _ -> ContractionFolding.transposed(permutation, x, at);
            case Movement.Iota(DType dtype, Shape shape, int dimension) ->
                at.append(
                        new Movement.Iota(dtype, Shape.of(permutation.map(shape::dim)), permutation.indexOf(dimension)),
                        Array.empty());
            case null, default -> null;
        };
    }

    private static Atom squeeze(Ints dims, Atom x, FoldContext at) {
        return switch (at.primitive(x)) {
            case Movement.ExpandDims(Ints added) -> added.sorted().equals(dims.sorted()) ? at.operand(x, 0) : null;
            case Movement.BroadcastInDim(Shape shape, Ints kept) -> {
                Ints left = dims.complement(shape.rank());
                yield kept.stream().noneMatch(dims::contains)
                        ? at.append(
                                new Movement.BroadcastInDim(shape.without(dims), kept.map(left::indexOf)),
                                at.operand(x, 0))
                        : null;
            }
            case null, default -> null;
        };
    }

    /** What is padded twice with the same number is padded once. */
    private static Atom pad(Movement.Pad p, Atom x, Atom value, FoldContext at) {
        if (isZero(p.low()) && isZero(p.high()) && isZero(p.interior())) {
            return x;
        }
        return at.primitive(x) instanceof Movement.Pad first
                        && at.operand(x, 1).equals(value)
                        && onlyAround(first)
                        && onlyAround(p)
                ? at.append(
                        new Movement.Pad(sum(first.low(), p.low()), sum(first.high(), p.high()), p.interior()),
                        at.operand(x, 0),
                        value)
                : null;
    }

    private static boolean onlyAround(Movement.Pad p) {
        return isZero(p.interior())
                && p.low().stream().allMatch(edge -> edge >= 0)
                && p.high().stream().allMatch(edge -> edge >= 0);
    }

    private static Ints sum(Ints a, Ints b) {
        return Ints.range(a.size()).map(i -> a.get(i) + b.get(i));
    }

    private static boolean isZero(Ints values) {
        return values.stream().allMatch(v -> v == 0);
    }
}
