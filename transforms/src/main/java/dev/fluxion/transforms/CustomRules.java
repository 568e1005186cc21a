package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/**
 * Functions with derivative rules of their own. Outside every trace they simply run; inside, they become one equation that
 * carries the function's program and its rules, which are traced when a transform first needs them.
 */
public final class CustomRules {
    /** Which leaves a rule sees: the arguments of the function, without what it closes over. */
    private record Site(TracedTree traced, Flat arguments, SubPrograms.Closed closed, Array<NDArray> inputs) {
        Array<ArrayType> types() {
            return arguments.leaves().map(NDArray::type);
        }

        /** How many inputs of the body are not arguments. */
        int captured() {
            return inputs.size() - arguments.leaves().size();
        }
    }

    private CustomRules() {}

    /**
     * f with a forward rule.
     *
     * @param rule (argument list, argument tangent list) to (result, result tangent)
     */
    public static Object customJvp(
            TreeFunction f, Function2<Array<?>, Array<?>, Tuple2<?, ?>> rule, Array<?> arguments) {
        if (Trace.current() == null) {
            return f.apply(arguments);
        }
        Site site = site(f, arguments);
        LazyJaxpr jvp = site.traced().derive(new Key(rule), t -> LazyJaxpr.of(() -> jvpProgram(site, rule)));
        return bind(site, new Control.CustomJvpCall(f.label(), site.closed().jaxpr(), jvp));
    }

    /**
     * f with a reverse rule.
     *
     * @param fwd argument list to (result, residuals)
     * @param bwd (residuals, result cotangents) to argument cotangent list
     */
    public static Object customVjp(
            TreeFunction f,
            Function1<Array<?>, Tuple2<?, ?>> fwd,
            Function2<Object, Object, Array<?>> bwd,
            Array<?> arguments) {
        if (Trace.current() == null) {
            return f.apply(arguments);
        }
        Site site = site(f, arguments);
        record Rules(LazyJaxpr fwd, LazyJaxpr bwd) {}
        Rules rules = site.traced().derive(new Key(bwd), t -> {
            TreeDef[] residuals = new TreeDef[1];
            LazyJaxpr forward = LazyJaxpr.of(() -> fwdProgram(site, fwd, residuals));
            LazyJaxpr backward = LazyJaxpr.of(() -> bwdProgram(site, forward.get(), bwd, residuals[0]));
            return new Rules(forward, backward);
        });
        return bind(
                site,
                new Control.CustomVjpCall(f.label(), site.closed().jaxpr(), rules.fwd(), rules.bwd(), site.captured()));
    }

    private record Key(Object rule) {}

    private static Site site(TreeFunction f, Array<?> arguments) {
        Flat flat = f.flatten("a custom rule", arguments);
        TracedTree traced = f.trace("a custom rule", flat);
        SubPrograms.Closed closed = SubPrograms.withoutConstants(traced.jaxpr());
        return new Site(
                traced, flat, closed, flat.leaves().appendAll(traced.captures()).appendAll(closed.constants()));
    }

    private static Object bind(Site site, Control primitive) {
        Array<NDArray> results = Tracing.bindAll(primitive, site.inputs().toJavaArray(NDArray[]::new));
        return site.traced().result().unflatten(results);
    }

    /**
     * (body inputs, tangents of the floating ones) to (results, tangents of the floating ones). What f closes over has its
     * ordinary derivative, through the body; the arguments have the user's.
     */
    private static Jaxpr jvpProgram(Site site, Function2<Array<?>, Array<?>, Tuple2<?, ?>> rule) {
        Jaxpr body = site.closed().jaxpr();
        int arguments = site.arguments().leaves().size();
        Array<Boolean> floating = Leaves.floating(body.inputTypes());
        Array<ArrayType> types = body.inputTypes().appendAll(Masks.select(floating, body.inputTypes()));
        return traceRule("jvp rule of " + site.traced().label(), types, in -> {
            Array<NDArray> primals = in.take(body.inputs().size());
            Array<NDArray> tangents =
                    Masks.spread(floating, in.drop(body.inputs().size()), body.inputTypes());
            TreeDef structure = site.arguments().treeDef();
            Tuple2<?, ?> results = rule.apply(
                    structure.unflatten(primals.take(arguments)), structure.unflatten(tangents.take(arguments)));
            Array<NDArray> out = result(site, "primal result of the jvp rule", results._1);
            Array<NDArray> dt = result(site, "tangent result of the jvp rule", results._2);
            Array<NDArray> closedOver = throughCaptures(site, primals, tangents);
            Array<Boolean> outFloating = Leaves.floating(body.outputTypes());
            return out.appendAll(Masks.select(outFloating, plus(dt, closedOver)));
        });
    }

