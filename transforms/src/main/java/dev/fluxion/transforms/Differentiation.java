package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.TreeDef;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** Derivatives of functions of trees: flattens, calls the jaxpr transforms, and puts results back into trees. */
public final class Differentiation {
    /** Results and the map that waits for tangents or cotangents. */
    public record Pending(Object primal, Function map) {}

    /** A map between trees. */
    @FunctionalInterface
    public interface Function {
        Object apply(Object tree);
    }

    private Differentiation() {}

    /** {@code (f(p), df(p) . t)}. */
    public static Tuple2<Object, Object> jvp(TreeFunction f, Array<?> primals, Array<?> tangents) {
        Flat flat = f.flatten("jvp", primals);
        Array<ArrayType> types = flat.leaves().map(NDArray::type);
        Array<NDArray> dt = Leaves.matching("jvp tangents", tangents, flat.treeDef(), types);
        TracedTree traced = f.trace("jvp", flat);
        Array<Boolean> active =
                Leaves.floating(types).appendAll(Leaves.none(traced.captures().size()));
        record Forward(Program program, Array<Boolean> activeOutputs) {}
        Forward forward = traced.derive(Forward.class, t -> {
            JvpProgram p = Jvp.of(t.jaxpr(), active);
            checkForward("jvp", f, p.jaxpr());
            return new Forward(new Program(p.jaxpr()), p.activeOutputs());
        });
        Array<NDArray> results = forward.program()
                .call(flat.leaves().appendAll(traced.captures()).appendAll(Masks.select(active, dt)));
        int outs = traced.jaxpr().outputs().size();
        Array<NDArray> outTangents = Masks.spread(
                forward.activeOutputs(), results.drop(outs), traced.jaxpr().outputTypes());
        return new Tuple2<>(
                traced.result().unflatten(results.take(outs)), traced.result().unflatten(outTangents));
    }

    /** {@code f(p)} and the map {@code t -> df(p) . t}, whose known part has been computed. */
    public static Pending linearize(TreeFunction f, Array<?> primals) {
        Flat flat = f.flatten("linearize", primals);
        TracedTree traced = f.trace("linearize", flat);
        Array<ArrayType> types = flat.leaves().map(NDArray::type);
        Array<Boolean> active =
                Leaves.floating(types).appendAll(Leaves.none(traced.captures().size()));
        record Split(Program known, Program linear, Array<Boolean> activeOutputs) {}
        Split split = traced.derive(Split.class, t -> {
            Linearized l = Linearize.of(t.jaxpr(), active);
            checkForward("linearize", f, l.linear());
            return new Split(new Program(l.known()), new Program(l.linear()), l.activeOutputs());
        });
        Array<NDArray> results = split.known().call(flat.leaves().appendAll(traced.captures()));
        int outs = traced.jaxpr().outputs().size();
        Array<NDArray> residuals = results.drop(outs);
        Function map = tangents -> {
            Array<NDArray> dt = Leaves.matching("linearize tangents", tangents, flat.treeDef(), types);
            Array<NDArray> out = split.linear().call(residuals.appendAll(Masks.select(active, dt)));
            return traced.result()
                    .unflatten(Masks.spread(
                            split.activeOutputs(), out, traced.jaxpr().outputTypes()));
        };
        return new Pending(traced.result().unflatten(results.take(outs)), map);
    }

    /** {@code f(p)} and the pullback {@code ct -> ct . df(p)}. */
    public static Pending vjp(TreeFunction f, Array<?> primals) {
        Flat flat = f.flatten("vjp", primals);
        TracedTree traced = f.trace("vjp", flat);
        Array<ArrayType> types = flat.leaves().map(NDArray::type);
        Array<Boolean> active =
                Leaves.floating(types).appendAll(Leaves.none(traced.captures().size()));
        record Reverse(Program forward, Program pullback) {}
        Reverse reverse = traced.derive(Reverse.class, t -> {
            VjpProgram p = Vjp.of(t.jaxpr(), active);
            return new Reverse(new Program(p.forward()), new Program(p.pullback()));
        });
        Array<NDArray> results = reverse.forward().call(flat.leaves().appendAll(traced.captures()));
        Array<ArrayType> outTypes = traced.jaxpr().outputTypes();
        Array<NDArray> residuals = results.drop(outTypes.size());
        Function pullback = cotangents -> {
            Array<NDArray> ct = Leaves.matching("vjp cotangents", cotangents, traced.result(), outTypes);
            Array<NDArray> out =
                    reverse.pullback().call(residuals.appendAll(Masks.select(Leaves.floating(outTypes), ct)));
            return flat.treeDef().unflatten(Masks.spread(Leaves.floating(types), out, types));
        };
        return new Pending(traced.result().unflatten(results.take(outTypes.size())), pullback);
    }

    /** The value, the rest of the result, and the gradients with respect to some arguments. */
    public record Grads(NDArray value, Object aux, Array<Object> gradients) {}

    /** The gradient of a scalar function of one argument, by the shortcut next time. */
    public static Object grad(TreeFunction f, Object argument, Shortcut shortcut) {
        NDArray again = shortcut.call(argument);
        if (again != null) {
            return again;
        }
        Prepared prepared = prepare("grad", f, f.flatten("grad", Array.of(argument)), Array.of(0), false);
        Object gradient = prepared.run(false).gradients().get(0);
        shortcut.learn(argument, gradient, prepared.derivative().program(), 1);
        return gradient;
    }

