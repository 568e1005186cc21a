package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Effects;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * How to have some values of a program again, when a policy says which ones are kept. Looks into calls and scans.
 *
 * @param earlier the equations of the program; calls and scans in it may have further results
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
            if (needed.isEmpty() || policy.saves(equation.primitive()) || runsOnce(equation.primitive())) {
                earlier.addFirst(equation);
                needed.reverse().forEach(saved::addFirst);
            } else {
                RecomputedEquation halves = RecomputedEquation.of(equation, needed, policy);
                earlier.addFirst(halves.earlier());
                halves.saved().reverse().forEach(saved::addFirst);
                for (Equation again : halves.later()) {
                    later.addFirst(again);
                    again.inputs().forEach(in -> mark(live, in));
                }
            }
        }
        return new Recomputation(
                Array.ofAll(earlier),
                Array.ofAll(later),
                Array.ofAll(saved),
                jaxpr.inputs().filter(live::contains));
    }

    /** What has an effect runs once. Calls and scans are taken apart: what in them has none may run again. */
    private static boolean runsOnce(Primitive primitive) {
        return Effects.of(primitive) && !(primitive instanceof Control.Call) && !(primitive instanceof Control.Scan);
    }

    private static void mark(Set<Var> live, Atom atom) {
        if (atom instanceof Var var) {
            live.add(var);
        }
    }
}
