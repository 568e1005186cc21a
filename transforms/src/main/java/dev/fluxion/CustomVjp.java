package dev.fluxion;

import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A function waiting for its reverse rule; see {@code Fluxion.customVjp}. */
public final class CustomVjp<A, R> {
    private final Function1<A, R> f;

    CustomVjp(Function1<A, R> f) {
        this.f = f;
    }

    /**
     * The function with the rule {@code fwd: x -> (f(x), residuals)} and {@code bwd: (residuals, ct) -> ct . df(x)}. Such a
     * function has no forward mode. A null for an argument's cotangent means zeros.
     */
    public <S> Function1<A, R> defvjp(Function1<A, Tuple2<R, S>> fwd, Function2<S, R, A> bwd) {
        TreeFunction function = TreeFunction.of(f);
        Function1<Array<?>, Tuple2<?, ?>> onList = args -> fwd.apply(Fluxion.cast(args.get(0)));
        Function2<Object, Object, Array<?>> back = (s, ct) -> Array.of(bwd.apply(Fluxion.cast(s), Fluxion.cast(ct)));
        return a -> Fluxion.cast(CustomRules.customVjp(function, onList, back, Array.of(a)));
    }
}
