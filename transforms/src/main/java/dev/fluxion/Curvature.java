package dev.fluxion;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.sparse.HessianDiagonal;
import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.Laplacian;
import dev.fluxion.transforms.Staging;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.collection.Array;

/** Second derivatives without second-derivative matrices: products with them, and their traces. */
abstract class Curvature extends Jacobians {
    private record Key(String transform, Object with) {}

    /**
     * {@code H(x) v}: the product of the Hessian of a scalar function with v, without forming the Hessian; forward over
     * reverse, at the cost of a few evaluations of f.
     */
    public static <A> A hvp(Function1<A, NDArray> f, A primals, A tangents) {
        return jvp(grad(f), primals, tangents).tangent();
    }

    /**
     * {@code v' H(x)}: the product from the other side, reverse over reverse. Equal to {@link #hvp} where second derivatives
     * commute, and dearer; it needs no forward rule of what f calls in its gradient.
     */
    public static <A> A vhp(Function1<A, NDArray> f, A primals, A cotangents) {
        return vjp(grad(f), primals).pullback().apply(cotangents);
    }

    /**
     * {@code d^2f/dx_k^2} for each element of x, exact, in the structure and types of x. Products with sums of unit vectors:
     * one where f is a sum of functions of one element each, as many as x has elements where all elements interact.
     *
     * @throws dev.fluxion.ir.FluxionException when called, if the result is not a scalar (FX0401) or x has integer leaves
     *     (FX0402)
     */
    public static <A> Function1<A, A> hessianDiagonal(Function1<A, NDArray> f) {
        return Derived.of(f, new Key("hessianDiagonal", 0), g -> diagonal(g, 0));
    }

    /**
     * As {@link #hessianDiagonal(Function1)}, {@code chunk} products at a time.
     *
     * @throws dev.fluxion.ir.FluxionException as there, and if chunk is not positive (FX0104)
     */
    public static <A> Function1<A, A> hessianDiagonal(Function1<A, NDArray> f, int chunk) {
        return Derived.of(f, new Key("hessianDiagonal, chunked", chunk), g -> diagonal(g, chunk));
    }

    private static <A> Function1<A, A> diagonal(Function1<A, NDArray> f, int chunk) {
        TreeFunction diagonal = HessianDiagonal.of(TreeFunction.of(f).label(), TreeFunction.of(grad(f)), chunk);
        return a -> {
            Array<A> result = cast(Staging.inline(diagonal, Array.of(a)));
            return result.get(0);
        };
    }

    /**
     * {@code G v = J' H J v} with J the Jacobian of {@code model} at the primals and H the Hessian of {@code loss} at
     * {@code z = model(primals)}: the generalised Gauss-Newton matrix of {@code loss(model(x))} times v. It is the Hessian
     * without the term {@code sum_i dloss/dz_i d^2 z_i}, and positive semidefinite for a convex loss. The product has the
     * structure and types of the primals; neither J nor H nor G is formed.
     *
     * <p>Source: N. N. Schraudolph, "Fast curvature matrix-vector products for second-order gradient descent", Neural
     * Computation 14 (2002).
     *
     * @param loss one floating scalar of the model's result
     * @throws dev.fluxion.ir.FluxionException if the loss is no scalar (FX0401), the model's result has integer leaves
     *     (FX0402), or the tangents do not fit the primals (FX0501, FX0403)
     */
    public static <A, R> A gaussNewtonProduct(
            Function1<A, R> model, Function1<R, NDArray> loss, A primals, A tangents) {
        Function2<A, A, A> product = Derived.of(
                model,
                new Key("gaussNewtonProduct", loss),
                m -> whole((p, t) -> {
                    Jvp<R> output = jvp(m, p, t);
                    return vjp(m, p).pullback().apply(hvp(loss, output.primal(), output.tangent()));
                }));
        return product.apply(primals, tangents);
    }

