package dev.fluxion;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.Differentiation;
import dev.fluxion.transforms.Shortcut;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** Gradients of scalar functions. */
abstract class Gradients {
    private record Key(String transform, int argnum) {}

    /**
     * {@code grad f : x -> (df/dx_1, df/dx_2, ...)}, of the structure, shapes and dtypes of x.
     *
     * <p>f returns one floating scalar. A function of a single scalar is differentiated forward, everything else in
     * reverse.
     *
     * @throws FluxionException when called, if the result is not a scalar (FX0401) or x has integer leaves (FX0402)
     */
    public static <A> Function1<A, A> grad(Function1<A, NDArray> f) {
        return Derived.of(f, new Key("grad", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            Shortcut shortcut = new Shortcut();
            return a -> cast(Differentiation.grad(function, a, shortcut));
        });
    }

    /** {@code df/da}: the gradient with respect to the first argument. */
    public static <A, B> Function2<A, B, A> grad(Function2<A, B, NDArray> f) {
        return Derived.of(f, new Key("grad", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) ->
                    cast(gradients("grad", function, 0, false, a, b).gradients().get(0));
        });
    }

    /** {@code df/da}: the gradient with respect to the first argument. */
    public static <A, B, C> Function3<A, B, C, A> grad(Function3<A, B, C, NDArray> f) {
        return Derived.of(f, new Key("grad", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b, c) -> cast(
                    gradients("grad", function, 0, false, a, b, c).gradients().get(0));
        });
    }

    /**
     * The gradient with respect to argument {@code argnum} (0 or 1), whose type must be A; {@link #gradSecond} is the typed
     * form for argument 1.
     */
    public static <A, B> Function2<A, B, A> grad(int argnum, Function2<A, B, NDArray> f) {
        checkArgnum(argnum, 2);
        return Derived.of(f, new Key("grad", argnum), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) -> cast(
                    gradients("grad", function, argnum, false, a, b).gradients().get(0));
        });
    }

    /** The gradient with respect to argument {@code argnum} (0, 1 or 2), whose type must be A. */
    public static <A, B, C> Function3<A, B, C, A> grad(int argnum, Function3<A, B, C, NDArray> f) {
        checkArgnum(argnum, 3);
        return Derived.of(f, new Key("grad", argnum), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b, c) -> cast(gradients("grad", function, argnum, false, a, b, c)
                    .gradients()
                    .get(0));
        });
    }

    /** {@code df/db}: the gradient with respect to the second argument. */
    public static <A, B> Function2<A, B, B> gradSecond(Function2<A, B, NDArray> f) {
        return Derived.of(f, new Key("gradSecond", 1), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) ->
                    cast(gradients("grad", function, 1, false, a, b).gradients().get(0));
        });
    }

    /** {@code (df/da, df/db)}. */
    public static <A, B> Function2<A, B, Tuple2<A, B>> gradBoth(Function2<A, B, NDArray> f) {
        return Derived.of(f, new Key("gradBoth", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) -> {
                Array<Object> both = Differentiation.grad("grad", function, Array.of(a, b), Array.of(0, 1), false)
                        .gradients();
                return new Tuple2<>(cast(both.get(0)), cast(both.get(1)));
            };
        });
    }

    /** {@code x -> (f(x), grad f(x))}, both from one evaluation. */
    public static <A> Function1<A, ValueAndGrad<A>> valueAndGrad(Function1<A, NDArray> f) {
        return Derived.of(f, new Key("valueAndGrad", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return a -> valueAndGrad(gradients("valueAndGrad", function, 0, false, a));
        });
    }

    /** {@code (a, b) -> (f(a, b), df/da)}. */
    public static <A, B> Function2<A, B, ValueAndGrad<A>> valueAndGrad(Function2<A, B, NDArray> f) {
        return Derived.of(f, new Key("valueAndGrad", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) -> valueAndGrad(gradients("valueAndGrad", function, 0, false, a, b));
        });
    }

    /** {@code (a, b, c) -> (f(a, b, c), df/da)}. */
    public static <A, B, C> Function3<A, B, C, ValueAndGrad<A>> valueAndGrad(Function3<A, B, C, NDArray> f) {
        return Derived.of(f, new Key("valueAndGrad", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b, c) -> valueAndGrad(gradients("valueAndGrad", function, 0, false, a, b, c));
        });
    }

    /** As {@link #grad(Function1)} for a function that returns (value, more); the rest is handed on undifferentiated. */
    public static <A, X> Function1<A, GradWithAux<A, X>> gradWithAux(Function1<A, Tuple2<NDArray, X>> f) {
        return Derived.of(f, new Key("gradWithAux", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return a -> gradWithAux(gradients("gradWithAux", function, 0, true, a));
        });
    }

    /** As {@link #grad(Function2)} for a function that returns (value, more). */
    public static <A, B, X> Function2<A, B, GradWithAux<A, X>> gradWithAux(Function2<A, B, Tuple2<NDArray, X>> f) {
        return Derived.of(f, new Key("gradWithAux", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) -> gradWithAux(gradients("gradWithAux", function, 0, true, a, b));
        });
    }

    /** As {@link #valueAndGrad(Function1)} for a function that returns (value, more). */
    public static <A, X> Function1<A, ValueAndGradWithAux<A, X>> valueAndGradWithAux(
            Function1<A, Tuple2<NDArray, X>> f) {
        return Derived.of(f, new Key("valueAndGradWithAux", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return a -> valueAndGradWithAux(gradients("valueAndGradWithAux", function, 0, true, a));
        });
    }

    /** As {@link #valueAndGrad(Function2)} for a function that returns (value, more). */
    public static <A, B, X> Function2<A, B, ValueAndGradWithAux<A, X>> valueAndGradWithAux(
            Function2<A, B, Tuple2<NDArray, X>> f) {
        return Derived.of(f, new Key("valueAndGradWithAux", 0), g -> {
            TreeFunction function = TreeFunction.of(g);
            return (a, b) -> valueAndGradWithAux(gradients("valueAndGradWithAux", function, 0, true, a, b));
        });
    }

    private static Differentiation.Grads gradients(
            String purpose, TreeFunction f, int argnum, boolean hasAux, Object... arguments) {
        return Differentiation.grad(purpose, f, Array.of(arguments), Array.of(argnum), hasAux);
    }

    private static <A> ValueAndGrad<A> valueAndGrad(Differentiation.Grads g) {
        return new ValueAndGrad<>(g.value(), cast(g.gradients().get(0)));
    }

    private static <A, X> GradWithAux<A, X> gradWithAux(Differentiation.Grads g) {
        return new GradWithAux<>(cast(g.gradients().get(0)), cast(g.aux()));
    }

    private static <A, X> ValueAndGradWithAux<A, X> valueAndGradWithAux(Differentiation.Grads g) {
        return new ValueAndGradWithAux<>(
                g.value(), cast(g.aux()), cast(g.gradients().get(0)));
    }

    private static void checkArgnum(int argnum, int arguments) {
        if (argnum < 0 || argnum >= arguments) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_PARAMETER,
                            "grad: argnum " + argnum + " of a function of " + arguments + " arguments")
                    .hint("arguments are counted from 0"));
        }
    }

    /** The result of a tree operation as the type the structure guarantees. */
    @SuppressWarnings("unchecked")
    static <T> T cast(Object tree) {
        return (T) tree;
    }
}
