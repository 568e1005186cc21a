package dev.fluxion;

import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.TreeFunction;
import dev.fluxion.transforms.Vectorization;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.collection.Array;

/** Functions over a batch of arguments. */
abstract class Batching extends Sparsity {
    /** As an entry of {@link #inAxes}: this argument is not batched. As an out axis: the result does not depend on the batch. */
    public static final Object NONE = Axes.NONE;

    private static final Object FIRST = 0;

    /**
     * Which axis of each argument is the batch axis: an {@code Integer} (negative counts from the end), {@link #NONE}, or a
     * tree prefix of the argument with such entries.
     */
    public static Axes inAxes(Object... axes) {
        return new Axes(Array.of(axes));
    }

    /**
     * {@code out[i] = f(a[i])}: f over the leading axis of every leaf of its arguments, in one vectorised evaluation.
     *
     * @throws dev.fluxion.ir.FluxionException when called, if batch sizes differ or there is none (FX0404)
     */
    public static <A, R> Function1<A, R> vmap(Function1<A, R> f) {
        return vmap(f, inAxes(0), FIRST);
    }

    /** f over the given axes. */
    public static <A, R> Function1<A, R> vmap(Function1<A, R> f, Axes inAxes) {
        return vmap(f, inAxes, FIRST);
    }

    /** f over the given axes; the batch axis of the results is {@code outAxis}, an entry as in {@link #inAxes}. */
    public static <A, R> Function1<A, R> vmap(Function1<A, R> f, Axes inAxes, Object outAxis) {
        return Derived.of(f, new Vectorization.Key(inAxes.entries(), outAxis), g -> {
            TreeFunction function = TreeFunction.of(g);
            return a -> cast(Vectorization.vmap(function, inAxes.entries(), outAxis, Array.of(a)));
        });
    }

    /** As {@link #vmap(Function1)}. */
    public static <A, B, R> Function2<A, B, R> vmap(Function2<A, B, R> f) {
        return vmap(f, inAxes(0, 0), FIRST);
    }

    /** As {@link #vmap(Function1, Axes)}. */
    public static <A, B, R> Function2<A, B, R> vmap(Function2<A, B, R> f, Axes inAxes) {
        return vmap(f, inAxes, FIRST);
    }

    /** As {@link #vmap(Function1, Axes, Object)}. */
    public static <A, B, R> Function2<A, B, R> vmap(Function2<A, B, R> f, Axes inAxes, Object outAxis) {
        return Derived.of(f, new Vectorization.Key(inAxes.entries(), outAxis), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) -> cast(Vectorization.vmap(function, inAxes.entries(), outAxis, Array.of(a, b)));
        });
    }

    /** As {@link #vmap(Function1)}. */
    public static <A, B, C, R> Function3<A, B, C, R> vmap(Function3<A, B, C, R> f) {
        return vmap(f, inAxes(0, 0, 0), FIRST);
    }

    /** As {@link #vmap(Function1, Axes)}. */
    public static <A, B, C, R> Function3<A, B, C, R> vmap(Function3<A, B, C, R> f, Axes inAxes) {
        return vmap(f, inAxes, FIRST);
    }

    /** As {@link #vmap(Function1, Axes, Object)}. */
    public static <A, B, C, R> Function3<A, B, C, R> vmap(Function3<A, B, C, R> f, Axes inAxes, Object outAxis) {
        return Derived.of(f, new Vectorization.Key(inAxes.entries(), outAxis), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b, c) -> cast(Vectorization.vmap(function, inAxes.entries(), outAxis, Array.of(a, b, c)));
        });
    }

    /** As {@link #vmap(Function1)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, R> vmap(Function4<A, B, C, D, R> f) {
        return vmap(f, inAxes(0, 0, 0, 0), FIRST);
    }

    /** As {@link #vmap(Function1, Axes)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, R> vmap(Function4<A, B, C, D, R> f, Axes inAxes) {
        return vmap(f, inAxes, FIRST);
    }

    /** As {@link #vmap(Function1, Axes, Object)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, R> vmap(
            Function4<A, B, C, D, R> f, Axes inAxes, Object outAxis) {
        return Derived.of(f, new Vectorization.Key(inAxes.entries(), outAxis), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b, c, d) -> cast(Vectorization.vmap(function, inAxes.entries(), outAxis, Array.of(a, b, c, d)));
        });
    }
}
