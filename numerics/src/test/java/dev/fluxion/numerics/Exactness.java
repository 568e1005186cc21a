package dev.fluxion.numerics;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tells which values of a program every engine must compute to the same bits. */
final class Exactness {
    private final Set<Var> exact = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Var> near = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The program with its last exact values for outputs, at most {@code count}. */
    static Jaxpr exactPart(Jaxpr jaxpr, int count) {
        Exactness exactness = new Exactness();
        exactness.walk(jaxpr);
        return withOutputs(jaxpr, exactness.exact, count);
    }

    /** The program with inexact elementwise functions of exact values for outputs, at most {@code count}. */
    static Jaxpr nearPart(Jaxpr jaxpr, int count) {
        Exactness exactness = new Exactness();
        exactness.walk(jaxpr);
        return withOutputs(jaxpr, exactness.near, count);
    }

    private static Jaxpr withOutputs(Jaxpr jaxpr, Set<Var> chosen, int count) {
        Array<Atom> outputs = jaxpr.equations()
                .reverse()
                .flatMap(equation -> equation.outputs().filter(chosen::contains))
                .take(count)
                .map(Atom.class::cast);
        return new Jaxpr(jaxpr.constants(), jaxpr.inputs(), jaxpr.equations(), outputs);
    }

    private void walk(Jaxpr jaxpr) {
        jaxpr.constants().forEach(c -> exact.add(c.var()));
        jaxpr.inputs().forEach(exact::add);
        for (Equation equation : jaxpr.equations()) {
            if (equation.inputs().forAll(in -> in instanceof Literal || exact.contains(in))) {
                if (isExact(equation)) {
                    equation.outputs().forEach(exact::add);
                } else if (equation.primitive() instanceof Elementwise) {
                    equation.outputs().forEach(near::add);
                }
            }
        }
    }

    private static boolean isExact(Equation equation) {
        return switch (equation.primitive()) {
            case Elementwise.Unary p -> p.op().isExact();
            case Elementwise.Binary p -> p.op().isExact();
            case Elementwise.Polygamma _ -> false;
            case Elementwise _, Movement _, Reduction.ArgReduce _, Threefry2x32 _ -> true;
            case Reduction.Reduce p -> !isFloating(equation) || (p.op() != ReduceOp.SUM && p.op() != ReduceOp.PROD);
            case Reduction.Cumulative p ->
                !isFloating(equation) || p.op() == CumulativeOp.CUMMAX || p.op() == CumulativeOp.CUMMIN;
            case DotGeneral _ -> !isFloating(equation);
            case Control control -> Parameters.subPrograms(control).forAll(Exactness::isExact);
            case Custom _ -> false;
        };
    }

    private static boolean isExact(Jaxpr body) {
        Exactness inside = new Exactness();
        inside.walk(body);
        return body.outputs().forAll(out -> out instanceof Literal || inside.exact.contains(out));
    }

    private static boolean isFloating(Equation equation) {
        return equation.input(0).dtype().isFloating();
    }
}
