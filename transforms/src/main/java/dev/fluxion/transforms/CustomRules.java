package dev.fluxion.transforms;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.tracing.Trace;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/**
 * Functions with derivative rules of their own. Outside every trace they simply run; inside, they become one equation that
 * carries the function's program and its rules, which are traced when a transform first needs them.
 */
public final class CustomRules {
    private record Key(Object rule) {}

    private CustomRules() {}

    /**
     * f with a forward rule.
     *
     * @param rule (argument list, argument tangent list) to (result, result tangent)
     */
    public static Object customJvp(
            CustomFunction f, Function2<Array<?>, Array<?>, Tuple2<?, ?>> rule, Array<?> arguments) {
        if (Trace.current() == null) {
            return f.apply(arguments);
        }
        CustomFunction.Site site = f.site(arguments);
        LazyJaxpr jvp = site.traced().derive(new Key(rule), t -> LazyJaxpr.of(() -> ForwardRule.program(site, rule)));
        return site.bind(new Control.CustomJvpCall(f.label(), site.closed().jaxpr(), jvp));
    }

    /**
     * f with a reverse rule.
     *
     * @param fwd argument list to (result, residuals)
     * @param bwd (arguments that are not differentiated, residuals, result cotangents) to argument cotangent list
     * @param jvp a forward rule as in {@link #customJvp}, or null
     */
    public static Object customVjp(
            CustomFunction f,
            Function1<Array<?>, Tuple2<?, ?>> fwd,
            Function3<Array<?>, Object, Object, Array<?>> bwd,
            Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp,
            Array<?> arguments) {
        if (Trace.current() == null) {
            return f.apply(arguments);
        }
        CustomFunction.Site site = f.site(arguments);
        Control call = site.traced()
                .derive(
                        new Key(bwd),
                        t -> jvp == null ? ReverseRule.of(site, fwd, bwd) : ReverseRule.of(site, fwd, bwd, jvp));
        return site.bind(call);
    }
}
