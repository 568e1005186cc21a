package dev.fluxion.ir;

import io.vavr.collection.Array;

/** What the foldings share: looking at definitions and appending replacements. */
record FoldContext(JaxprBuilder builder, SourceInfo source) {

    Atom append(BinaryOp op, Atom x, Atom y) {
        return append(new Elementwise.Binary(op), x, y);
    }

    Atom append(Primitive p, Atom... operands) {
        return append(p, Array.of(operands));
    }

    Atom append(Primitive p, Array<Atom> operands) {
        return builder.append(p, operands, source).get(0);
    }

    Atom negate(Atom x) {
        return append(new Elementwise.Unary(UnaryOp.NEG), x);
    }

    Primitive primitive(Atom atom) {
        Equation definition = builder.definition(atom);
        return definition == null ? null : definition.primitive();
    }

    /** Operand {@code i} of the operation that defines {@code atom}. */
    Atom operand(Atom atom, int i) {
        return builder.definition(atom).input(i);
    }

    /** x when {@code atom = op x}, else null. */
    Atom operandOf(UnaryOp op, Atom atom) {
        return primitive(atom) instanceof Elementwise.Unary(UnaryOp inner) && inner == op ? operand(atom, 0) : null;
    }

    boolean is(BinaryOp op, Atom atom) {
        return primitive(atom) instanceof Elementwise.Binary(BinaryOp inner) && inner == op;
    }

    /** The literal that {@code atom} repeats: the operand of a broadcast, or null. */
    Literal splat(Atom atom) {
        return primitive(atom) instanceof Movement.BroadcastInDim && operand(atom, 0) instanceof Literal literal
                ? literal
                : null;
    }

    /** The atom, broadcast to the shape where it is a scalar beside arrays. */
    Atom fill(Atom atom, Shape shape) {
        return atom.shape().equals(shape) ? atom : append(new Movement.BroadcastInDim(shape, Ints.of()), atom);
    }

    static boolean isLiteral(Atom atom, double value) {
        return atom instanceof Literal literal && literal.dtype() != DType.BOOL && literal.is(value);
    }

    static Literal minus(Literal c) {
        return c.dtype().isFloating() ? Literal.of(c.dtype(), -c.doubleValue()) : Literal.of(c.dtype(), -c.longValue());
    }
}
