package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Var;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Forward mode for {@code sum_k d^2 f[v_k, v_k]}: each value goes through the program once, together with its derivatives
 * {@code J = (df v_1, .., df v_K)} and the sum {@code L} of its second derivatives. One operation {@code y = g(x)} does
 *
 * <pre>
 * J_y = dg J_x        L_y = dg L_x + sum_k d^2 g[J_k, J_k]
 * </pre>
 *
 * so that a linear operation costs K + 2 applications where K nested forward derivatives cost 2 K + 1. Both derivatives of
 * an operation come from {@link JvpRules}: there is no further table of rules.
 *
 * <p>Source: R. Li et al., "A computational framework for neural network-based variational Monte Carlo with Forward
 * Laplacian", Nature Machine Intelligence 6 (2024).
 */
final class ForwardLaplacian {
    private record Key(Array<Boolean> first, Array<Boolean> second, int directions) {}

    /** A sub-program pushed forward, and which of its outputs have derivatives. */
    private record Pushed(Jaxpr jaxpr, Array<Boolean> first, Array<Boolean> second) {}

    private static final ProgramCache<Key, Pushed> PROGRAMS = new ProgramCache<>();

    private final int directions;
    private final Map<Var, NDArray> first = new IdentityHashMap<>();
    private final Map<Var, NDArray> second = new IdentityHashMap<>();

    private ForwardLaplacian(int directions) {
        this.directions = directions;
    }

    /**
     * Values and derivatives side by side; null is zero.
     *
     * @param first {@code [K, shape]}, one row for each direction
     * @param second the sum over the directions
     */
    record Curved(Array<NDArray> values, Array<NDArray> first, Array<NDArray> second) {}

    /** The outputs with their derivatives as equations of the innermost trace. */
    static Curved push(Jaxpr jaxpr, Curved inputs, int directions) {
        return new ForwardLaplacian(directions).walk(jaxpr, inputs);
    }

    private Curved walk(Jaxpr jaxpr, Curved inputs) {
        Trace trace = Trace.current();
        Environment values = new Environment(jaxpr, inputs.values());
        put(jaxpr.inputs(), inputs.first(), inputs.second());
        for (Equation equation : jaxpr.equations()) {
            trace.from(equation.source());
            Curved in = new Curved(
                    values.get(equation.inputs()),
                    equation.inputs().map(first::get),
                    equation.inputs().map(second::get));
            if (in.first().exists(j -> j != null) && !equation.outputs().isEmpty()) {
                try {
                    Curved out = operation(equation.primitive(), in);
                    values.put(equation.outputs(), out.values());
                    put(equation.outputs(), out.first(), out.second());
                } catch (FluxionException e) {
                    throw e.at(equation.source(), trace.context());
                }
            } else {
                values.put(equation.outputs(), Tracing.bindAll(equation.primitive(), in.values()));
            }
        }
        return new Curved(
                values.get(jaxpr.outputs()),
                jaxpr.outputs().map(first::get),
                jaxpr.outputs().map(second::get));
    }

    private void put(Array<Var> vars, Array<NDArray> js, Array<NDArray> ls) {
        for (int i = 0; i < vars.size(); i++) {
            Var var = vars.get(i);
            if (js.get(i) != null) {
                first.put(var, js.get(i));
            }
            if (ls.get(i) != null) {
                second.put(var, Lax.broadcast(ls.get(i), var.shape()));
            }
        }
    }

    private Curved operation(Primitive primitive, Curved in) {
        return primitive instanceof Control.Call call ? call(call, in) : single(primitive, in);
    }

