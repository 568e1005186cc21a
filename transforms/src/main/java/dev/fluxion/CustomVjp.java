package dev.fluxion;

import dev.fluxion.transforms.CustomFunction;
import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A function waiting for its reverse rule; see {@code Fluxion.customVjp}. */
public final class CustomVjp<A, R> {
    private final Function1<A, R> f;
    private final Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp;

    CustomVjp(Function1<A, R> f, Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp) {
        this.f = f;
        this.jvp = jvp;
    }

    /** The function with a forward rule too, as in {@link CustomJvp#defjvp}: forward mode takes it, reverse mode the other. */
    public CustomVjp<A, R> defjvp(Function2<A, A, Jvp<R>> rule) {
        return new CustomVjp<>(f, (p, t) -> {
            Jvp<R> both = rule.apply(Fluxion.cast(p.get(0)), Fluxion.cast(t.get(0)));
            return new Tuple2<>(both.primal(), both.tangent());
        });
    }

    /**
     * The function with the rule {@code fwd: x -> (f(x), residuals)} and {@code bwd: (residuals, ct) ->
     * ct . df(x)}. Such a function has no forward mode but by {@link #defjvp}. A null for an argument's cotangent means
     * zeros.
     */
    public <S> Function1<A, R> defvjp(Function1<A, Tuple2<R, S>> fwd, Function2<S, R, A> bwd) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 1, Array.empty());
        Function1<Array<?>, Tuple2<?, ?>> onList = args -> fwd.apply(Fluxion.cast(args.get(0)));
        Function3<Array<?>, Object, Object, Array<?>> back =
                (others, s, ct) -> Array.of(bwd.apply(Fluxion.cast(s), Fluxion.cast(ct)));
        Function2<Array<?>, Array<?>, Tuple2<?, ?>> forward = jvp;
        return a -> Fluxion.cast(CustomRules.customVjp(function, onList, back, forward, Array.of(a)));
    }
}
