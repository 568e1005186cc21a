package dev.fluxion;

import dev.fluxion.transforms.CustomFunction;
import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.PerArgument;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A function waiting for its forward rule; see {@code Fluxion.customJvp}. */
public final class CustomJvp<A, R> {
    private final Function1<A, R> f;

    CustomJvp(Function1<A, R> f) {
        this.f = f;
    }

    /**
     * The function with the rule {@code (x, t) -> (f(x), df(x) . t)}. The tangent must be linear in t; reverse mode and
     * higher derivatives follow from it.
     */
    public Function1<A, R> defjvp(Function2<A, A, Jvp<R>> rule) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 1, Array.empty());
        Function2<Array<?>, Array<?>, Tuple2<?, ?>> onLists = (p, t) -> {
            Jvp<R> both = rule.apply(Fluxion.cast(p.get(0)), Fluxion.cast(t.get(0)));
            return new Tuple2<>(both.primal(), both.tangent());
        };
        return a -> Fluxion.cast(CustomRules.customJvp(function, onLists, Array.of(a)));
    }

    /** The function with the rule {@code (t, y, x) -> df(x) . t}, where {@code y = f(x)}; null for a constant function. */
    public Function1<A, R> defjvps(Function3<A, R, A, R> rule) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 1, Array.empty());
        PerArgument rules = new PerArgument(
                function,
                Array.of(
                        rule == null
                                ? null
                                : (t, y, p) -> rule.apply(Fluxion.cast(t), Fluxion.cast(y), Fluxion.cast(p.get(0)))));
        return a -> Fluxion.cast(CustomRules.customJvp(function, rules, Array.of(a)));
    }
}