    /** One operation: its second derivative along each direction, for all directions at once, and then summed. */
    private Curved single(Primitive primitive, Curved in) {
        Array<Boolean> literal = in.values().map(x -> x.value().isLiteral());
        Array<Boolean> variable = Masks.not(literal);
        Array<NDArray> operands = Masks.select(variable, in.values());
        Array<NDArray> rows = Masks.select(variable, in.first());
        Array<Boolean> active = Masks.present(rows);
        SourceInfo source = Trace.current().source();
        Traced alone = Trace.of("taking a laplacian", operands.map(NDArray::type), inputs -> {
            Trace.current().from(source);
            Array<NDArray> spread = Masks.spread(variable, inputs);
            return Tracing.bindAll(primitive, in.values().zipWithIndex((x, i) -> literal.get(i) ? x : spread.get(i)));
        });
        Jaxpr operation = alone.jaxpr();
        JvpProgram once = Jvp.of(operation, active);
        JvpProgram twice = Jvp.of(once.jaxpr(), active.appendAll(Leaves.none(active.count(a -> a))));

        Array<NDArray> along = rows.filter(j -> j != null);
        Array<Boolean> marks = Leaves.none(operands.size()).appendAll(Array.fill(2 * along.size(), true));
        Lanes lanes =
                Batch.push(twice.jaxpr(), new Lanes(operands.appendAll(along).appendAll(along), marks, directions));
        int outs = operation.outputs().size();
        Array<NDArray> values = lanes.arrays().take(outs);
        int tangents = once.jaxpr().outputs().size() - outs;
        Array<NDArray> js = Masks.spread(
                once.activeOutputs(), Array.range(outs, outs + tangents).map(lanes::front));
        Array<Boolean> curvedOutputs = twice.activeOutputs().drop(outs);
        int before = outs + tangents + twice.activeOutputs().take(outs).count(a -> a);
        Array<NDArray> curvature = Masks.spread(
                curvedOutputs, Array.range(before, lanes.arrays().size()).map(i -> Batch.sumOverBatch(lanes.front(i))));
        Array<NDArray> ofLaplacians = chain(operation, operands, Masks.select(variable, in.second()));
        Array<NDArray> ls = ofLaplacians.zipWith(Masks.spread(once.activeOutputs(), curvature), JvpRules::sum);
        return new Curved(values, js, ls);
    }

    /** {@code dg L}: null where zero. */
    private static Array<NDArray> chain(Jaxpr operation, Array<NDArray> operands, Array<NDArray> ls) {
        return ls.exists(l -> l != null)
                ? Jvp.push(operation, operands, ls).tangents()
                : operation.outputs().map(out -> null);
    }

    /** A shared sub-program stays one. */
    private Curved call(Control.Call call, Curved in) {
        Key key = new Key(Masks.present(in.first()), Masks.present(in.second()), directions);
        Pushed pushed = PROGRAMS.get(call.body(), key, () -> pushed(call.body(), key));
        int outs = call.body().outputs().size();
        Array<NDArray> results = SubPrograms.call(
                call.label(),
                pushed.jaxpr(),
                in.values()
                        .appendAll(in.first().filter(j -> j != null))
                        .appendAll(in.second().filter(l -> l != null)));
        int rows = pushed.first().count(a -> a);
        return new Curved(
                results.take(outs),
                Masks.spread(pushed.first(), results.slice(outs, outs + rows)),
                Masks.spread(pushed.second(), results.drop(outs + rows)));
    }

    private static Pushed pushed(Jaxpr body, Key key) {
        Array<ArrayType> types = body.inputTypes();
        Array<ArrayType> rows = Masks.select(key.first(), types).map(type -> Batch.over(type, key.directions()));
        @SuppressWarnings({"unchecked", "rawtypes"})
        Array<Boolean>[] present = new Array[2];
        Traced traced = Trace.of(
                "taking a laplacian", types.appendAll(rows).appendAll(Masks.select(key.second(), types)), arguments -> {
                    int values = types.size();
                    Curved out = push(
                            body,
                            new Curved(
                                    arguments.take(values),
                                    Masks.spread(key.first(), arguments.slice(values, values + rows.size())),
                                    Masks.spread(key.second(), arguments.drop(values + rows.size()))),
                            key.directions());
                    present[0] = Masks.present(out.first());
                    present[1] = Masks.present(out.second());
                    return out.values()
                            .appendAll(out.first().filter(j -> j != null))
                            .appendAll(out.second().filter(l -> l != null));
                });
        return new Pushed(traced.jaxpr(), present[0], present[1]);
    }
}
