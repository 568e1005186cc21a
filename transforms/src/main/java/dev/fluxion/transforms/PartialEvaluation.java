package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Effects;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Splits a program in two by what its equations depend on: one that needs only the known inputs, and one that takes the
 * unknown inputs and what it needs of the first, the residuals. Sub-programs of calls are split likewise, once each.
 */
final class PartialEvaluation {
    private record Key(Array<Boolean> unknownInputs, Array<Boolean> wanted) {}

    private static final ProgramCache<Key, Split> SPLITS = new ProgramCache<>();

    private final JaxprBuilder known = new JaxprBuilder();
    private final JaxprBuilder unknown = new JaxprBuilder();
    private final VarMap<Atom> knownAtoms = new VarMap<>();
    private final VarMap<Atom> unknownAtoms = new VarMap<>();
    /** From variables of the known program to those of the unknown one. */
    private final Map<Var, Var> computed = new LinkedHashMap<>();

    private final Map<Var, Var> forwarded = new LinkedHashMap<>();
    private final Map<Var, ArrayData> constants = new IdentityHashMap<>();
    private final List<Var> knownInputs = new ArrayList<>();
    private final List<Var> unknownInputs = new ArrayList<>();

    private PartialEvaluation() {}

    /**
     * The two halves of a program.
     *
     * @param known known inputs to known outputs, then further residuals
     * @param unknown the outputs of {@code known} at {@code computed}, then the known inputs at {@code forwarded}, then the
     *     unknown inputs, to unknown outputs
     * @param computed positions among the outputs of {@code known}
     * @param forwarded positions among the known inputs
     */
    record Split(
            Jaxpr known,
            Jaxpr unknown,
            Array<Boolean> unknownOutputs,
            Array<Integer> computed,
            Array<Integer> forwarded) {
        /** What the unknown half needs of the known one, given that one's inputs and outputs. */
        <T> Array<T> residuals(Array<? extends T> inputs, Array<? extends T> outputs) {
            return computed.<T>map(outputs::get).appendAll(forwarded.<T>map(inputs::get));
        }
    }

    /** The split in which just those outputs are unknown that depend on unknown inputs. */
    static Split of(Jaxpr jaxpr, Array<Boolean> unknownInputs) {
        return of(jaxpr, unknownInputs, Leaves.none(jaxpr.outputs().size()));
    }

    /** The split in which at least the outputs marked in {@code wanted} come from the unknown half. */
    static Split of(Jaxpr jaxpr, Array<Boolean> unknownInputs, Array<Boolean> wanted) {
        return SPLITS.get(
                jaxpr,
                new Key(unknownInputs, wanted),
                () -> new PartialEvaluation().split(jaxpr, unknownInputs, wanted));
    }

    private Split split(Jaxpr jaxpr, Array<Boolean> isUnknown, Array<Boolean> wanted) {
        jaxpr.constants().forEach(c -> {
            Var var = known.constant(c.value());
            constants.put(var, c.value());
            knownAtoms.put(c.var(), var);
        });
        for (int i = 0; i < isUnknown.size(); i++) {
            Var input = jaxpr.inputs().get(i);
            boolean later = isUnknown.get(i);
            Var here = (later ? unknown : known).input(input.type());
            (later ? unknownInputs : knownInputs).add(here);
            (later ? unknownAtoms : knownAtoms).put(input, here);
        }
        jaxpr.equations().forEach(this::split);
        Array<Boolean> unknownOutputs = jaxpr.outputs().zipWithIndex((out, i) -> isUnknown(out) || wanted.get(i));
        Array<Atom> laterOutputs = Masks.select(unknownOutputs, jaxpr.outputs()).map(this::unknownAtom);
        Array<Atom> knownOutputs =
                Masks.select(Masks.not(unknownOutputs), jaxpr.outputs()).map(this::knownAtom);
        Jaxpr later = unknown.build(laterOutputs);
        keepRead(later);
        Array<Atom> needed = Array.ofAll(computed.keySet());
        Map<Atom, Integer> given = positions(knownOutputs);
        Array<Atom> results = knownOutputs.appendAll(needed.filter(atom -> !given.containsKey(atom)));
        Array<Var> inputs =
                Array.ofAll(computed.values()).appendAll(forwarded.values()).appendAll(unknownInputs);
        return new Split(
                known.build(results),
                new Jaxpr(later.constants(), inputs, later.equations(), later.outputs()),
                unknownOutputs,
                needed.map(positions(results)::get),
                Array.ofAll(forwarded.keySet()).map(positions(knownInputs)::get));
    }

    /** Where each atom stands first; looked up for every residual of programs of any length. */
    static Map<Atom, Integer> positions(Iterable<? extends Atom> atoms) {
        Map<Atom, Integer> positions = new IdentityHashMap<>();
        int next = 0;
        for (Atom atom : atoms) {
            positions.putIfAbsent(atom, next++);
        }
        return positions;
    }

    /** Leaves out the residuals that only equations asked for which no output needs. */
    private void keepRead(Jaxpr later) {
        Set<Var> read = later.reads();
        computed.values().retainAll(read);
        forwarded.values().retainAll(read);
    }

    private void split(Equation equation) {
        Array<Atom> inputs = equation.inputs();
        int unknowns = 0;
        for (int i = 0; i < inputs.size(); i++) {
            unknowns += isUnknown(inputs.get(i)) ? 1 : 0;
        }
        if (unknowns == 0) {
            append(known, knownAtoms, equation, inputs.map(this::knownAtom));
        } else if (unknowns == inputs.size()) {
            later(equation);
        } else {
            switch (equation.primitive()) {
                case Control control -> split(equation, control, inputs.map(this::isUnknown));
                case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Custom _ -> later(equation);
            }
        }
    }

