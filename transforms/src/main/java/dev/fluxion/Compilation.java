package dev.fluxion;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.Shortcut;
import dev.fluxion.transforms.Staging;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.Function5;
import io.vavr.collection.Array;

/** Functions as programs. */
abstract class Compilation extends Batching {
    /**
     * f, traced once for each structure and types of its arguments, and compiled as a whole. f must be pure: it runs only
     * when it is traced. Inside another transform the program stays one shared sub-program.
     */
    public static <A, R> Function1<A, R> jit(Function1<A, R> f) {
        return jit(f, JitOptions.DEFAULT);
    }

    /**
     * As {@link #jit(Function1)}, with arguments that are static or given up.
     *
     * @throws FluxionException FX0104 when the function has no such argument
     */
    public static <A, R> Function1<A, R> jit(Function1<A, R> f, JitOptions options) {
        return Derived.of(f, options.requireWithin(1), g -> {
            TreeFunction function = TreeFunction.of(g).withStatics(options.statics());
            Ints donated = options.donated();
            Shortcut shortcut = new Shortcut();
            return Derived.withStatics(options.statics(), (Function1<A, R>) a -> cast(
                    donated.isEmpty()
                            ? Staging.jit(function, a, shortcut)
                            : Staging.jit(function, donated, Array.of(a))));
        });
    }

    /** As {@link #jit(Function1)}. */
    public static <A, B, R> Function2<A, B, R> jit(Function2<A, B, R> f) {
        return jit(f, JitOptions.DEFAULT);
    }

    /** As {@link #jit(Function1, JitOptions)}. */
    public static <A, B, R> Function2<A, B, R> jit(Function2<A, B, R> f, JitOptions options) {
        return Derived.of(f, options.requireWithin(2), g -> {
            TreeFunction function = TreeFunction.of(g).withStatics(options.statics());
            Ints donated = options.donated();
            return Derived.withStatics(options.statics(), (Function2<A, B, R>)
                    (a, b) -> cast(Staging.jit(function, donated, Array.of(a, b))));
        });
    }

    /** As {@link #jit(Function1)}. */
    public static <A, B, C, R> Function3<A, B, C, R> jit(Function3<A, B, C, R> f) {
        return jit(f, JitOptions.DEFAULT);
    }

    /** As {@link #jit(Function1, JitOptions)}. */
    public static <A, B, C, R> Function3<A, B, C, R> jit(Function3<A, B, C, R> f, JitOptions options) {
        return Derived.of(f, options.requireWithin(3), g -> {
            TreeFunction function = TreeFunction.of(g).withStatics(options.statics());
            Ints donated = options.donated();
            return Derived.withStatics(options.statics(), (Function3<A, B, C, R>)
                    (a, b, c) -> cast(Staging.jit(function, donated, Array.of(a, b, c))));
        });
    }

    /** As {@link #jit(Function1)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, R> jit(Function4<A, B, C, D, R> f) {
        return jit(f, JitOptions.DEFAULT);
    }

    /** As {@link #jit(Function1, JitOptions)}. */
    public static <A, B, C, D, R> Function4<A, B, C, D, R> jit(Function4<A, B, C, D, R> f, JitOptions options) {
        return Derived.of(f, options.requireWithin(4), g -> {
            TreeFunction function = TreeFunction.of(g).withStatics(options.statics());
            Ints donated = options.donated();
            return Derived.withStatics(options.statics(), (Function4<A, B, C, D, R>)
                    (a, b, c, d) -> cast(Staging.jit(function, donated, Array.of(a, b, c, d))));
        });
    }

    /** As {@link #jit(Function1)}. */
    public static <A, B, C, D, E, R> Function5<A, B, C, D, E, R> jit(Function5<A, B, C, D, E, R> f) {
        return jit(f, JitOptions.DEFAULT);
    }

    /** As {@link #jit(Function1, JitOptions)}. */
    public static <A, B, C, D, E, R> Function5<A, B, C, D, E, R> jit(
            Function5<A, B, C, D, E, R> f, JitOptions options) {
        return Derived.of(f, options.requireWithin(5), g -> {
            TreeFunction function = TreeFunction.of(g).withStatics(options.statics());
            Ints donated = options.donated();
            return Derived.withStatics(options.statics(), (Function5<A, B, C, D, E, R>)
                    (a, b, c, d, e) -> cast(Staging.jit(function, donated, Array.of(a, b, c, d, e))));
        });
    }

    /** The program of f for arguments like the given ones; nothing is computed. */
    public static <A> Function1<A, Jaxpr> makeJaxpr(Function1<A, ?> f) {
        TreeFunction function = TreeFunction.of(f);
        return a -> Staging.makeJaxpr(function, Array.of(a));
    }

    /** The program of f for arguments like the given ones; nothing is computed. */
    public static <A, B> Function2<A, B, Jaxpr> makeJaxpr(Function2<A, B, ?> f) {
        TreeFunction function = TreeFunction.of(f);
        return (a, b) -> Staging.makeJaxpr(function, Array.of(a, b));
    }

    /** The program of f for arguments like the given ones; nothing is computed. */
    public static <A, B, C> Function3<A, B, C, Jaxpr> makeJaxpr(Function3<A, B, C, ?> f) {
        TreeFunction function = TreeFunction.of(f);
        return (a, b, c) -> Staging.makeJaxpr(function, Array.of(a, b, c));
    }

    /**
     * The structure, shapes and dtypes of {@code f(a)} without computing it: a result whose arrays know their
     * {@code shape()} and {@code dtype()} and refuse everything else.
     */
    public static <A, R> Function1<A, R> evalShape(Function1<A, R> f) {
        TreeFunction function = TreeFunction.of(f);
        return a -> cast(Staging.evalShape(function, Array.of(a)));
    }

    /** An argument for {@link #evalShape} and {@link #makeJaxpr}: an array that has a type and no data. */
    public static NDArray shapeOnly(ArrayType type) {
        return Staging.shapeOnly(type);
    }
}
