package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Var;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Taylor mode: power series of inputs to power series of outputs. Walks over the equations with the series of each variable;
 * {@link JetRules} says what one operation does to series.
 */
final class Jet {
    private record Key(int order, Array<Boolean> active, Array<Boolean> wanted) {}

    private static final ProgramCache<Key, JvpProgram> PROGRAMS = new ProgramCache<>();

    private Jet() {}

    /**
     * Programs in which every tangent is the coefficients of a series, {@code order} of them for each value: those of one
     * value side by side. Made once for each program and choice of coefficients.
     */
    static ForwardMode mode(int order) {
        return new ForwardMode() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public JvpProgram of(Jaxpr jaxpr, Array<Boolean> active, Array<Boolean> wanted) {
                return PROGRAMS.get(jaxpr, new Key(order, active, wanted), () -> trace(jaxpr, order, active, wanted));
            }
        };
    }

    private static JvpProgram trace(Jaxpr jaxpr, int order, Array<Boolean> active, Array<Boolean> wanted) {
        Array<ArrayType> termTypes = Masks.select(active, repeated(jaxpr.inputTypes(), order));
        Jvp.requireFloats("jet", termTypes);
        int inputs = jaxpr.inputs().size();
        List<Boolean> activeOutputs = new ArrayList<>();
        Traced traced = Trace.of("taking a jet", jaxpr.inputTypes().appendAll(termTypes), arguments -> {
            Array<NDArray> terms = Masks.spread(active, arguments.drop(inputs));
            Array<Taylor> results = push(jaxpr, series(arguments.take(inputs), terms, order), order);
            Array<NDArray> found = terms(results);
            Array<Boolean> given = Masks.or(Masks.present(found), wanted);
            given.forEach(activeOutputs::add);
            Array<NDArray> all = Transpose.withZeros(found, repeated(jaxpr.outputTypes(), order));
            return results.map(Taylor::primal).appendAll(Masks.select(given, all));
        });
        return new JvpProgram(traced.jaxpr(), Array.ofAll(activeOutputs));
    }

    /** Each element as often as a value has coefficients. */
    static <T> Array<T> repeated(Array<T> values, int order) {
        return values.flatMap(value -> Array.fill(order, value));
    }

    /** Values and their coefficients, those of one value side by side, as series. */
    static Array<Taylor> series(Array<NDArray> primals, Array<NDArray> terms, int order) {
        return primals.zipWithIndex((x, i) -> new Taylor(x, terms.slice(i * order, (i + 1) * order)));
    }

    /** The coefficients of all series, those of one series side by side. */
    static Array<NDArray> terms(Array<Taylor> series) {
        return Array.ofAll(series.toJavaStream().flatMap(x -> x.terms().toJavaStream()));
    }

    /** The series of the outputs as equations of the innermost trace. */
    static Array<Taylor> push(Jaxpr jaxpr, Array<Taylor> inputs, int order) {
        Trace trace = Trace.current();
        Map<Var, Taylor> values = new IdentityHashMap<>();
        jaxpr.constants().forEach(c -> values.put(c.var(), Taylor.constant(NDArray.of(c.value()), order)));
        put(values, jaxpr.inputs(), inputs);
        for (Equation equation : jaxpr.equations()) {
            trace.from(equation.source());
            Array<Taylor> in = equation.inputs().map(atom -> get(values, atom, order));
            if (order > 0 && in.exists(x -> !x.isConstant())) {
                try {
                    put(values, equation.outputs(), JetRules.of(equation.primitive(), in));
                } catch (FluxionException e) {
                    throw e.at(equation.source(), trace.context());
                }
            } else {
                Array<NDArray> out = Tracing.bindAll(equation.primitive(), in.map(Taylor::primal));
                put(values, equation.outputs(), out.map(y -> Taylor.constant(y, order)));
            }
        }
        return jaxpr.outputs().map(atom -> get(values, atom, order));
    }

    private static Taylor get(Map<Var, Taylor> values, Atom atom, int order) {
        return switch (atom) {
            case Var var -> values.get(var);
            case Literal literal -> Taylor.constant(Tracing.literal(literal), order);
        };
    }

    private static void put(Map<Var, Taylor> values, Array<Var> vars, Array<Taylor> series) {
        for (int i = 0; i < vars.size(); i++) {
            Var var = vars.get(i);
            Taylor given = series.get(i);
            // A scalar constant may stand for an array among operands, but a variable has the type it has.
            Array<NDArray> terms = given.terms().map(term -> term == null ? null : Lax.broadcast(term, var.shape()));
            values.put(var, new Taylor(given.primal(), terms));
        }
    }
}
