package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Splits a program in two by what its equations depend on: one that needs only the known inputs, and one that takes the
 * unknown inputs and what it needs of the first, the residuals. Sub-programs of calls are split likewise, once each.
 */
final class PartialEvaluation {
    private static final ProgramCache<Array<Boolean>, Split> SPLITS = new ProgramCache<>();

    private final JaxprBuilder known = new JaxprBuilder();
    private final JaxprBuilder unknown = new JaxprBuilder();
    private final Map<Var, Atom> knownAtoms = new IdentityHashMap<>();
    private final Map<Var, Atom> unknownAtoms = new IdentityHashMap<>();
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
        return SPLITS.get(
                jaxpr, unknownInputs, () -> new PartialEvaluation().split(jaxpr, unknownInputs, Array.empty()));
    }

    /** The split in which at least the outputs marked in {@code wanted} come from the unknown half. */
    static Split of(Jaxpr jaxpr, Array<Boolean> unknownInputs, Array<Boolean> wanted) {
        return new PartialEvaluation().split(jaxpr, unknownInputs, wanted);
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
        Array<Boolean> unknownOutputs =
                jaxpr.outputs().zipWithIndex((out, i) -> isUnknown(out) || (!wanted.isEmpty() && wanted.get(i)));
        Array<Atom> laterOutputs = Masks.select(unknownOutputs, jaxpr.outputs()).map(this::unknownAtom);
        Array<Atom> knownOutputs =
                Masks.select(Masks.not(unknownOutputs), jaxpr.outputs()).map(this::knownAtom);
        Array<Atom> needed = Array.ofAll(computed.keySet());
        Array<Atom> results = knownOutputs.appendAll(needed.filter(atom -> !knownOutputs.contains(atom)));
        Jaxpr later = unknown.build(laterOutputs);
        Array<Var> inputs =
                Array.ofAll(computed.values()).appendAll(forwarded.values()).appendAll(unknownInputs);
        return new Split(
                known.build(results),
                new Jaxpr(later.constants(), inputs, later.equations(), later.outputs()),
                unknownOutputs,
                needed.map(results::indexOf),
                Array.ofAll(forwarded.keySet()).map(knownInputs::indexOf));
    }

    private void split(Equation equation) {
        Array<Boolean> mask = equation.inputs().map(this::isUnknown);
        if (!mask.contains(true)) {
            append(known, knownAtoms, equation, equation.inputs().map(this::knownAtom));
        } else if (equation.primitive() instanceof Control.Call call && mask.contains(false)) {
            Function<Jaxpr, Control.Calling> make = body -> new Control.Call(call.label(), body);
            splitCall(equation, of(call.body(), mask), make, make, mask);
        } else if (equation.primitive() instanceof Control.Checkpoint p && mask.contains(false)) {
            splitCall(equation, CheckpointSplit.of(p, mask), CheckpointSplit.known(p), p::differentiating, mask);
        } else {
            append(unknown, unknownAtoms, equation, equation.inputs().map(this::unknownAtom));
        }
    }

    private void splitCall(
            Equation equation,
            Split parts,
            Function<Jaxpr, Control.Calling> earlier,
            Function<Jaxpr, Control.Calling> later,
            Array<Boolean> mask) {
        Array<Atom> operands = Masks.select(Masks.not(mask), equation.inputs()).map(this::knownAtom);
        Array<Atom> results = parts.known().outputs().isEmpty()
                ? Array.empty()
                : known.append(earlier.apply(parts.known()), operands, equation.source());
        Array<Boolean> isKnown = Masks.not(parts.unknownOutputs());
        Array<Var> knownOutputs = Masks.select(isKnown, equation.outputs());
        bind(knownAtoms, knownOutputs, results.take(knownOutputs.size()));
        Array<Atom> residuals = parts.<Atom>residuals(operands, results).map(atom -> residual(atom, equation.source()));
        Array<Atom> laterOperands =
                residuals.appendAll(Masks.select(mask, equation.inputs()).map(this::unknownAtom));
        Array<Var> laterOutputs = Masks.select(parts.unknownOutputs(), equation.outputs());
        if (!laterOutputs.isEmpty()) {
            bind(
                    unknownAtoms,
                    laterOutputs,
                    unknown.append(later.apply(parts.unknown()), laterOperands, equation.source()));
        }
    }

    private static void append(JaxprBuilder builder, Map<Var, Atom> atoms, Equation equation, Array<Atom> operands) {
        bind(atoms, equation.outputs(), builder.append(equation.primitive(), operands, equation.source()));
    }

    private static void bind(Map<Var, Atom> atoms, Array<Var> vars, Array<Atom> values) {
        for (int i = 0; i < vars.size(); i++) {
            atoms.put(vars.get(i), values.get(i));
        }
    }

    private boolean isUnknown(Atom atom) {
        return atom instanceof Var var && unknownAtoms.containsKey(var);
    }

    private Atom knownAtom(Atom atom) {
        return atom instanceof Var var ? knownAtoms.get(var) : atom;
    }

    private Atom unknownAtom(Atom atom) {
        return isUnknown(atom) ? unknownAtoms.get((Var) atom) : residual(knownAtom(atom), SourceInfo.UNKNOWN);
    }

    /** The atom of the unknown program for one of the known program. What costs nothing to make again is no residual. */
    private Atom residual(Atom atom, SourceInfo source) {
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
                unknown.append(
                                definition.primitive(),
                                definition.inputs().map(in -> residual(in, source)),
                                definition.source())
                        .get(0);
            default -> computed.computeIfAbsent(var, v -> unknown.input(v.type()));
        };
    }
}
