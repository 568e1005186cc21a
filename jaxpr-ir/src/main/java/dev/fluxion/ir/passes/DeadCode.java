package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Effects;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out equations and constants that no output needs; in called programs also the outputs that the caller does not read
 * and the inputs they do not need. The program's own inputs and outputs stay.
 */
public final class DeadCode implements Pass {
    @Override
    public String name() {
        return "dead_code";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        return new Pruning().all(jaxpr);
    }

    /** One run. Every (sub-program, outputs read) is pruned once. */
    private static final class Pruning {
        private record Demand(Jaxpr jaxpr, Ints outputs) {}

        /** A pruned sub-program, and which of its former inputs it still has. */
        private record Pruned(Jaxpr jaxpr, Ints inputs) {}

        private final Map<Demand, Pruned> called = new HashMap<>();
        private final Map<Jaxpr, Jaxpr> whole = new IdentityHashMap<>();

        /** Keeps all inputs and outputs. */
        Jaxpr all(Jaxpr jaxpr) {
            Jaxpr known = whole.get(jaxpr);
            if (known == null) {
                known = prune(jaxpr, jaxpr.outputs());
                whole.put(jaxpr, known);
            }
            return known;
        }

        private Pruned called(Demand demand) {
            Pruned known = called.get(demand);
            if (known == null) {
                Array<Atom> outputs = Array.ofAll(
                        demand.outputs().stream().mapToObj(demand.jaxpr().outputs()::get));
                Jaxpr body = prune(demand.jaxpr(), outputs);
                Set<Var> read = body.reads();
                Array<Var> inputs = body.inputs();
                Ints kept = Ints.of(Ints.range(inputs.size()).stream().filter(i -> read.contains(inputs.get(i))));
                known = new Pruned(
                        new Jaxpr(body.constants(), pick(inputs, kept), body.equations(), body.outputs()), kept);
                called.put(demand, known);
            }
            return known;
        }

        private Jaxpr prune(Jaxpr jaxpr, Array<Atom> outputs) {
            Set<Var> live = Collections.newSetFromMap(new IdentityHashMap<>());
            outputs.forEach(out -> mark(live, out));
            Deque<Equation> kept = new ArrayDeque<>();
            for (int i = jaxpr.equations().size() - 1; i >= 0; i--) {
                Equation equation = jaxpr.equations().get(i);
                if (equation.outputs().exists(live::contains) || Effects.of(equation.primitive())) {
                    Equation pruned = prune(equation, live);
                    kept.addFirst(pruned);
                    pruned.inputs().forEach(in -> mark(live, in));
                }
            }
            Array<Constant> constants = jaxpr.constants().filter(c -> live.contains(c.var()));
            return new Jaxpr(constants, jaxpr.inputs(), Array.ofAll(kept), outputs);
        }

        private Equation prune(Equation equation, Set<Var> live) {
            if (equation.primitive() instanceof Control.Call || equation.primitive() instanceof Control.Checkpoint) {
                Control.Calling call = (Control.Calling) equation.primitive();
                Array<Var> results = equation.outputs();
                Ints read = Ints.of(Ints.range(results.size()).stream().filter(i -> live.contains(results.get(i))));
                Pruned pruned = called(new Demand(call.body(), read));
                return new Equation(
                        pick(results, read),
                        Rewriting.withBody(call, body -> pruned.jaxpr()),
                        pick(equation.inputs(), pruned.inputs()),
                        equation.source());
            }
            Primitive primitive = Rewriting.withBody(equation.primitive(), this::all);
            return new Equation(equation.outputs(), primitive, equation.inputs(), equation.source());
        }

        private static <T> Array<T> pick(Array<T> values, Ints indices) {
            return Array.ofAll(indices.stream().mapToObj(values::get));
        }

        private static void mark(Set<Var> live, Atom atom) {
            if (atom instanceof Var var) {
                live.add(var);
            }
        }
    }
}
