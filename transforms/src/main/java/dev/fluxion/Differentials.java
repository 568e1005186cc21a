package dev.fluxion;

import dev.fluxion.transforms.Differentiation;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** Forward and reverse derivatives at a point. */
abstract class Differentials extends Gradients {
    /**
     * {@code (f(x), df(x) . t)} by forward mode. Integer leaves of the tangents are ignored.
     *
     * @throws dev.fluxion.ir.FluxionException when structure, shapes or dtypes of the tangents differ (FX0501, FX0403)
     */
    public static <A, R> Jvp<R> jvp(Function1<A, R> f, A primals, A tangents) {
        Tuple2<Object, Object> both = Differentiation.jvp(TreeFunction.of(f), Array.of(primals), Array.of(tangents));
        return new Jvp<>(cast(both._1), cast(both._2));
    }

    /** {@code (f(a, b), df(a, b) . (ta, tb))} by forward mode. */
    public static <A, B, R> Jvp<R> jvp(Function2<A, B, R> f, Tuple2<A, B> primals, Tuple2<A, B> tangents) {
        Tuple2<Object, Object> both = Differentiation.jvp(
                TreeFunction.of(f), Array.of(primals._1, primals._2), Array.of(tangents._1, tangents._2));
        return new Jvp<>(cast(both._1), cast(both._2));
    }

    /** {@code f(x)} and the pullback {@code ct -> ct . df(x)} by reverse mode. */
    public static <A, R> Vjp<A, R> vjp(Function1<A, R> f, A primals) {
        Differentiation.Pending pending = Differentiation.vjp(TreeFunction.of(f), Array.of(primals));
        return new Vjp<>(cast(pending.primal()), ct -> first(pending.map().apply(ct)));
    }

    /** {@code f(a, b)} and the pullback {@code ct -> (ct . df/da, ct . df/db)}. */
    public static <A, B, R> Vjp<Tuple2<A, B>, R> vjp(Function2<A, B, R> f, A a, B b) {
        Differentiation.Pending pending = Differentiation.vjp(TreeFunction.of(f), Array.of(a, b));
        return new Vjp<>(cast(pending.primal()), ct -> {
            Array<Object> both = cast(pending.map().apply(ct));
            return new Tuple2<>(cast(both.get(0)), cast(both.get(1)));
        });
    }

    /** {@code f(x)} and the linear map {@code t -> df(x) . t}; f is evaluated once, the map as often as it is called. */
    public static <A, R> Linearization<A, R> linearize(Function1<A, R> f, A primals) {
        Differentiation.Pending pending = Differentiation.linearize(TreeFunction.of(f), Array.of(primals));
        return new Linearization<>(
                cast(pending.primal()), t -> cast(pending.map().apply(Array.of(t))));
    }

    /**
     * The transpose {@code ct -> f^T ct} of a linear function.
     *
     * @param example arrays of the shapes and dtypes of f's argument; their values do not matter
     * @throws dev.fluxion.ir.FluxionException when f is not linear (FX0405)
     */
    public static <A, R> LinearTranspose<A, R> linearTranspose(Function1<A, R> f, A example) {
        Differentiation.Function transposed = Differentiation.linearTranspose(TreeFunction.of(f), Array.of(example));
        return new LinearTranspose<>(ct -> first(transposed.apply(ct)));
    }

    private static <A> A first(Object trees) {
        Array<A> array = cast(trees);
        return array.get(0);
    }
}
