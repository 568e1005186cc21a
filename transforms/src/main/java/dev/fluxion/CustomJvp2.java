package dev.fluxion;

import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A function of two arguments waiting for its forward rule; see {@code Fluxion.customJvp}. */
public final class CustomJvp2<A, B, R> {
    private final Function2<A, B, R> f;

    CustomJvp2(Function2<A, B, R> f) {
        this.f = f;
    }

    /** The function with the rule {@code ((a, b), (ta, tb)) -> (f(a, b), df(a, b) . (ta, tb))}. */
    public Function2<A, B, R> defjvp(Function2<Tuple2<A, B>, Tuple2<A, B>, Jvp<R>> rule) {
        TreeFunction function = TreeFunction.of(f);
        Function2<Array<?>, Array<?>, Tuple2<?, ?>> onLists = (p, t) -> {
            Jvp<R> both = rule.apply(pair(p), pair(t));
            return new Tuple2<>(both.primal(), both.tangent());
        };
        return (a, b) -> Fluxion.cast(CustomRules.customJvp(function, onLists, Array.of(a, b)));
    }

    private static <A, B> Tuple2<A, B> pair(Array<?> list) {
        return new Tuple2<>(Fluxion.cast(list.get(0)), Fluxion.cast(list.get(1)));
    }
}
