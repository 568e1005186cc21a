package dev.fluxion.numerics.plan;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;

/** A rank-0 operand that a step reads itself: a literal, or an element of a buffer. */
sealed interface Scalar {
    record Fixed(Literal literal) implements Scalar {}

    record Stored(Node node, int offset) implements Scalar {}

    static Scalar of(Value value) {
        return switch (value) {
            case Value.Splat(Literal literal, var _) -> new Fixed(literal);
            case Value.View(Node node, Layout layout) -> new Stored(node, layout.offset());
        };
    }

    /** An integer that is read in each run. */
    @FunctionalInterface
    interface Index {
        long read(Object[] slots);
    }

    /** The value as an integer, once its node has a slot. */
    default Index index() {
        return switch (this) {
            case Fixed(Literal literal) -> {
                long value = literal.longValue();
                yield _ -> value;
            }
            case Stored(Node node, int offset) -> {
                Place place = node.place();
                yield node.dtype() == DType.INT32
                        ? slots -> ((int[]) place.array(slots))[place.start(slots) + offset]
                        : slots -> HostData.literal(place.array(slots), place.start(slots) + offset)
                                .longValue();
            }
        };
    }

    /** The value in this run. */
    default Literal read(Object[] slots) {
        return switch (this) {
            case Fixed(Literal literal) -> literal;
            case Stored(Node node, int offset) ->
                HostData.literal(slots[node.slot()], node.place().start(slots) + offset);
        };
    }
}
