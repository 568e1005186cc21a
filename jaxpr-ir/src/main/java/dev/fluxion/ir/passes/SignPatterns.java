package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;

/** Signs move outward through linear operations, to where they cancel or meet a sum. */
record SignPatterns(PatternContext at) {

    /** {@code move(-x) = -move(x)} for moves that keep the number of elements, or null. */
    Atom move(Movement p, Array<Atom> in) {
        return switch (p) {
            case Movement.Reshape _,
                    Movement.Transpose _,
                    Movement.Squeeze _,
                    Movement.ExpandDims _,
                    Movement.Rev _ -> {
                Atom minus = minus(in.get(0));
                yield minus == null ? null : at.negate(at.append(p, minus));
            }
            case Movement.BroadcastInDim _,
                    Movement.Concatenate _,
                    Movement.Pad _,
                    Movement.Slice _,
                    Movement.DynamicSlice _,
                    Movement.DynamicUpdateSlice _,
                    Movement.Iota _ -> null;
        };
    }

    /** {@code (-a) . b = -(a . b)}, or null. */
    Atom dot(DotGeneral p, Atom lhs, Atom rhs) {
        Atom minusLeft = minus(lhs);
        Atom minusRight = minus(rhs);
        if (minusLeft != null && minusRight != null) {
            return at.append(p, minusLeft, minusRight);
        }
        if (minusLeft != null) {
            return at.negate(at.append(p, minusLeft, rhs));
        }
        return minusRight == null ? null : at.negate(at.append(p, lhs, minusRight));
    }

    /** x for an atom {@code -x} that nothing else reads, else null. */
    private Atom minus(Atom atom) {
        Equation definition = at.privateDefinition(atom);
        return definition != null
                        && definition.primitive() instanceof Elementwise.Unary(UnaryOp op)
                        && op == UnaryOp.NEG
                ? definition.input(0)
                : null;
    }
}
