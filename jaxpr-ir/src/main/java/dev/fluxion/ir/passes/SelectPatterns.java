package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;

/** Choices of numbers, as the derivatives of max, min, where and clamp make them, and choices by one predicate. */
record SelectPatterns(PatternContext at) {
    /** How many operations are looked through for choices by the same predicate. */
    private static final int DEPTH = 4;

    /** {@code f(p ? 1 : 0, 2) = p ? f(1, 2) : f(0, 2)} for exact f, or null. */
    Atom ofNumbers(Elementwise p, Array<Atom> in) {
        if (!isExact(p)) {
            return null;
        }
        int place = -1;
        for (int i = 0; i < in.size(); i++) {
            if (!(in.get(i) instanceof Literal)) {
                if (place >= 0) {
                    return null;
                }
                place = i;
            }
        }
        Equation choice = place < 0 ? null : at.privateDefinition(in.get(place));
        if (choice == null
                || !isChoice(choice)
                || !(choice.input(1) instanceof Literal)
                || !(choice.input(2) instanceof Literal)) {
            return null;
        }
        Atom onFalse = at.append(p, in.update(place, choice.input(1)));
        Atom onTrue = at.append(p, in.update(place, choice.input(2)));
        return at.append(choice.primitive(), choice.input(0), onFalse, onTrue);
    }

    /**
     * {@code p ? f(p ? x : y) : z = p ? f(x) : z} for exact f, where nothing else reads the values between; or null. An
     * elementary function keeps its operand, which may have been chosen to keep it away from where it is slow.
     */
    Atom choice(Array<Atom> in) {
        if (in.size() != 3 || in.get(0).dtype() != DType.BOOL) {
            return null;
        }
        Atom onFalse = chosen(in.get(1), in.get(0), 1, DEPTH);
        Atom onTrue = chosen(in.get(2), in.get(0), 2, DEPTH);
        return onFalse == in.get(1) && onTrue == in.get(2)
                ? null
                : at.append(new Elementwise.SelectN(), in.get(0), onFalse, onTrue);
    }

    /** What an atom is where {@code which} has chosen case {@code i}. */
    private Atom chosen(Atom atom, Atom which, int i, int depth) {
        Equation definition = depth == 0 ? null : at.privateDefinition(atom);
        if (definition == null || !(definition.primitive() instanceof Elementwise p) || !isExact(p)) {
            return atom;
        }
        Array<Atom> operands = definition.inputs().map(in -> {
            Equation inner = at.definition(in);
            boolean same = inner != null && isChoice(inner) && inner.input(0) == which;
            return same ? inner.input(i) : chosen(in, which, i, depth - 1);
        });
        boolean changed = !operands.equals(definition.inputs());
        if (!changed || operands.forAll(Literal.class::isInstance)) {
            return atom;
        }
        return at.append(p, operands);
    }

    private static boolean isChoice(Equation equation) {
        return equation.primitive() instanceof Elementwise.SelectN
                && equation.inputs().size() == 3
                && equation.input(0).dtype() == DType.BOOL;
    }

    /** Whether the operation gives a number of numbers, on every machine. */
    private static boolean isExact(Elementwise p) {
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> op.isExact();
            case Elementwise.Binary(BinaryOp op) -> op.isExact();
            case Elementwise.Compare _, Elementwise.ConvertElementType _, Elementwise.IntegerPow _ -> true;
            case Elementwise.Polygamma _,
                    Elementwise.Fma _,
                    Elementwise.SelectN _,
                    Elementwise.Clamp _,
                    Elementwise.BitcastConvertType _,
                    Elementwise.StopGradient _,
                    Elementwise.Named _,
                    Elementwise.Copy _ -> false;
        };
    }
}
