package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.TreeDef;
import io.vavr.Function1;
import io.vavr.collection.Array;

/** User's rules as programs, and the check of what they return. */
final class RuleTracing {
    private RuleTracing() {}

    /** The program of a rule, which may not close over traced values. */
    static Jaxpr trace(String what, Array<ArrayType> types, Function1<Array<NDArray>, Array<NDArray>> rule) {
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

    /** The leaves of what a rule returns in the place of the function's result. */
    static Array<NDArray> result(CustomFunction.Site site, String what, Object tree) {
        return matching(what, tree, site.traced().result(), site.outputTypes());
    }

    /** The leaves of what a rule returns, which has the given structure and types. */
    static Array<NDArray> matching(String what, Object tree, TreeDef like, Array<ArrayType> types) {
        try {
            return Leaves.matching(what, tree, like, types);
        } catch (FluxionException e) {
            throw e.restate(ErrorCode.BAD_CUSTOM_RULE, what + " does not fit the function")
                    .hint("it has the structure, shapes and dtypes of what it belongs to");
        }
    }
}