    /**
     * {@code F v = J' (-H) J v} with J the Jacobian of {@code model} at the primals and H the Hessian of the log-likelihood
     * {@code log p(y | z)} in z at {@code z = model(primals)}.
     *
     * <p>Where z are the natural parameters of an exponential family (logits of a categorical or Bernoulli distribution, the
     * mean of a Gaussian of fixed variance, the log rate of a Poisson distribution) H does not depend on y, and F is the
     * Fisher information {@code E_y[g g']}, g the gradient of {@code log p(y | model(x))}, over y from the model's own
     * distribution. For other parameters it is the observed information in z instead of the expected one.
     *
     * @param logLikelihood one floating scalar of the model's result; of several examples the sum
     * @throws dev.fluxion.ir.FluxionException as {@link #gaussNewtonProduct}
     */
    public static <A, R> A fisherProduct(
            Function1<A, R> model, Function1<R, NDArray> logLikelihood, A primals, A tangents) {
        Function1<R, NDArray> loss = Derived.of(
                logLikelihood, new Key("negated", null), l -> z -> l.apply(z).unaryMinus());
        return gaussNewtonProduct(model, loss, primals, tangents);
    }

    /**
     * {@code F v = 1/N sum_i g_i (g_i' v)} with {@code g_i} the gradient of the log-likelihood of example i: the empirical
     * Fisher matrix times v, as {@code 1/N J' J v} without forming a gradient for each example. With labels drawn from the
     * model's own distribution instead of the data it estimates the Fisher information.
     *
     * @param logLikelihoods an array with one element for each of the N examples
     * @throws dev.fluxion.ir.FluxionException when the tangents do not fit the primals (FX0501, FX0403)
     */
    public static <A> A empiricalFisherProduct(Function1<A, NDArray> logLikelihoods, A primals, A tangents) {
        Function2<A, A, A> product = Derived.of(
                logLikelihoods,
                new Key("empiricalFisherProduct", null),
                f -> whole((p, t) -> {
                    NDArray scores = jvp(f, p, t).tangent();
                    return vjp(f, p).pullback().apply(scores.div(Math.max(1, scores.size())));
                }));
        return product.apply(primals, tangents);
    }

    /**
     * {@code sum_k d^2 f / dx_k^2} over all elements of the floating leaves of x, for each element of f(x): of its structure,
     * shapes and dtypes. One pass through f carries values, first derivatives and the Laplacian (forward Laplacian), about
     * half the work of a {@link #hvp} for each unit vector.
     *
     * @throws dev.fluxion.ir.FluxionException when f calls a customVjp function (FX0406)
     */
    public static <A, R> Function1<A, R> laplacian(Function1<A, R> f) {
        return Derived.of(f, new Key("laplacian", null), g -> {
            TreeFunction function = TreeFunction.of(g);
            return a -> cast(Laplacian.of(function, a).laplacian());
        });
    }

    /**
     * {@code x -> (f(x), grad f(x), sum_k d^2 f / dx_k^2)}, all from one pass.
     *
     * @throws dev.fluxion.ir.FluxionException when called, if the result is not a scalar (FX0401), x has integer leaves
     *     (FX0402), or f calls a customVjp function (FX0406)
     */
    public static <A> Function1<A, ValueGradLaplacian<A>> valueGradAndLaplacian(Function1<A, NDArray> f) {
        return Derived.of(f, new Key("valueGradAndLaplacian", null), g -> {
            TreeFunction function = TreeFunction.of(g);
            return a -> {
                Laplacian.Parts parts = Laplacian.withGradient(function, a);
                return new ValueGradLaplacian<>(cast(parts.value()), cast(parts.gradient()), cast(parts.laplacian()));
            };
        });
    }

    /** The function compiled as one program, so that its derivatives share what they can. */
    private static <A> Function2<A, A, A> whole(Function2<A, A, A> f) {
        TreeFunction function = TreeFunction.of(f);
        return (p, t) -> cast(Staging.inline(function, Array.of(p, t)));
    }
}
