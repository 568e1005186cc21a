package dev.fluxion;

import dev.fluxion.transforms.CustomFunction;
import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Tuple2;
import io.vavr.Tuple3;
import io.vavr.collection.Array;

/** A function of three arguments waiting for its reverse rule; see {@code Fluxion.customVjp}. */
public final class CustomVjp3<A, B, C, R> {
    private final Function3<A, B, C, R> f;
    private final Array<Integer> nondiff;
    private final Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp;

    CustomVjp3(Function3<A, B, C, R> f, Array<Integer> nondiff, Function2<Array<?>, Array<?>, Tuple2<?, ?>> jvp) {
        this.f = f;
        this.nondiff = nondiff;
        this.jvp = jvp;
    }

    /**
     * The function with arguments, counted from 0, that the rule does not differentiate: any Java values, or trees. Their
     * cotangents are null in what {@code bwd} returns, and asking for a derivative with respect to arrays among them is
     * refused.
     */
    public CustomVjp3<A, B, C, R> nondiffArgnums(Integer... argnums) {
        return new CustomVjp3<>(f, Array.of(argnums), jvp);
    }

    /** The function with a forward rule too, as in {@link CustomJvp3#defjvp}: forward mode takes it, reverse mode the other. */
    public CustomVjp3<A, B, C, R> defjvp(Function2<Tuple3<A, B, C>, Tuple3<A, B, C>, Jvp<R>> rule) {
        return new CustomVjp3<>(f, nondiff, (p, t) -> {
            Jvp<R> both = rule.apply(tuple(p), tuple(t));
            return new Tuple2<>(both.primal(), both.tangent());
        });
    }

    /**
     * The function with the rule {@code fwd: (a, b, c) -> (f(a, b, c), residuals)} and {@code bwd: (residuals, ct) ->
     * (ct . df/da, ct . df/db, ct . df/dc)}. Such a function has no forward mode but by {@link #defjvp}. A null for a cotangent means
     * zeros.
     */
    public <S> Function3<A, B, C, R> defvjp(
            Function3<A, B, C, Tuple2<R, S>> fwd, Function2<S, R, Tuple3<A, B, C>> bwd) {
        return defvjp(fwd, (others, s, ct) -> bwd.apply(s, ct));
    }

    /**
     * As {@link #defvjp(Function3, Function2)}, where {@code bwd} also gets the arguments in {@link #nondiffArgnums}, at
     * their places; null stands at the others.
     */
    public <S> Function3<A, B, C, R> defvjp(
            Function3<A, B, C, Tuple2<R, S>> fwd, Function3<Tuple3<A, B, C>, S, R, Tuple3<A, B, C>> bwd) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 3, nondiff);
        Function1<Array<?>, Tuple2<?, ?>> onList =
                args -> fwd.apply(Fluxion.cast(args.get(0)), Fluxion.cast(args.get(1)), Fluxion.cast(args.get(2)));
        Function3<Array<?>, Object, Object, Array<?>> back =
                (others, s, ct) -> bwd.apply(tuple(others), Fluxion.cast(s), Fluxion.cast(ct))
                        .toSeq()
                        .toArray();
        Function2<Array<?>, Array<?>, Tuple2<?, ?>> forward = jvp;
        return (a, b, c) -> Fluxion.cast(CustomRules.customVjp(function, onList, back, forward, Array.of(a, b, c)));
    }

    private static <A, B, C> Tuple3<A, B, C> tuple(Array<?> list) {
        return new Tuple3<>(Fluxion.cast(list.get(0)), Fluxion.cast(list.get(1)), Fluxion.cast(list.get(2)));
    }
}
