package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** The reverse rule of a function as two programs, and the forward derivative made of it and a forward rule. */
final class ReverseRule {
    /** The structure of the user's residuals is known once the forward program has been traced. */
    private record Forward(Jaxpr jaxpr, TreeDef residuals) {}

    private final CustomFunction.Site site;
    private final Function1<Array<?>, Tuple2<?, ?>> fwd;
    private final Function3<Array<?>, Object, Object, Array<?>> bwd;
    private Forward forward;

    private ReverseRule(
            CustomFunction.Site site,
            Function1<Array<?>, Tuple2<?, ?>> fwd,
            Function3<Array<?>, Object, Object, Array<?>> bwd) {
        this.site = site;
        this.fwd = fwd;
        this.bwd = bwd;
    }

    /**
     * @param fwd argument list to (result, residuals)
     * @param bwd (arguments that are not differentiated, residuals, result cotangents) to argument cotangent list
     */
    static Control of(
            CustomFunction.Site site,
            Function1<Array<?>, Tuple2<?, ?>> fwd,
            Function3<Array<?>, Object, Object, Array<?>> bwd) {
        ReverseRule rule = new ReverseRule(site, fwd, bwd);
        return new Control.CustomVjpCall(
                site.traced().label(),
                site.closed().jaxpr(),
                LazyJaxpr.of(() -> rule.forward().jaxpr()),
                LazyJaxpr.of(() -> rule.backward(Array.empty())),
                site.captured());
    }

    /** As {@link #of}, with a forward rule, which forward mode takes; the transpose of its tangents is {@code bwd}. */
    static Control of(
            CustomFunction.Site site,
            Function1<Array<?>, Tuple2<?, ?>> fwd,
            Function3<Array<?>, Object, Object, Array<?>> bwd,
            Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp) {
        ReverseRule rule = new ReverseRule(site, fwd, bwd);
        return new Control.CustomJvpCall(
                site.traced().label(), site.closed().jaxpr(), LazyJaxpr.of(() -> rule.bothWays(jvp)));
    }

    private synchronized Forward forward() {
        if (forward == null) {
            TreeDef[] residuals = new TreeDef[1];
            String what = "fwd rule of " + site.traced().label();
            Jaxpr jaxpr = RuleTracing.trace(what, site.inputTypes(), in -> {
                Tuple2<?, ?> results = fwd.apply(site.arguments(in));
                Flat kept = Tree.flatten(results._2);
                residuals[0] = kept.treeDef();
                return RuleTracing.result(site, "result of the fwd rule", results._1)
                        .appendAll(kept.leaves())
                        .appendAll(nondiffLeaves(in));
            });
            forward = new Forward(jaxpr, residuals[0]);
        }
        return forward;
    }

    private Array<NDArray> nondiffLeaves(Array<NDArray> in) {
        return in.slice(site.own().leafCount(), site.structure().leafCount());
    }

    private Array<ArrayType> residualTypes() {
        return forward().jaxpr().outputTypes().drop(site.outputTypes().size());
    }

    /**
     * (residuals, values that are not read, cotangents of the floating results) to the cotangents of the floating
     * differentiated arguments.
     */
    private Jaxpr backward(Array<ArrayType> unread) {
        Array<ArrayType> outTypes = site.outputTypes();
        Array<ArrayType> residualTypes = residualTypes();
        Array<ArrayType> before = residualTypes.appendAll(unread);
        Array<Boolean> floating = Leaves.floating(outTypes);
        Array<ArrayType> types = before.appendAll(Masks.select(floating, outTypes));
        return RuleTracing.trace("bwd rule of " + site.traced().label(), types, in -> {
            Array<NDArray> cotangents = Masks.spread(floating, in.drop(before.size()), outTypes);
            TreeDef kept = forward().residuals();
            Array<NDArray> residuals = in.take(residualTypes.size());
            // the inputs of the program that stand for arguments without derivative; nobody reads the others
            Array<NDArray> nondiff = residuals.drop(kept.leafCount());
            Array<NDArray> inputs = site.types().map(Scalars::zeros).appendAll(nondiff);
            Array<?> result = bwd.apply(
                    site.nondiff(inputs),
                    kept.unflatten(residuals.take(kept.leafCount())),
                    site.traced().result().unflatten(cotangents));
            Array<NDArray> leaves =
                    RuleTracing.matching("result of the bwd rule", orZeros(result), site.own(), site.types());
            return Masks.select(Leaves.floating(site.types()), leaves);
        });
    }

