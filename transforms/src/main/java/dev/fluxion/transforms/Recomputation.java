package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Effects;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * How to have some values of a program again, when a policy says which ones are kept. Looks into calls.
 *
 * @param earlier the equations of the program; calls in it may have further results
 * @param later the equations that compute the values again
 * @param saved the variables, defined by {@code earlier}, that {@code later} and the values wanted read
 * @param inputs the inputs of the program that they read
 */
record Recomputation(Array<Equation> earlier, Array<Equation> later, Array<Var> saved, Array<Var> inputs) {
    static Recomputation of(Jaxpr jaxpr, Array<Atom> wanted, CheckpointPolicy policy) {
        Set<Var> live = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.forEach(atom -> mark(live, atom));
        Deque<Equation> earlier = new ArrayDeque<>();
        Deque<Equation> later = new ArrayDeque<>();
        Deque<Var> saved = new ArrayDeque<>();
        for (int i = jaxpr.equations().size() - 1; i >= 0; i--) {
            Equation equation = jaxpr.equations().get(i);
            Array<Var> needed = equation.outputs().filter(live::contains);
            earlier.addFirst(equation);
            if (needed.isEmpty()) {
                continue;
            }
            // What has an effect runs once.
            if (policy.saves(equation.primitive()) || Effects.of(equation.primitive())) {
                needed.reverse().forEach(saved::addFirst);
                continue;
            }
            Halves halves =
                    equation.primitive() instanceof Control.Call call ? halves(equation, call, needed, policy) : null;
            if (halves != null) {
                earlier.removeFirst();
                earlier.addFirst(halves.earlier());
                halves.saved().reverse().forEach(saved::addFirst);
            }
            Equation again = halves == null ? equation : halves.later();
            later.addFirst(again);
            again.inputs().forEach(in -> mark(live, in));
        }
        return new Recomputation(
                Array.ofAll(earlier),
                Array.ofAll(later),
                Array.ofAll(saved),
                jaxpr.inputs().filter(live::contains));
    }

    /** A call apart: one that gives what the policy saves besides, and one that computes again from that. */
    private record Halves(Equation earlier, Equation later, Array<Var> saved) {}

    /** Null when the policy saves nothing inside. */
    private static Halves halves(Equation equation, Control.Call call, Array<Var> needed, CheckpointPolicy policy) {
        Jaxpr body = call.body();
        Array<Atom> wanted =
                needed.map(out -> body.outputs().get(equation.outputs().indexOf(out)));
        Recomputation inside = of(body, wanted, policy);
        if (inside.saved().isEmpty()) {
            return null;
        }
        Array<Atom> outputs = body.outputs().appendAll(inside.saved());
        Array<Var> saved = inside.saved().map(var -> new Var(var.type()));
        Equation earlier = new Equation(
                equation.outputs().appendAll(saved),
                new Control.Call(call.label(), new Jaxpr(Array.empty(), body.inputs(), inside.earlier(), outputs)),
                equation.inputs(),
                equation.source());
        Array<Atom> operands =
                inside.inputs().map(in -> equation.input(body.inputs().indexOf(in)));
        Jaxpr again = new Jaxpr(Array.empty(), inside.saved().appendAll(inside.inputs()), inside.later(), wanted);
        Equation later = new Equation(
                needed,
                new Control.Call(call.label(), again),
                Array.<Atom>narrow(saved).appendAll(operands),
                equation.source());
        return new Halves(earlier, later, saved);
    }

    private static void mark(Set<Var> live, Atom atom) {
        if (atom instanceof Var var) {
            live.add(var);
        }
    }
}
