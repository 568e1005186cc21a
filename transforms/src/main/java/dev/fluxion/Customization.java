package dev.fluxion;

import dev.fluxion.lax.Lax;
import dev.fluxion.transforms.CheckGrads;
import dev.fluxion.transforms.TreeFunction;
import dev.fluxion.tree.Tree;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.collection.Array;

/** Derivatives by hand, and their check. */
abstract class Customization extends DoubleFunctions {
    /**
     * f with a derivative rule of its own: {@code customJvp(f).defjvp((x, t) -> new Jvp<>(f(x), df(x) . t))}, or
     * {@code customJvp(f).defjvps((t, y, x) -> df(x) . t)}. Forward and reverse mode and all higher derivatives follow from
     * the rule.
     */
    public static <A, R> CustomJvp<A, R> customJvp(Function1<A, R> f) {
        return new CustomJvp<>(f);
    }

    /** As {@link #customJvp(Function1)}. */
    public static <A, B, R> CustomJvp2<A, B, R> customJvp(Function2<A, B, R> f) {
        return new CustomJvp2<>(f, Array.empty());
    }

    /** As {@link #customJvp(Function1)}. */
    public static <A, B, C, R> CustomJvp3<A, B, C, R> customJvp(Function3<A, B, C, R> f) {
        return new CustomJvp3<>(f, Array.empty());
    }

    /**
     * f with a reverse derivative of its own: {@code customVjp(f).defvjp(fwd, bwd)}. Such a function has forward mode only
     * with a rule for that too, {@code customVjp(f).defjvp(rule).defvjp(fwd, bwd)}; prefer {@link #customJvp(Function1)}
     * where possible.
     */
    public static <A, R> CustomVjp<A, R> customVjp(Function1<A, R> f) {
        return new CustomVjp<>(f, null);
    }

    /** As {@link #customVjp(Function1)}. */
    public static <A, B, R> CustomVjp2<A, B, R> customVjp(Function2<A, B, R> f) {
        return new CustomVjp2<>(f, Array.empty(), null);
    }

    /** As {@link #customVjp(Function1)}. */
    public static <A, B, C, R> CustomVjp3<A, B, C, R> customVjp(Function3<A, B, C, R> f) {
        return new CustomVjp3<>(f, Array.empty(), null);
    }

    /** x, as a constant for every derivative. */
    public static <A> A stopGradient(A x) {
        return cast(Tree.map(Lax::stopGradient, x));
    }

    /**
     * Compares forward and reverse derivatives of f at a point with central differences, and so on up to {@code order}.
     *
     * @throws dev.fluxion.ir.FluxionException with both numbers when they disagree (FX0408)
     */
    public static <A> void checkGrads(Function1<A, ?> f, A at, int order) {
        CheckGrads.check(TreeFunction.of(f), Array.of(at), order);
    }

    /** As {@link #checkGrads(Function1, Object, int)}. */
    public static <A, B> void checkGrads(Function2<A, B, ?> f, A a, B b, int order) {
        CheckGrads.check(TreeFunction.of(f), Array.of(a, b), order);
    }
}
