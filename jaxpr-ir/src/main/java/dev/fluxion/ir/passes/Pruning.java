package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Effects;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarSet;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** One run of {@link DeadCode}. Every sub-program is pruned once for each choice of outputs and inputs. */
final class Pruning {
    /** The outputs somebody reads, and the inputs that stay whether they are read or not. */
    private record Demand(Jaxpr jaxpr, Ints outputs, Ints inputs) {}

    /** A pruned sub-program, and which of its former inputs it still has. */
    record Pruned(Jaxpr jaxpr, Ints inputs) {}

    private final Map<Demand, Pruned> pruned = new HashMap<>();
    private final Map<Jaxpr, Jaxpr> whole = new IdentityHashMap<>();
    private final ControlPruning controls = new ControlPruning(this);

    /** Keeps all inputs and outputs. */
    Jaxpr all(Jaxpr jaxpr) {
        Jaxpr known = whole.get(jaxpr);
        if (known == null) {
            known = prune(jaxpr, jaxpr.outputs());
            whole.put(jaxpr, known);
        }
        return known;
    }

    /** Keeps the given outputs, the inputs that these need, and the given inputs. */
    Pruned part(Jaxpr jaxpr, Ints outputs, Ints inputs) {
        Demand demand = new Demand(jaxpr, outputs, inputs);
        Pruned known = pruned.get(demand);
        if (known == null) {
            Jaxpr body = prune(jaxpr, pick(jaxpr.outputs(), outputs));
            Set<Var> read = body.reads();
            Ints kept = Ints.of(Ints.range(body.inputs().size()).stream()
                    .filter(i ->
                            inputs.contains(i) || read.contains(body.inputs().get(i))));
            known = new Pruned(
                    new Jaxpr(body.constants(), pick(body.inputs(), kept), body.equations(), body.outputs()), kept);
            pruned.put(demand, known);
        }
        return known;
    }

    private Jaxpr prune(Jaxpr jaxpr, Array<Atom> outputs) {
        Array<Equation> equations = jaxpr.equations();
        VarSet live = new VarSet(equations.size());
        live.addAll(outputs);
        Equation[] kept = new Equation[equations.size()];
        int first = kept.length;
        for (int i = kept.length - 1; i >= 0; i--) {
            Equation pruned = isLive(equations.get(i), live) ? prune(equations.get(i), live) : null;
            if (pruned != null) {
                kept[--first] = pruned;
                live.addAll(pruned.inputs());
            }
        }
        Array<Constant> constants = jaxpr.constants().filter(c -> live.contains(c.var()));
        return new Jaxpr(constants, jaxpr.inputs(), Array.of(Arrays.copyOfRange(kept, first, kept.length)), outputs);
    }

    private Equation prune(Equation equation, VarSet live) {
        return switch (equation.primitive()) {
            case Control control -> {
                Array<Var> results = equation.outputs();
                Ints read = Ints.of(Ints.range(results.size()).stream().filter(i -> live.contains(results.get(i))));
                yield controls.prune(equation, control, read);
            }
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Custom _ -> equation;
        };
    }

    static <T> Array<T> pick(Array<T> values, Ints indices) {
        return Array.ofAll(indices.stream().mapToObj(values::get));
    }

    private static boolean isLive(Equation equation, VarSet live) {
        return live.containsAny(equation.outputs()) || Effects.of(equation.primitive());
    }
}