    private void split(Equation equation, Control control, Array<Boolean> mask) {
        switch (control) {
            case Control.Call call -> {
                Function<Jaxpr, Control.Calling> make = body -> new Control.Call(call.label(), body);
                splitCall(equation, of(call.body(), mask), make, make, mask);
            }
            case Control.Checkpoint p ->
                splitCall(equation, CheckpointSplit.of(p, mask), CheckpointSplit.known(p), p::differentiating, mask);
            case Control.CustomJvpCall _, Control.CustomVjpCall _, Control.CustomLinear _, Control.LinearSolve _ ->
                later(equation);
            case Control.Cond p -> new CondSplit(this, equation, p, mask).run();
            case Control.While p -> new WhileSplit(this, equation, p, mask).run();
            case Control.Scan p -> new ScanSplit(this, equation, p, mask).run();
        }
    }

    /** The whole equation becomes one of the unknown program. */
    void later(Equation equation) {
        append(unknown, unknownAtoms, equation, equation.inputs().map(this::unknownAtom));
    }

    /** An equation of the known program for the results of {@code equation} that are known; further ones follow them. */
    Array<Atom> known(Equation equation, Primitive p, Array<Atom> operands, Array<Boolean> unknownOutputs) {
        Array<Var> outputs = Masks.select(Masks.not(unknownOutputs), equation.outputs());
        Array<Atom> results = known.append(p, operands, equation.source());
        bind(knownAtoms, outputs, results.take(outputs.size()));
        return results;
    }

    /** An equation of the unknown program for the results of {@code equation} that are unknown. */
    void unknown(Equation equation, Primitive p, Array<Atom> operands, Array<Boolean> unknownOutputs) {
        Array<Var> outputs = Masks.select(unknownOutputs, equation.outputs());
        if (!outputs.isEmpty() || Effects.of(p)) {
            bind(unknownAtoms, outputs, unknown.append(p, operands, equation.source()));
        }
    }

    /** The whole operation in the unknown program, for those results of {@code equation} that are unknown. */
    void again(Equation equation, Primitive p, Array<Boolean> unknownOutputs) {
        Array<Atom> operands = equation.inputs().map(this::unknownAtom);
        Array<Atom> results = unknown.append(p, operands, equation.source());
        bind(unknownAtoms, Masks.select(unknownOutputs, equation.outputs()), Masks.select(unknownOutputs, results));
    }

    /** The equations of a program without constants, in the known program. */
    Array<Atom> inlineKnown(Jaxpr jaxpr, Array<Atom> operands) {
        return known.inline(jaxpr, operands);
    }

    /** The equations of a program without constants, in the unknown program. */
    Array<Atom> inlineUnknown(Jaxpr jaxpr, Array<Atom> operands) {
        return unknown.inline(jaxpr, operands);
    }

    private void splitCall(
            Equation equation,
            Split parts,
            Function<Jaxpr, Control.Calling> earlier,
            Function<Jaxpr, Control.Calling> later,
            Array<Boolean> mask) {
        Array<Atom> operands = Masks.select(Masks.not(mask), equation.inputs()).map(this::knownAtom);
        boolean nothing = parts.known().outputs().isEmpty() && !parts.known().hasEffects();
        Array<Atom> results = nothing
                ? Array.empty()
                : known(equation, earlier.apply(parts.known()), operands, parts.unknownOutputs());
        Array<Atom> residuals = parts.<Atom>residuals(operands, results).map(this::residual);
        Array<Atom> laterOperands =
                residuals.appendAll(Masks.select(mask, equation.inputs()).map(this::unknownAtom));
        unknown(equation, later.apply(parts.unknown()), laterOperands, parts.unknownOutputs());
    }

    private static void append(JaxprBuilder builder, VarMap<Atom> atoms, Equation equation, Array<Atom> operands) {
        bind(atoms, equation.outputs(), builder.append(equation.primitive(), operands, equation.source()));
    }

    private static void bind(VarMap<Atom> atoms, Array<Var> vars, Array<Atom> values) {
        for (int i = 0; i < vars.size(); i++) {
            atoms.put(vars.get(i), values.get(i));
        }
    }

    private boolean isUnknown(Atom atom) {
        return atom instanceof Var var && unknownAtoms.contains(var);
    }

    /** What stands for a known value in the known program. */
    Atom knownAtom(Atom atom) {
        return atom instanceof Var var ? knownAtoms.get(var) : atom;
    }

    /** What stands for any value in the unknown program. */
    Atom unknownAtom(Atom atom) {
        return isUnknown(atom) ? unknownAtoms.get((Var) atom) : residual(knownAtom(atom));
    }

    /** The atom of the unknown program for one of the known program. What costs nothing to make again is no residual. */
    Atom residual(Atom atom) {
        if (!(atom instanceof Var var)) {
            return atom;
        }
        if (constants.containsKey(var)) {
            return unknown.constant(constants.get(var));
        }
        Equation definition = known.definition(var);
        if (definition == null) {
            return forwarded.computeIfAbsent(var, v -> unknown.input(v.type()));
        }
        return switch (definition.primitive()) {
            case Movement.BroadcastInDim _, Movement.Iota _ ->
                unknown.append(definition.primitive(), definition.inputs().map(this::residual), definition.source())
                        .get(0);
            default -> computed.computeIfAbsent(var, v -> unknown.input(v.type()));
        };
    }
}
