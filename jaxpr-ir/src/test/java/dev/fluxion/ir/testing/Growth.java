package dev.fluxion.ir.testing;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A bound for the values and the first derivatives of smooth programs whose inputs are at most 1 in size. Differences tell a
 * derivative only where the function does not change too fast: programs that may are not made.
 */
final class Growth {
    private static final double LARGEST = 200;

    private final Map<Var, Double> bounds = new IdentityHashMap<>();

    /** Whether the result of the operation stays in bounds. */
    boolean allows(Primitive primitive, Array<Atom> operands) {
        return of(primitive, operands) <= LARGEST;
    }

    void append(Equation equation) {
        double bound = of(equation.primitive(), equation.inputs());
        equation.outputs().forEach(out -> bounds.put(out, bound));
    }

    private double of(Atom atom) {
        return switch (atom) {
            case Var var -> bounds.getOrDefault(var, 1.0);
            case Literal literal -> Math.max(1, Math.abs(literal.doubleValue()));
        };
    }

    private double of(Primitive primitive, Array<Atom> in) {
        double largest = in.map(this::of).max().getOrElse(1.0);
        double square = largest * largest;
        return switch (primitive) {
            case Elementwise.Binary(BinaryOp op) ->
                op == BinaryOp.MUL ? 2 * of(in.get(0)) * of(in.get(1)) : 2 * largest;
            case Elementwise.Fma _ -> 3 * square;
            case DotGeneral _ -> 2 * in.get(0).shape().size() * square;
            case Reduction.Reduce _, Reduction.Cumulative _ -> in.get(0).shape().size() * largest;
            case Control.Scan scan -> ofScan(scan, in);
            case Control.Cond cond ->
                cond.branches().map(branch -> ofBody(branch, largest)).max().get();
            case Control control ->
                square
                        * Parameters.subPrograms(control)
                                .map(Growth::ofBody)
                                .max()
                                .get();
            case Elementwise _, Movement _, Reduction.ArgReduce _, Threefry2x32 _, Custom _ -> largest;
        };
    }

    /** Steps may double, or square, again and again. */
    private double ofScan(Control.Scan scan, Array<Atom> in) {
        double bound = in.map(this::of).max().getOrElse(1.0);
        for (int step = 0; step < scan.length(); step++) {
            bound = Math.max(bound, ofBody(scan.body(), bound));
        }
        return bound;
    }

    private static double ofBody(Jaxpr body) {
        return ofBody(body, 1);
    }

    /** @param input the bound of the inputs */
    private static double ofBody(Jaxpr body, double input) {
        Growth growth = new Growth();
        body.inputs().forEach(in -> growth.bounds.put(in, input));
        body.equations().forEach(growth::append);
        return body.outputs().map(growth::of).max().getOrElse(1.0);
    }
}
