package dev.fluxion;

import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A function of two arguments waiting for its reverse rule; see {@code Fluxion.customVjp}. */
public final class CustomVjp2<A, B, R> {
    private final Function2<A, B, R> f;

    CustomVjp2(Function2<A, B, R> f) {
        this.f = f;
    }

    /**
     * The function with the rule {@code fwd: (a, b) -> (f(a, b), residuals)} and {@code bwd: (residuals, ct) -> (ct . df/da,
     * ct . df/db)}. Such a function has no forward mode. A null for a cotangent means zeros.
     */
    public <S> Function2<A, B, R> defvjp(Function2<A, B, Tuple2<R, S>> fwd, Function2<S, R, Tuple2<A, B>> bwd) {
        TreeFunction function = TreeFunction.of(f);
        Function1<Array<?>, Tuple2<?, ?>> onList =
                args -> fwd.apply(Fluxion.cast(args.get(0)), Fluxion.cast(args.get(1)));
        Function2<Object, Object, Array<?>> back = (s, ct) -> {
            Tuple2<A, B> both = bwd.apply(Fluxion.cast(s), Fluxion.cast(ct));
            return Array.of(both._1, both._2);
        };
        return (a, b) -> Fluxion.cast(CustomRules.customVjp(function, onList, back, Array.of(a, b)));
    }
}