    /** Cotangents of the differentiated arguments with zeros where the rule gives null. */
    private Array<?> orZeros(Array<?> cotangents) {
        site.argnums().nondiff().forEach(i -> {
            if (cotangents.get(i) != null) {
                throw Tracing.located(FluxionException.of(
                                ErrorCode.BAD_CUSTOM_RULE,
                                "the bwd rule of " + site.traced().label() + " gives a cotangent for argument " + i
                                        + ", which is in nondiffArgnums")
                        .hint("give null for it"));
            }
        });
        Array<?> zeros = site.own().unflatten(site.types().map(Scalars::zeros));
        return site.argnums().diff(cotangents).zipWith(zeros, (given, zero) -> given == null ? zero : given);
    }

    /**
     * (body inputs, tangents of the floating ones) to (results, tangents of the floating ones): the tangents are a linear
     * map that runs as the forward rule says and is transposed as the reverse rule says.
     */
    private Jaxpr bothWays(Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp) {
        Array<ArrayType> inputTypes = site.inputTypes();
        Array<Boolean> floating = Leaves.floating(inputTypes);
        Array<ArrayType> residualTypes = residualTypes();
        Jaxpr tangentProgram = ForwardRule.tangents(site, residualTypes, jvp);
        SubPrograms.Closed body = SubPrograms.withoutConstants(tangentProgram);
        Array<ArrayType> unread = inputTypes.appendAll(body.constants().map(NDArray::type));
        int residuals = residualTypes.size() + unread.size();
        Jaxpr map = constantsFirst(body, residualTypes.size() + inputTypes.size());
        Control linear = new Control.CustomLinear(
                site.traced().label(), map, LazyJaxpr.of(() -> backward(unread)), residuals, true);
        Array<ArrayType> types = inputTypes.appendAll(Masks.select(floating, inputTypes));
        return RuleTracing.trace("derivative of " + site.traced().label(), types, in -> {
            Array<NDArray> primals = in.take(inputTypes.size());
            Array<NDArray> tangents = in.drop(inputTypes.size());
            Array<NDArray> results = new Program(forward().jaxpr()).call(primals);
            int own = Leaves.floating(site.types()).count(isFloating -> isFloating);
            Array<NDArray> dt = Tracing.bindAll(
                    linear,
                    results.drop(site.outputTypes().size())
                            .appendAll(primals)
                            .appendAll(body.constants())
                            .appendAll(tangents.take(own)));
            Array<Boolean> floatingOut = Leaves.floating(site.outputTypes());
            Array<NDArray> beside =
                    ForwardRule.throughBody(site, primals, Masks.spread(floating, tangents, inputTypes));
            return results.take(site.outputTypes().size())
                    .appendAll(ForwardRule.plus(dt, beside.isEmpty() ? beside : Masks.select(floatingOut, beside)));
        });
    }

    /** The closed program with its former constants behind the first {@code before} inputs instead of last. */
    private static Jaxpr constantsFirst(SubPrograms.Closed closed, int before) {
        int inputs = closed.jaxpr().inputs().size() - closed.constants().size();
        Array<Var> all = closed.jaxpr().inputs();
        return new Jaxpr(
                Array.empty(),
                all.take(before).appendAll(all.drop(inputs)).appendAll(all.slice(before, inputs)),
                closed.jaxpr().equations(),
                closed.jaxpr().outputs());
    }
}
