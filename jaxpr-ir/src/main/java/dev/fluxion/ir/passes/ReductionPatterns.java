package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.UnaryOp;

/** Reductions of reductions, of repeated values and of negated ones. */
record ReductionPatterns(PatternContext at) {

    /** A simpler form of the reduction of {@code x}, or null. */
    Atom apply(Reduction.Reduce p, Atom x) {
        Equation definition = at.definition(x);
        if (definition == null) {
            return null;
        }
        return switch (definition.primitive()) {
            case Reduction.Reduce inner
            when inner.op() == p.op() && at.privateDefinition(x) != null -> merged(p, inner, definition.input(0));
            case Movement.BroadcastInDim inner when p.op() != ReduceOp.PROD -> repeated(p, inner, definition.input(0));
            case Elementwise.Unary(UnaryOp op)
            when op == UnaryOp.NEG && p.op() == ReduceOp.SUM && at.privateDefinition(x) != null ->
                at.negate(at.append(p, definition.input(0)));
            default -> null;
        };
    }

    /** One reduction over the axes of both. */
    private Atom merged(Reduction.Reduce outer, Reduction.Reduce inner, Atom x) {
        Ints left = inner.axes().complement(x.shape().rank());
        Ints axes = inner.axes().concat(outer.axes().map(left::get)).sorted();
        return at.append(new Reduction.Reduce(outer.op(), axes), x);
    }

    /** A sum over n equal values is n times the value; the largest of them is the value. */
    private Atom repeated(Reduction.Reduce p, Movement.BroadcastInDim broadcast, Atom x) {
        Shape shape = broadcast.shape();
        Ints kept = broadcast.broadcastDimensions();
        Ints gone = Ints.of(p.axes().stream().filter(axis -> !kept.contains(axis)));
        long count = gone.stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b);
        // Nothing repeated, or nothing at all to reduce: 0 times infinity would be NaN.
        if (gone.isEmpty() || count == 0) {
            return null;
        }
        Ints left = gone.complement(shape.rank());
        Atom narrow = at.append(new Movement.BroadcastInDim(shape.without(gone), kept.map(left::indexOf)), x);
        Ints axes = Ints.of(p.axes().stream().filter(kept::contains)).map(left::indexOf);
        Atom reduced = at.append(new Reduction.Reduce(p.op(), axes), narrow);
        return p.op() == ReduceOp.SUM ? at.append(BinaryOp.MUL, Literal.of(x.dtype(), count), reduced) : reduced;
    }
}
