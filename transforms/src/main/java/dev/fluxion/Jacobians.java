package dev.fluxion;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.Jacobian;
import dev.fluxion.transforms.Staging;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.function.UnaryOperator;

/** Full first and second derivatives. */
abstract class Jacobians extends Differentials {
    /**
     * {@code J[i.., j..] = df_i/dx_j} by forward mode, of shape (shape of f(x)) + (shape of x). Cheaper than
     * {@link #jacrev} when x has fewer elements than f(x).
     *
     * @throws dev.fluxion.ir.FluxionException when x is not floating (FX0402)
     */
    public static Function1<NDArray, NDArray> jacfwd(Function1<NDArray, NDArray> f) {
        return Derived.of(f, "jacfwd", g -> single(Jacobian.forward(TreeFunction.of(g))));
    }

    /** {@code J[i.., j..] = df_i/dx_j} by reverse mode, of shape (shape of f(x)) + (shape of x). */
    public static Function1<NDArray, NDArray> jacrev(Function1<NDArray, NDArray> f) {
        return Derived.of(f, "jacrev", g -> single(Jacobian.reverse(TreeFunction.of(g))));
    }

    /** {@code H[.., j.., k..] = d^2f/dx_j dx_k}, forward over reverse; f is usually scalar. */
    public static Function1<NDArray, NDArray> hessian(Function1<NDArray, NDArray> f) {
        return Derived.of(f, "hessian", g -> jacfwd(jacrev(g)));
    }

    /** As {@link #jacfwd} for trees: one block for each leaf of the result and each leaf of the argument. */
    public static <A> Function1<A, Blocks> jacfwdBlocks(Function1<A, ?> f) {
        return Derived.of(f, "jacfwdBlocks", g -> blocks(TreeFunction.of(g), Jacobian::forward));
    }

    /** As {@link #jacrev} for trees: one block for each leaf of the result and each leaf of the argument. */
    public static <A> Function1<A, Blocks> jacrevBlocks(Function1<A, ?> f) {
        return Derived.of(f, "jacrevBlocks", g -> blocks(TreeFunction.of(g), Jacobian::reverse));
    }

    /** As {@link #hessian} for a scalar function of a tree: one block for each pair of leaves of the argument. */
    public static <A> Function1<A, Blocks> hessianBlocks(Function1<A, NDArray> f) {
        return Derived.of(f, "hessianBlocks", g -> blocks(TreeFunction.of(g), Jacobian::hessian));
    }

    private static Function1<NDArray, NDArray> single(TreeFunction blocks) {
        return x -> {
            Array<Array<NDArray>> rows = cast(Staging.inline(blocks, Array.of(x)));
            return rows.get(0).get(0);
        };
    }

    private static <A> Function1<A, Blocks> blocks(TreeFunction f, UnaryOperator<TreeFunction> derivative) {
        TreeFunction blocks = derivative.apply(f);
        return a -> new Blocks(cast(Staging.inline(blocks, Array.of(a))));
    }
}
