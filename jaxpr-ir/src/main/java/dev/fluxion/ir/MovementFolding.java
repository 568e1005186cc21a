package dev.fluxion.ir;

import io.vavr.collection.Array;

/** Moves that do nothing, cancel or combine. */
final class MovementFolding {
    private MovementFolding() {}

    /** The atom that the move equals, or null when it must stand. */
    static Atom fold(Movement p, Array<Atom> in, ArrayType type, JaxprBuilder builder, SourceInfo source) {
        if (in.isEmpty()) {
            return null;
        }
        Atom x = in.get(0);
        Equation before = builder.definition(x);
        Primitive inner = before == null ? null : before.primitive();
        return switch (p) {
            case Movement.BroadcastInDim(Shape shape, Ints dims) -> {
                if (x.shape().equals(shape)) {
                    yield x;
                }
                yield inner instanceof Movement.BroadcastInDim(var _, Ints innerDims)
                        ? one(
                                builder,
                                new Movement.BroadcastInDim(shape, innerDims.map(dims::get)),
                                before.input(0),
                                source)
                        : null;
            }
            case Movement.Reshape(Shape to) -> {
                if (x.shape().equals(to)) {
                    yield x;
                }
                yield inner instanceof Movement.Reshape
                        ? one(builder, new Movement.Reshape(to), before.input(0), source)
                        : null;
            }
            case Movement.Transpose(Ints permutation) -> {
                if (permutation.isRange()) {
                    yield x;
                }
                yield inner instanceof Movement.Transpose(Ints first)
                        ? one(builder, new Movement.Transpose(permutation.map(first::get)), before.input(0), source)
                        : null;
            }
            case Movement.Squeeze(Ints dims) -> {
                if (dims.isEmpty()) {
                    yield x;
                }
                boolean cancels = inner instanceof Movement.ExpandDims(Ints added)
                        && added.sorted().equals(dims.sorted());
                yield cancels ? before.input(0) : null;
            }
            case Movement.ExpandDims(Ints dims) -> dims.isEmpty() ? x : null;
            case Movement.Rev(Ints dims) -> {
                if (dims.isEmpty()) {
                    yield x;
                }
                boolean cancels = inner instanceof Movement.Rev(Ints first)
                        && first.sorted().equals(dims.sorted());
                yield cancels ? before.input(0) : null;
            }
            case Movement.Concatenate _ -> in.size() == 1 ? x : null;
            case Movement.Pad(Ints low, Ints high, Ints interior) ->
                isZero(low) && isZero(high) && isZero(interior) ? x : null;
            case Movement.Slice _, Movement.DynamicSlice _ -> x.type().equals(type) ? x : null;
            case Movement.DynamicUpdateSlice _ -> in.get(1).type().equals(type) ? in.get(1) : null;
            case Movement.Iota _ -> null;
        };
    }

    private static Atom one(JaxprBuilder builder, Primitive p, Atom operand, SourceInfo source) {
        return builder.append(p, Array.of(operand), source).get(0);
    }

    private static boolean isZero(Ints values) {
        return values.stream().allMatch(v -> v == 0);
    }
}