    /**
     * The gradient of a scalar function.
     *
     * @param argnums the arguments to differentiate
     * @param hasAux whether f returns a pair (value, more)
     */
    public static Grads grad(
            String purpose, TreeFunction f, Array<?> arguments, Array<Integer> argnums, boolean hasAux) {
        return prepare(purpose, f, f.flatten(purpose, arguments), argnums, hasAux)
                .run(hasAux);
    }

    /** The program of value and gradients, and to which inputs these belong. */
    private record Derivative(Program program, Array<Boolean> wrt, Array<TreeDef> wrtTrees) {}

    private record Prepared(Flat flat, TracedTree traced, Derivative derivative) {
        Grads run(boolean hasAux) {
            Array<NDArray> inputs = flat.leaves().appendAll(traced.captures());
            Array<NDArray> results = derivative.program().call(inputs);
            int outs = traced.jaxpr().outputs().size();
            Array<NDArray> rest = results.drop(outs);
            GradientCalls.note(traced.jaxpr(), inputs, derivative.wrt(), rest);
            Array<Object> gradients = Array.empty();
            for (TreeDef tree : derivative.wrtTrees()) {
                gradients = gradients.append(tree.unflatten(rest.take(tree.leafCount())));
                rest = rest.drop(tree.leafCount());
            }
            Object aux = hasAux ? ((Tuple2<?, ?>) traced.result().<Object>unflatten(results.take(outs)))._2 : null;
            return new Grads(results.get(0), aux, gradients);
        }
    }

    private static Prepared prepare(String purpose, TreeFunction f, Flat flat, Array<Integer> argnums, boolean hasAux) {
        f.requireTraced(purpose, argnums);
        if (flat.leaves().exists(leaf -> !leaf.dtype().isFloating())) {
            checkFloating(f, flat.leaves(), marked(flat, argnums));
        }
        TracedTree traced = f.trace(purpose, flat);
        checkScalar(traced, hasAux);
        record Key(Array<Integer> argnums) {}
        Derivative derivative = traced.derive(new Key(argnums), t -> {
            Array<Boolean> wrt =
                    marked(flat, argnums).appendAll(Leaves.none(t.captures().size()));
            return new Derivative(new Program(Gradient.of(t.jaxpr(), wrt)), wrt, argnums.map(flat.treeDef()::child));
        });
        return new Prepared(flat, traced, derivative);
    }

    /** Refuses a derivative program that only its transpose could run. */
    static void checkForward(String transform, TreeFunction f, Jaxpr program) {
        if (Gradient.needsReverse(program)) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.MISSING_RULE,
                            transform + " of " + f.label() + ": a customVjp function inside has no forward derivative")
                    .hint("use grad or vjp, or define it with customJvp(f).defjvp(rule): its reverse derivative"
                            + " follows"));
        }
    }

    /** One mark for each leaf of the arguments: whether its argument is among {@code argnums}. */
    private static Array<Boolean> marked(Flat arguments, Array<Integer> argnums) {
        TreeDef structure = arguments.treeDef();
        return Array.range(0, structure.childCount())
                .flatMap(i -> Array.fill(structure.child(i).leafCount(), argnums.contains(i)));
    }

    /** Refuses leaves that are to be differentiated and are not floating. */
    static void checkFloating(TreeFunction f, Array<NDArray> leaves, Array<Boolean> wrt) {
        for (int i = 0; i < leaves.size(); i++) {
            if (wrt.get(i) && !leaves.get(i).dtype().isFloating()) {
                throw Tracing.located(FluxionException.of(
                                ErrorCode.NON_FLOAT_GRAD,
                                "grad of " + f.label() + ": argument leaf " + i + " is "
                                        + leaves.get(i).type() + ", which has no derivative")
                        .hint("convert it with astype(DType.FLOAT64), or differentiate with respect to other"
                                + " arguments"));
            }
        }
    }

    /** Refuses functions whose result, or first result beside aux, is not one floating scalar. */
    static void checkScalar(TracedTree traced, boolean hasAux) {
        Array<Atom> outputs = traced.jaxpr().outputs();
        boolean oneScalar = (hasAux || outputs.size() == 1)
                && !outputs.isEmpty()
                && outputs.get(0).type().isScalar()
                && outputs.get(0).dtype().isFloating();
        if (!oneScalar) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.NON_SCALAR_GRAD,
                            "grad of " + traced.label() + ": the result must be one floating scalar")
                    .detail("it is " + traced.jaxpr().outputTypes().mkString(", "))
                    .hint("sum() makes a scalar; jacrev or jacfwd differentiate arrays; gradWithAux takes further"
                            + " results"));
        }
    }

    /** The transpose of a linear function at the shapes of {@code example}: cotangents of results to those of arguments. */
    public static Function linearTranspose(TreeFunction f, Array<?> example) {
        Flat flat = f.flatten("linearTranspose", example);
        TracedTree traced = f.trace("linearTranspose", flat);
        record Reverse(Program program) {}
        Reverse reverse = traced.derive(Reverse.class, t -> {
            Jaxpr linear = capturesFirst(t);
            return new Reverse(new Program(Transpose.of(linear, t.captures().size())));
        });
        return cotangents -> {
            Array<NDArray> ct = Leaves.matching(
                    "linearTranspose cotangents",
                    cotangents,
                    traced.result(),
                    traced.jaxpr().outputTypes());
            return flat.treeDef()
                    .unflatten(reverse.program().call(traced.captures().appendAll(ct)));
        };
    }

    private static Jaxpr capturesFirst(TracedTree t) {
        var inputs = t.jaxpr().inputs();
        int n = t.arguments();
        return new Jaxpr(
                t.jaxpr().constants(),
                inputs.drop(n).appendAll(inputs.take(n)),
                t.jaxpr().equations(),
                t.jaxpr().outputs());
    }
}
