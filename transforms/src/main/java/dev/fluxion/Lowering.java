package dev.fluxion;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.transforms.AheadOfTime;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.Function5;
import io.vavr.collection.Array;

/** Compilation ahead of time. */
abstract class Lowering extends Compilation {
    /**
     * The program of f for arguments like the given ones, ready to be compiled: {@code lower(f).apply(x).compile()}. Arrays
     * may be {@link #shapeOnly}; nothing is computed.
     *
     * @throws FluxionException FX0301 when f closes over traced values
     */
    public static <A, R> Function1<A, Lowered<Function1<A, R>>> lower(Function1<A, R> f) {
        return lower(f, JitOptions.DEFAULT);
    }

    /**
     * As {@link #lower(Function1)}, with arguments that are static or given up.
     *
     * @throws FluxionException FX0104 when the function has no such argument
     */
    public static <A, R> Function1<A, Lowered<Function1<A, R>>> lower(Function1<A, R> f, JitOptions options) {
        TreeFunction function =
                TreeFunction.of(f).withStatics(options.requireWithin(1).statics());
        Ints donated = options.donated();
        return a -> new Lowered<>(
                AheadOfTime.of(function, donated, Array.of(a)), staged -> (a1) -> cast(staged.call(Array.of(a1))));
    }

    /** As {@link #lower(Function1)}. */
    public static <A, B, R> Function2<A, B, Lowered<Function2<A, B, R>>> lower(Function2<A, B, R> f) {
        return lower(f, JitOptions.DEFAULT);
    }

    /** As {@link #lower(Function1, JitOptions)}. */
    public static <A, B, R> Function2<A, B, Lowered<Function2<A, B, R>>> lower(
            Function2<A, B, R> f, JitOptions options) {
        TreeFunction function =
                TreeFunction.of(f).withStatics(options.requireWithin(2).statics());
        Ints donated = options.donated();
        return (a, b) -> new Lowered<>(
                AheadOfTime.of(function, donated, Array.of(a, b)),
                staged -> (a1, b1) -> cast(staged.call(Array.of(a1, b1))));
    }

    /** As {@link #lower(Function1)}. */
    public static <A, B, C, R> Function3<A, B, C, Lowered<Function3<A, B, C, R>>> lower(Function3<A, B, C, R> f) {
        return lower(f, JitOptions.DEFAULT);
    }

    /** As {@link #lower(Function1, JitOptions)}. */
    public static <A, B, C, R> Function3<A, B, C, Lowered<Function3<A, B, C, R>>> lower(
            Function3<A, B, C, R> f, JitOptions options) {
        TreeFunction function =
                TreeFunction.of(f).withStatics(options.requireWithin(3).statics());
        Ints donated = options.donated();
        return (a, b, c) -> new Lowered<>(
                AheadOfTime.of(function, donated, Array.of(a, b, c)),
                staged -> (a1, b1, c1) -> cast(staged.call(Array.of(a1, b1, c1))));
    }

    /** As {@link #lower(Function1)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, Lowered<Function4<A, B, C, D, R>>> lower(
            Function4<A, B, C, D, R> f) {
        return lower(f, JitOptions.DEFAULT);
    }

    /** As {@link #lower(Function1, JitOptions)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, Lowered<Function4<A, B, C, D, R>>> lower(
            Function4<A, B, C, D, R> f, JitOptions options) {
        TreeFunction function =
                TreeFunction.of(f).withStatics(options.requireWithin(4).statics());
        Ints donated = options.donated();
        return (a, b, c, d) -> new Lowered<>(
                AheadOfTime.of(function, donated, Array.of(a, b, c, d)),
                staged -> (a1, b1, c1, d1) -> cast(staged.call(Array.of(a1, b1, c1, d1))));
    }

    /** As {@link #lower(Function1)}. */
    public static <A, B, C, D, E, R> Function5<A, B, C, D, E, Lowered<Function5<A, B, C, D, E, R>>> lower(
            Function5<A, B, C, D, E, R> f) {
        return lower(f, JitOptions.DEFAULT);
    }

    /** As {@link #lower(Function1, JitOptions)}. */
    public static <A, B, C, D, E, R> Function5<A, B, C, D, E, Lowered<Function5<A, B, C, D, E, R>>> lower(
            Function5<A, B, C, D, E, R> f, JitOptions options) {
        TreeFunction function =
                TreeFunction.of(f).withStatics(options.requireWithin(5).statics());
        Ints donated = options.donated();
        return (a, b, c, d, e) -> new Lowered<>(
                AheadOfTime.of(function, donated, Array.of(a, b, c, d, e)),
                staged -> (a1, b1, c1, d1, e1) -> cast(staged.call(Array.of(a1, b1, c1, d1, e1))));
    }
}
