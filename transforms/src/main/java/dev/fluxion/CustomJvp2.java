package dev.fluxion;

import dev.fluxion.transforms.CustomFunction;
import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.PerArgument;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function2;
import io.vavr.Function4;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A function of two arguments waiting for its forward rule; see {@code Fluxion.customJvp}. */
public final class CustomJvp2<A, B, R> {
    private final Function2<A, B, R> f;
    private final Array<Integer> nondiff;

    CustomJvp2(Function2<A, B, R> f, Array<Integer> nondiff) {
        this.f = f;
        this.nondiff = nondiff;
    }

    /**
     * The function with arguments, counted from 0, that the rule does not differentiate: any Java values, or trees. They
     * stand among the primals of the rule; their tangents there are null. Arrays among them keep their ordinary derivative,
     * as arrays that the function closes over do.
     */
    public CustomJvp2<A, B, R> nondiffArgnums(Integer... argnums) {
        return new CustomJvp2<>(f, Array.of(argnums));
    }

    /**
     * The function with the rule {@code ((a, b), (ta, tb)) -> (f(a, b), df(a, b) . (ta, tb))}. The
     * tangent must be linear in the tangents.
     */
    public Function2<A, B, R> defjvp(Function2<Tuple2<A, B>, Tuple2<A, B>, Jvp<R>> rule) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 2, nondiff);
        Function2<Array<?>, Array<?>, Tuple2<?, ?>> onLists = (p, t) -> {
            Jvp<R> both = rule.apply(tuple(p), tuple(t));
            return new Tuple2<>(both.primal(), both.tangent());
        };
        return (a, b) -> Fluxion.cast(CustomRules.customJvp(function, onLists, Array.of(a, b)));
    }

    /**
     * The function with a rule for each argument, {@code (t, y, a, b) -> df/d. . t} where {@code y = f(a, b)}; the tangent is
     * their sum. A null for a rule means that the result does not depend on the argument.
     */
    public Function2<A, B, R> defjvps(Function4<A, R, A, B, R> first, Function4<B, R, A, B, R> second) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 2, nondiff);
        PerArgument rules = new PerArgument(
                function,
                Array.of(
                        first == null
                                ? null
                                : (t, y, p) -> first.apply(
                                        Fluxion.cast(t),
                                        Fluxion.cast(y),
                                        Fluxion.cast(p.get(0)),
                                        Fluxion.cast(p.get(1))),
                        second == null
                                ? null
                                : (t, y, p) -> second.apply(
                                        Fluxion.cast(t),
                                        Fluxion.cast(y),
                                        Fluxion.cast(p.get(0)),
                                        Fluxion.cast(p.get(1)))));
        return (a, b) -> Fluxion.cast(CustomRules.customJvp(function, rules, Array.of(a, b)));
    }

    private static <A, B> Tuple2<A, B> tuple(Array<?> list) {
        return new Tuple2<>(Fluxion.cast(list.get(0)), Fluxion.cast(list.get(1)));
    }
}
