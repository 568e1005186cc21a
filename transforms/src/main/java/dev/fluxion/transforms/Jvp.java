package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.ErrorCode;
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

/**
 * Forward mode: {@code (x, t) -> (f(x), f'(x) t)}. Walks over the equations with the value of each variable and, where it
 * is not known to be zero, its tangent; {@link JvpRules} says what one operation does to tangents.
 */
public final class Jvp {
    private record Key(Array<Boolean> active, Array<Boolean> wanted) {}

    private static final ProgramCache<Key, JvpProgram> PROGRAMS = new ProgramCache<>();

    private Jvp() {}

    /**
     * The program of (inputs, tangents of the active inputs) that gives (outputs, tangents of the active outputs). Made once
     * for each program and choice of inputs.
     *
     * @param active which inputs have a tangent; floats only
     * @throws FluxionException when an active input is not a float, or an operation has no derivative
     */
    public static JvpProgram of(Jaxpr jaxpr, Array<Boolean> active) {
        return of(jaxpr, active, Leaves.none(jaxpr.outputs().size()));
    }

    /** As {@link #of(Jaxpr, Array)}, with tangents of at least the outputs marked in {@code wanted}, zeros included. */
    static JvpProgram of(Jaxpr jaxpr, Array<Boolean> active, Array<Boolean> wanted) {
        return PROGRAMS.get(jaxpr, new Key(active, wanted), () -> {
            if (wanted.contains(true)) {
                JvpProgram least = of(jaxpr, active);
                if (Masks.or(least.activeOutputs(), wanted).equals(least.activeOutputs())) {
                    return least;
                }
            }
            return trace(jaxpr, active, wanted);
        });
    }

    private static JvpProgram trace(Jaxpr jaxpr, Array<Boolean> active, Array<Boolean> wanted) {
        Array<ArrayType> tangentTypes = Masks.select(active, jaxpr.inputTypes());
        requireFloats("jvp", tangentTypes);
        int inputs = jaxpr.inputs().size();
        List<Boolean> activeOutputs = new ArrayList<>();
        Traced traced = Trace.of("taking a jvp", jaxpr.inputTypes().appendAll(tangentTypes), arguments -> {
            Duals duals = push(jaxpr, arguments.take(inputs), Masks.spread(active, arguments.drop(inputs)));
            Array<Boolean> given = Masks.or(Masks.present(duals.tangents()), wanted);
            given.forEach(activeOutputs::add);
            Array<NDArray> tangents = Transpose.withZeros(
                    Masks.select(given, duals.tangents()), Masks.select(given, jaxpr.outputTypes()));
            return duals.primals().appendAll(tangents);
        });
        return new JvpProgram(traced.jaxpr(), Array.ofAll(activeOutputs));
    }

    /** Refuses tangents of integers and truth values. */
    static void requireFloats(String transform, Array<ArrayType> types) {
        types.filter(type -> !type.dtype().isFloating()).forEach(type -> {
            throw FluxionException.of(ErrorCode.NON_FLOAT_GRAD, transform + ": no derivative with respect to " + type)
                    .hint("differentiate with respect to floats; convert with astype");
        });
    }

    /** The outputs and their tangents as equations of the innermost trace. */
    static Duals push(Jaxpr jaxpr, Array<NDArray> inputs, Array<NDArray> inputTangents) {
        Trace trace = Trace.current();
        Environment values = new Environment(jaxpr, inputs);
        VarMap<NDArray> tangents = new VarMap<>(jaxpr.equations().size());
        put(tangents, jaxpr.inputs(), inputTangents);
        jaxpr.equations().forEach(equation -> push(equation, values, tangents, trace));
        return new Duals(values.get(jaxpr.outputs()), get(tangents, jaxpr.outputs()));
    }

    private static void push(Equation equation, Environment values, VarMap<NDArray> tangents, Trace trace) {
        trace.from(equation.source());
        Array<NDArray> in = values.get(equation.inputs());
        Array<NDArray> t = get(tangents, equation.inputs());
        if (!Masks.isEmpty(t)) {
            try {
                Duals results = JvpRules.of(equation.primitive(), in, t);
                values.put(equation.outputs(), results.primals());
                put(tangents, equation.outputs(), results.tangents());
            } catch (FluxionException e) {
                throw e.at(equation.source(), trace.context());
            }
        } else {
            values.put(equation.outputs(), Tracing.bindAll(equation.primitive(), in));
        }
    }

    private static Array<NDArray> get(VarMap<NDArray> tangents, Array<Atom> atoms) {
        NDArray[] found = new NDArray[atoms.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = atoms.get(i) instanceof Var var ? tangents.get(var) : null;
        }
        return Array.of(found);
    }

    private static void put(VarMap<NDArray> tangents, Array<Var> vars, Array<NDArray> values) {
        for (int i = 0; i < vars.size(); i++) {
            NDArray tangent = values.get(i);
            if (tangent != null) {
                // A scalar constant may stand for an array among operands, but a variable has the type it has.
                tangents.put(vars.get(i), Lax.broadcast(tangent, vars.get(i).shape()));
            }
        }
    }
}
