package dev.fluxion;

import dev.fluxion.transforms.CustomFunction;
import dev.fluxion.transforms.CustomRules;
import dev.fluxion.transforms.PerArgument;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function5;
import io.vavr.Tuple2;
import io.vavr.Tuple3;
import io.vavr.collection.Array;

/** A function of three arguments waiting for its forward rule; see {@code Fluxion.customJvp}. */
public final class CustomJvp3<A, B, C, R> {
    private final Function3<A, B, C, R> f;
    private final Array<Integer> nondiff;

    CustomJvp3(Function3<A, B, C, R> f, Array<Integer> nondiff) {
        this.f = f;
        this.nondiff = nondiff;
    }

    /**
     * The function with arguments, counted from 0, that the rule does not differentiate: any Java values, or trees. They
     * stand among the primals of the rule; their tangents there are null. Arrays among them keep their ordinary derivative,
     * as arrays that the function closes over do.
     */
    public CustomJvp3<A, B, C, R> nondiffArgnums(Integer... argnums) {
        return new CustomJvp3<>(f, Array.of(argnums));
    }

    /**
     * The function with the rule {@code ((a, b, c), (ta, tb, tc)) -> (f(a, b, c), df(a, b, c) . (ta, tb, tc))}. The
     * tangent must be linear in the tangents.
     */
    public Function3<A, B, C, R> defjvp(Function2<Tuple3<A, B, C>, Tuple3<A, B, C>, Jvp<R>> rule) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 3, nondiff);
        Function2<Array<?>, Array<?>, Tuple2<?, ?>> onLists = (p, t) -> {
            Jvp<R> both = rule.apply(tuple(p), tuple(t));
            return new Tuple2<>(both.primal(), both.tangent());
        };
        return (a, b, c) -> Fluxion.cast(CustomRules.customJvp(function, onLists, Array.of(a, b, c)));
    }

    /**
     * The function with a rule for each argument, {@code (t, y, a, b, c) -> df/d. . t} where {@code y = f(a, b, c)}; the tangent is
     * their sum. A null for a rule means that the result does not depend on the argument.
     */
    public Function3<A, B, C, R> defjvps(
            Function5<A, R, A, B, C, R> first, Function5<B, R, A, B, C, R> second, Function5<C, R, A, B, C, R> third) {
        CustomFunction function = CustomFunction.of(TreeFunction.of(f), 3, nondiff);
        PerArgument rules = new PerArgument(
                function,
                Array.of(
                        first == null
                                ? null
                                : (t, y, p) -> first.apply(
                                        Fluxion.cast(t),
                                        Fluxion.cast(y),
                                        Fluxion.cast(p.get(0)),
                                        Fluxion.cast(p.get(1)),
                                        Fluxion.cast(p.get(2))),
                        second == null
                                ? null
                                : (t, y, p) -> second.apply(
                                        Fluxion.cast(t),
                                        Fluxion.cast(y),
                                        Fluxion.cast(p.get(0)),
                                        Fluxion.cast(p.get(1)),
                                        Fluxion.cast(p.get(2))),
                        third == null
                                ? null
                                : (t, y, p) -> third.apply(
                                        Fluxion.cast(t),
                                        Fluxion.cast(y),
                                        Fluxion.cast(p.get(0)),
                                        Fluxion.cast(p.get(1)),
                                        Fluxion.cast(p.get(2)))));
        return (a, b, c) -> Fluxion.cast(CustomRules.customJvp(function, rules, Array.of(a, b, c)));
    }

    private static <A, B, C> Tuple3<A, B, C> tuple(Array<?> list) {
        return new Tuple3<>(Fluxion.cast(list.get(0)), Fluxion.cast(list.get(1)), Fluxion.cast(list.get(2)));
    }
}
