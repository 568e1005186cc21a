package dev.fluxion;

import dev.fluxion.transforms.CustomFunction;
import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A function of two arguments waiting for its reverse rule; see {@code Fluxion.customVjp}. */
public final class CustomVjp2<A, B, R> {
    private final Function2<A, B, R> f;
    private final Array<Integer> nondiff;
    private final Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp;

    CustomVjp2(Function2<A, B, R> f, Array<Integer> nondiff, Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp) {
        this.f = f;
        this.nondiff = nondiff;
        this.jvp = jvp;
    }

    /**
     * The function with arguments, counted from 0, that the rule does not differentiate: any Java values, or trees. Their
     * cotangents are null in what {@code bwd} returns, and asking for a derivative with respect to arrays among them is
     * refused.
     */
    public CustomVjp2<A, B, R> nondiffArgnums(Integer... argnums) {
        return new CustomVjp2<>(f, Array.of(argnums), jvp);
    }

    /** The function with a forward rule too, as in {@link CustomJvp2#defjvp}: forward mode takes it, reverse mode the other. */
    public CustomVjp2<A, B, R> defjvp(Function2<Tuple2<A, B>, Tuple2<A, B>, Jvp<R>> rule) {
        return new CustomVjp2<>(f, nondiff, (p, t) -> {
            Jvp<R> both = rule.apply(tuple(p), tuple(t));
            return new Tuple2<>(both.primal(), both.tangent());
        });
    }

    /**
     * The function with the rule {@code fwd: (a, b) -> (f(a, b), residuals)} and {@code bwd: (residuals, ct) ->
     * (ct . df/da, ct . df/db)}. Such a function has no forward mode but by {@link #defjvp}. A null for a cotangent means
     * zeros.
     */
    public <S> Function2<A, B, R> defvjp(Function2<A, B, Tuple2<R, S>> fwd, Function2<S, R, Tuple2<A, B>> bwd) {
        return defvjp(fwd, (others, s, ct) -> bwd.apply(s, ct));
    }

    /**
     * As {@link #defvjp(Function2, Function2)}, where {@code bwd} also gets the arguments in {@link #nondiffArgnums}, at
     * their places; null stands at the others.
     */
    public <S> Function2<A, B, R> defvjp(
            Function2<A, B, Tuple2<R, S>> fwd, Function3<Tuple2<A, B>, S, R, Tuple2<A, B>> bwd) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 2, nondiff);
        Function1<Array<?>, Tuple2<?, ?>> onList =
                args -> fwd.apply(Fluxion.cast(args.get(0)), Fluxion.cast(args.get(1)));
        Function3<Array<?>, Object, Object, Array<?>> back =
                (others, s, ct) -> bwd.apply(tuple(others), Fluxion.cast(s), Fluxion.cast(ct))
                        .toSeq()
                        .toArray();
        Function2<Array<?>, Array<?>, Tuple2<?, ?>> forward = jvp;
        return (a, b) -> Fluxion.cast(CustomRules.customVjp(function, onList, back, forward, Array.of(a, b)));
    }

    private static <A, B> Tuple2<A, B> tuple(Array<?> list) {
        return new Tuple2<>(Fluxion.cast(list.get(0)), Fluxion.cast(list.get(1)));
    }
}
