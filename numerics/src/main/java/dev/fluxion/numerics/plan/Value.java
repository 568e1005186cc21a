package dev.fluxion.numerics.plan;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Shape;

/** What an atom of the program is to the planner. Moves that only change where elements are read make no step. */
sealed interface Value {
    DType dtype();

    /** The elements of a node, seen through a layout. */
    record View(Node node, Layout layout) implements Value {
        @Override
        public DType dtype() {
            return node.dtype();
        }

        /** True when the buffer holds exactly these elements in row-major order. */
        boolean isWhole() {
            return layout.offset() == 0 && layout.size() == node.size() && layout.isContiguous();
        }
    }

    /** One number in every place. */
    record Splat(Literal literal, Shape shape) implements Value {
        @Override
        public DType dtype() {
            return literal.dtype();
        }
    }

    static View whole(Node node, Shape shape) {
        return new View(node, Layout.contiguous(shape));
    }
}