    /** The tangents that flow in through captured tracers; empty when nothing floating is captured. */
    private static Array<NDArray> throughCaptures(Site site, Array<NDArray> primals, Array<NDArray> tangents) {
        Jaxpr body = site.closed().jaxpr();
        int arguments = site.arguments().leaves().size();
        int captures = site.traced().captures().size();
        Array<Boolean> active = Leaves.floating(body.inputTypes())
                .zipWithIndex()
                .map(p -> p._1 && p._2 >= arguments && p._2 < arguments + captures);
        if (!active.contains(true)) {
            return Array.empty();
        }
        JvpProgram jvp = Jvp.of(body, active);
        Array<NDArray> results = new Program(jvp.jaxpr()).call(primals.appendAll(Masks.select(active, tangents)));
        return Masks.spread(jvp.activeOutputs(), results.drop(body.outputs().size()), body.outputTypes());
    }

    private static Array<NDArray> plus(Array<NDArray> tangents, Array<NDArray> more) {
        return more.isEmpty()
                ? tangents
                : tangents.zipWith(more, (a, b) -> a.dtype().isFloating() ? a.plus(b) : a);
    }

    /** (body inputs) to (results, residuals). */
    private static Jaxpr fwdProgram(Site site, Function1<Array<?>, Tuple2<?, ?>> fwd, TreeDef[] residuals) {
        return traceRule(
                "fwd rule of " + site.traced().label(), site.closed().jaxpr().inputTypes(), in -> {
                    Tuple2<?, ?> results = fwd.apply(site.arguments()
                            .treeDef()
                            .unflatten(in.take(site.arguments().leaves().size())));
                    Flat rest = Tree.flatten(results._2);
                    residuals[0] = rest.treeDef();
                    return result(site, "result of the fwd rule", results._1).appendAll(rest.leaves());
                });
    }

    /** (residuals, cotangents of the floating results) to the cotangents of the floating arguments. */
    private static Jaxpr bwdProgram(Site site, Jaxpr fwd, Function2<Object, Object, Array<?>> bwd, TreeDef residuals) {
        Array<ArrayType> outTypes = site.closed().jaxpr().outputTypes();
        Array<ArrayType> residualTypes = fwd.outputTypes().drop(outTypes.size());
        Array<Boolean> floating = Leaves.floating(outTypes);
        return traceRule(
                "bwd rule of " + site.traced().label(),
                residualTypes.appendAll(Masks.select(floating, outTypes)),
                in -> {
                    Array<NDArray> cotangents = Masks.spread(floating, in.drop(residualTypes.size()), outTypes);
                    Array<?> result = orZeros(
                            site,
                            bwd.apply(
                                    residuals.unflatten(in.take(residualTypes.size())),
                                    site.traced().result().unflatten(cotangents)));
                    return Masks.select(
                            Leaves.floating(site.types()),
                            matching(
                                    "result of the bwd rule",
                                    result,
                                    site.arguments().treeDef(),
                                    site.types()));
                });
    }

    /** Argument cotangents with zeros where the rule gives null. */
    private static Array<?> orZeros(Site site, Array<?> cotangents) {
        Array<?> zeros = site.arguments().treeDef().unflatten(site.types().map(Scalars::zeros));
        return cotangents.zipWithIndex().map(p -> p._1 == null ? zeros.get(p._2) : p._1);
    }

    private static Array<NDArray> result(Site site, String what, Object tree) {
        return matching(
                what, tree, site.traced().result(), site.traced().jaxpr().outputTypes());
    }

    private static Array<NDArray> matching(String what, Object tree, TreeDef like, Array<ArrayType> types) {
        try {
            return Leaves.matching(what, tree, like, types);
        } catch (FluxionException e) {
            throw e.restate(ErrorCode.BAD_CUSTOM_RULE, what + " does not fit the function")
                    .hint("it has the structure, shapes and dtypes of what it belongs to");
        }
    }

    private static Jaxpr traceRule(
            String what, Array<ArrayType> types, Function1<Array<NDArray>, Array<NDArray>> rule) {
        Traced traced = Trace.of("tracing the " + what, types, rule);
        if (!traced.captures().isEmpty()) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_CUSTOM_RULE, "the " + what + " closes over a traced value")
                            .detail("it closes over "
                                    + traced.captures().map(NDArray::type).mkString(", "))
                            .hint("pass the value as an argument of the function"));
        }
        return traced.jaxpr();
    }
}
