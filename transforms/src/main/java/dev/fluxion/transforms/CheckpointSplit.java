package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.passes.DeadCode;
import io.vavr.collection.Array;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Partial evaluation of a checkpoint. The known half gives the known results and what the policy saves; the unknown half
 * takes that and the known inputs, and computes again what else it needs.
 */
final class CheckpointSplit {
    private record Key(CheckpointPolicy policy, Array<Boolean> unknownInputs) {}

    private static final ProgramCache<Key, PartialEvaluation.Split> SPLITS = new ProgramCache<>();

    private CheckpointSplit() {}

    /** The two halves of the body; made once for each program, policy and choice of inputs. */
    static PartialEvaluation.Split of(Control.Checkpoint p, Array<Boolean> unknownInputs) {
        Key key = new Key(p.policy(), unknownInputs);
        return SPLITS.get(p.body(), key, () -> split(PartialEvaluation.of(p.body(), unknownInputs), p.policy()));
    }

    /** The operation of the known half: a plain call, unless it is itself what a derivative computes again. */
    static Function<Jaxpr, Control.Calling> known(Control.Checkpoint p) {
        return p.differentiated() ? p::withBody : body -> new Control.Call(p.label(), body);
    }

    /** @param plain the halves that keep everything */
    private static PartialEvaluation.Split split(PartialEvaluation.Split plain, CheckpointPolicy policy) {
        Jaxpr all = plain.known();
        Array<Atom> needed = plain.computed().map(all.outputs()::get);
        Recomputation again = Recomputation.of(all, needed, policy);
        Set<Var> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        again.inputs().forEach(wanted::add);
        plain.forwarded().forEach(i -> wanted.add(all.inputs().get(i)));
        Array<Var> given = all.inputs().filter(wanted::contains);
        Jaxpr unknown = unknown(plain, again, needed, given);
        // A loop that is run again may need fewer of its inputs than it has.
        Set<Var> read = unknown.reads();
        Array<Var> residuals = again.saved().appendAll(given);
        Array<Boolean> isKept = unknown.inputs().zipWithIndex((in, i) -> i >= residuals.size() || read.contains(in));
        Array<Var> saved = Masks.select(isKept.take(again.saved().size()), again.saved());
        Array<Var> forwarded = Masks.select(isKept.slice(again.saved().size(), residuals.size()), given);
        Array<Atom> results = all.outputs().take(plain.unknownOutputs().count(later -> !later));
        Map<Atom, Integer> there = PartialEvaluation.positions(results);
        Array<Atom> outputs = results.appendAll(saved.filter(var -> !there.containsKey(var)));
        Jaxpr known = new Jaxpr(all.constants(), all.inputs(), again.earlier(), outputs);
        return new PartialEvaluation.Split(
                new DeadCode().apply(known),
                new Jaxpr(
                        Array.empty(), Masks.select(isKept, unknown.inputs()), unknown.equations(), unknown.outputs()),
                plain.unknownOutputs(),
                saved.map(PartialEvaluation.positions(outputs)::get),
                forwarded.map(PartialEvaluation.positions(all.inputs())::get));
    }

    /** (saved values, known inputs, unknown inputs) to the unknown results. */
    private static Jaxpr unknown(
            PartialEvaluation.Split plain, Recomputation again, Array<Atom> needed, Array<Var> given) {
        JaxprBuilder builder = new JaxprBuilder();
        Map<Var, Atom> env = new IdentityHashMap<>();
        again.saved().appendAll(given).forEach(var -> env.put(var, builder.input(var.type())));
        for (Equation equation : again.later()) {
            Array<Atom> operands = equation.inputs().map(in -> read(env, in));
            Array<Atom> results = builder.append(equation.primitive(), operands, equation.source());
            for (int i = 0; i < results.size(); i++) {
                env.put(equation.outputs().get(i), results.get(i));
            }
        }
        Array<Atom> residuals = needed.appendAll(
                        plain.forwarded().map(plain.known().inputs()::get))
                .map(atom -> read(env, atom));
        Array<Atom> inputs = plain.unknown().inputTypes().drop(residuals.size()).map(builder::input);
        return new DeadCode().apply(builder.build(builder.inline(plain.unknown(), residuals.appendAll(inputs))));
    }

    private static Atom read(Map<Var, Atom> env, Atom atom) {
        return atom instanceof Var var ? env.get(var) : atom;
    }
}
