package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Var;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a program are had with their axes in another order as well.
 *
 * <p>Square matrices that are symmetric by the way they are made: {@code i == j}, the unit vectors of a Hessian; one number in
 * all places; and elementwise what is made of such. Every bit is in both places.
 *
 * <p>Repeated values and index arrays, which are not stored but read, and a sum or product of such.
 */
final class AxisOrders {
    /** How many elementwise operations may be done again, one inside the other. */
    private static final int DEPTH = 2;

    private final Map<Var, Equation> definitions = new IdentityHashMap<>();
    private final Set<Var> symmetric = Collections.newSetFromMap(new IdentityHashMap<>());

    AxisOrders(Jaxpr jaxpr) {
        jaxpr.equations().forEach(this::meet);
    }

    boolean isSymmetric(Atom atom) {
        return atom instanceof Var var && symmetric.contains(var);
    }

    /** What defines a value, or null. */
    Equation definition(Atom atom) {
        return atom instanceof Var var ? definitions.get(var) : null;
    }

    /** Whether the value can be made in the other order, too, from what is not stored. */
    boolean isFree(Atom atom, Ints permutation) {
        return isFree(atom, permutation, DEPTH);
    }

    private boolean isFree(Atom atom, Ints permutation, int depth) {
        if (isSameInBothOrders(atom)) {
            return true;
        }
        Equation definition = definition(atom);
        if (definition == null) {
            return false;
        }
        return switch (definition.primitive()) {
            case Movement.BroadcastInDim _, Movement.Iota _ -> TransposeDemand.gives(definition, permutation);
            case Elementwise.Binary(BinaryOp op) ->
                op.isExact() && depth > 0 && definition.inputs().forAll(in -> isFree(in, permutation, depth - 1));
            default -> false;
        };
    }

    private void meet(Equation equation) {
        equation.outputs().forEach(out -> definitions.put(out, equation));
        if (equation.outputs().size() != 1 || !isSquare(equation.output().shape())) {
            return;
        }
        boolean holds = switch (equation.primitive()) {
            case Movement.BroadcastInDim _ -> equation.input(0).shape().isScalar();
            case Elementwise p -> equation.inputs().forAll(this::isSameInBothOrders) || comparesIndices(p, equation);
            default -> false;
        };
        if (holds) {
            symmetric.add(equation.output());
        }
    }

    private static boolean isSquare(Shape shape) {
        return shape.rank() == 2 && shape.dim(0) == shape.dim(1);
    }

    private boolean isSameInBothOrders(Atom atom) {
        return atom.shape().isScalar() || isSymmetric(atom);
    }

    /** Whether it is one function of the two indices, either way round. */
    private boolean comparesIndices(Elementwise p, Equation equation) {
        boolean either = switch (p) {
            case Elementwise.Compare(CompareOp op) -> op == op.swapped();
            case Elementwise.Binary(BinaryOp op) -> op.isCommutative();
            default -> false;
        };
        return either
                && definition(equation.input(0)) instanceof Equation x
                && definition(equation.input(1)) instanceof Equation y
                && x.primitive() instanceof Movement.Iota first
                && y.primitive() instanceof Movement.Iota second
                && first.dimension() != second.dimension();
    }
}
