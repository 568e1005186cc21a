package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** The forward rule of a function as a program. */
final class ForwardRule {
    private ForwardRule() {}

    /**
     * (body inputs, tangents of the floating ones) to (results, tangents of the floating ones). The differentiated
     * arguments have the user's derivative; the others, and what the function closes over, their ordinary one through the
     * body.
     */
    static Jaxpr program(CustomFunction.Site site, Function2<Array<?>, Array<?>, Tuple2<?, ?>> rule) {
        Array<ArrayType> inputTypes = site.inputTypes();
        Array<Boolean> floating = Leaves.floating(inputTypes);
        Array<ArrayType> types = inputTypes.appendAll(Masks.select(floating, inputTypes));
        return RuleTracing.trace("jvp rule of " + site.traced().label(), types, in -> {
            Array<NDArray> primals = in.take(inputTypes.size());
            Array<NDArray> tangents = Masks.spread(floating, in.drop(inputTypes.size()), inputTypes);
            Tuple2<?, ?> results = rule.apply(site.arguments(primals), site.tangents(tangents));
            Array<NDArray> out = RuleTracing.result(site, "primal result of the jvp rule", results._1);
            Array<NDArray> dt = RuleTracing.result(site, "tangent result of the jvp rule", results._2);
            return out.appendAll(
                    Masks.select(Leaves.floating(site.outputTypes()), plus(dt, throughBody(site, primals, tangents))));
        });
    }

    /** (residuals that are not read, body inputs, tangents of the floating own ones) to tangents of the floating results. */
    static Jaxpr tangents(
            CustomFunction.Site site, Array<ArrayType> residuals, Function2<Array<?>, Array<?>, Tuple2<?, ?>> rule) {
        Array<Boolean> floating = Leaves.floating(site.types());
        Array<ArrayType> types = residuals.appendAll(site.inputTypes()).appendAll(Masks.select(floating, site.types()));
        return RuleTracing.trace("jvp rule of " + site.traced().label(), types, in -> {
            Array<NDArray> primals = in.drop(residuals.size());
            Array<NDArray> tangents =
                    Masks.spread(floating, primals.drop(site.inputTypes().size()), site.types());
            Tuple2<?, ?> results = rule.apply(site.arguments(primals), site.tangents(tangents));
            RuleTracing.result(site, "primal result of the jvp rule", results._1);
            return Masks.select(
                    Leaves.floating(site.outputTypes()),
                    RuleTracing.result(site, "tangent result of the jvp rule", results._2));
        });
    }

    /** The tangents that flow in beside the rule; empty when there is nothing floating for that. */
    static Array<NDArray> throughBody(CustomFunction.Site site, Array<NDArray> primals, Array<NDArray> tangents) {
        Array<Boolean> active = site.throughBody();
        if (!active.contains(true)) {
            return Array.empty();
        }
        JvpProgram jvp = Jvp.of(site.closed().jaxpr(), active);
        Array<NDArray> results = new Program(jvp.jaxpr()).call(primals.appendAll(Masks.select(active, tangents)));
        return Masks.spread(jvp.activeOutputs(), results.drop(site.outputTypes().size()), site.outputTypes());
    }

    static Array<NDArray> plus(Array<NDArray> tangents, Array<NDArray> more) {
        return more.isEmpty()
                ? tangents
                : tangents.zipWith(more, (a, b) -> a.dtype().isFloating() ? a.plus(b) : a);
    }
}
