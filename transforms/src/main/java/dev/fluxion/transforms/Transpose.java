package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import dev.fluxion.ir.VarMap;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The transpose of a linear program: {@code <c, A t> = <A' c, t>}. Walks over the equations from the last to the first with
 * the cotangent of each variable, the sum over its uses; {@link TransposeRules} says what one operation does to them.
 */
public final class Transpose {
    private record Key(Array<Boolean> linear, Array<Boolean> cotangents, Array<Boolean> wanted) {}

    private static final ProgramCache<Key, Transposed> PROGRAMS = new ProgramCache<>();

    private Transpose() {}

    /**
     * A transposed program: takes the inputs that are not linear, then the cotangents given, and gives the cotangents of
     * the linear inputs marked in {@code nonzero}, which has one entry for each linear input.
     */
    record Transposed(Jaxpr jaxpr, Array<Boolean> nonzero) {}

    /**
     * The program of (residuals, cotangents of all outputs) that gives the cotangents of all other inputs.
     *
     * @param linear a program that is linear in its inputs after the first {@code residuals}
     * @throws FluxionException when it is not
     */
    public static Jaxpr of(Jaxpr linear, int residuals) {
        Array<Boolean> isLinear = linear.inputs().zipWithIndex((in, i) -> i >= residuals);
        Array<ArrayType> types = linear.inputTypes();
        Jvp.requireFloats("transpose", types.drop(residuals));
        Jvp.requireFloats("transpose", linear.outputTypes());
        Traced traced = Trace.of("transposing", types.take(residuals).appendAll(linear.outputTypes()), arguments -> {
            Array<NDArray> inputs = Masks.spread(Masks.not(isLinear), arguments.take(residuals));
            return withZeros(pullThrough(linear, inputs, arguments.drop(residuals)), types)
                    .drop(residuals);
        });
        return traced.jaxpr();
    }

    /** The transpose for some of the inputs and some of the outputs; the cotangents of the other outputs are zero. */
    static Transposed of(Jaxpr jaxpr, Array<Boolean> linear, Array<Boolean> cotangents) {
        return of(jaxpr, linear, cotangents, Leaves.none(linear.count(marked -> marked)));
    }

    /**
     * As {@link #of(Jaxpr, Array, Array)}, with cotangents of at least the linear inputs marked in {@code wanted}, which has an
     * entry for each of them, zeros included.
     */
    static Transposed of(Jaxpr jaxpr, Array<Boolean> linear, Array<Boolean> cotangents, Array<Boolean> wanted) {
        return PROGRAMS.get(jaxpr, new Key(linear, cotangents, wanted), () -> {
            if (wanted.contains(true)) {
                Transposed least = of(jaxpr, linear, cotangents);
                if (Masks.or(least.nonzero(), wanted).equals(least.nonzero())) {
                    return least;
                }
            }
            return trace(jaxpr, linear, cotangents, wanted);
        });
    }

    private static Transposed trace(
            Jaxpr jaxpr, Array<Boolean> linear, Array<Boolean> cotangents, Array<Boolean> wanted) {
        Array<Boolean> known = Masks.not(linear);
        Array<ArrayType> residualTypes = Masks.select(known, jaxpr.inputTypes());
        Array<ArrayType> types = residualTypes.appendAll(Masks.select(cotangents, jaxpr.outputTypes()));
        List<Boolean> nonzero = new ArrayList<>();
        Traced traced = Trace.of("transposing", types, arguments -> {
            Array<NDArray> inputs = Masks.spread(known, arguments.take(residualTypes.size()));
            Array<NDArray> given = Masks.spread(cotangents, arguments.drop(residualTypes.size()));
            Array<NDArray> results = Masks.select(linear, pullThrough(jaxpr, inputs, given));
            Array<Boolean> marks = Masks.or(Masks.present(results), wanted);
            marks.forEach(nonzero::add);
            return withZeros(
                    Masks.select(marks, results), Masks.select(marks, Masks.select(linear, jaxpr.inputTypes())));
        });
        return new Transposed(traced.jaxpr(), Array.ofAll(nonzero));
    }

    /** As {@link #pull}, for a program that may mix linear and other equations, within calls too. */
    static Array<NDArray> pullThrough(Jaxpr jaxpr, Array<NDArray> inputs, Array<NDArray> cotangents) {
        Array<Boolean> linear = inputs.map(input -> input == null);
        PartialEvaluation.Split split = PartialEvaluation.of(jaxpr, linear);
        Array<NDArray> known = inputs.filter(input -> input != null);
        Array<NDArray> residuals = split.residuals(known, Tracing.call(split.known(), known));
        Array<NDArray> none = Array.fill(linear.count(isLinear -> isLinear), () -> null);
        Array<NDArray> results =
                pull(split.unknown(), residuals.appendAll(none), Masks.select(split.unknownOutputs(), cotangents));
        return Masks.spread(linear, results.drop(residuals.size()));
    }

    /**
     * The cotangents of the linear inputs as equations of the innermost trace; null is zero.
     *
     * @param inputs null where the program is linear
     * @param cotangents of the outputs; null is zero
     */
    static Array<NDArray> pull(Jaxpr jaxpr, Array<NDArray> inputs, Array<NDArray> cotangents) {
        Trace trace = Trace.current();
        Environment known = new Environment(jaxpr, inputs);
        List<Equation> linear = new ArrayList<>();
        jaxpr.equations().forEach(equation -> {
            Array<NDArray> in = known.get(equation.inputs());
            if (in.exists(Objects::isNull)) {
                linear.add(equation);
            } else {
                trace.from(equation.source());
                known.put(equation.outputs(), Tracing.bindAll(equation.primitive(), in));
            }
        });
        VarMap<NDArray> sums = new VarMap<>(linear.size());
        accumulate(sums, known, jaxpr.outputs(), cotangents);
        linear.reversed().forEach(equation -> pull(equation, sums, known, trace));
        return jaxpr.inputs().map(sums::get);
    }

    private static void pull(Equation equation, VarMap<NDArray> sums, Environment known, Trace trace) {
        Array<NDArray> out = equation.outputs().map(sums::get);
        if (Masks.isEmpty(out)) {
            return;
        }
        trace.from(equation.source());
        Array<Operand> operands = equation.inputs().map(in -> new Operand(in.type(), known.get(in)));
        Array<ArrayType> types = equation.outputs().map(Var::type);
        try {
            accumulate(sums, known, equation.inputs(), TransposeRules.of(equation.primitive(), operands, out, types));
        } catch (FluxionException e) {
            throw e.at(equation.source(), trace.context());
        }
    }

    private static void accumulate(
            VarMap<NDArray> sums, Environment known, Array<Atom> atoms, Array<NDArray> cotangents) {
        for (int i = 0; i < atoms.size(); i++) {
            if (atoms.get(i) instanceof Var var && cotangents.get(i) != null && known.get(var) == null) {
                NDArray cotangent = Lax.broadcast(cotangents.get(i), var.shape());
                NDArray before = sums.get(var);
                sums.put(var, before == null ? cotangent : before.plus(cotangent));
            }
        }
    }

    /** Zeros in the place of nulls. */
    static Array<NDArray> withZeros(Array<NDArray> values, Array<ArrayType> types) {
        return values.zipWith(types, (value, type) -> value == null ? Scalars.zeros(type) : value);
    }
}
