package dev.fluxion;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.transforms.ChunkedJacobian;
import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.Jacobian;
import dev.fluxion.transforms.Staging;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.collection.Array;

/** Full first and second derivatives. */
abstract class Jacobians extends Differentials {
    private record Key(String transform, int chunk) {}

    /**
     * {@code J[i.., j..] = df_i/dx_j} by forward mode, of shape (shape of f(x)) + (shape of x). Cheaper than
     * {@link #jacrev} when x has fewer elements than f(x).
     *
     * @throws dev.fluxion.ir.FluxionException when called, if x is not floating (FX0402) or the answer does not fit (FX0409)
     */
    public static Function1<NDArray, NDArray> jacfwd(Function1<NDArray, NDArray> f) {
        return Derived.of(f, "jacfwd", g -> single(Jacobian.forward(TreeFunction.of(g))));
    }

    /** {@code J[i.., j..] = df_i/dx_j} by reverse mode, of shape (shape of f(x)) + (shape of x). */
    public static Function1<NDArray, NDArray> jacrev(Function1<NDArray, NDArray> f) {
        return Derived.of(f, "jacrev", g -> single(Jacobian.reverse(TreeFunction.of(g))));
    }

    /**
     * As {@link #jacfwd(Function1)}, {@code chunk} elements of x at a time: beside the answer, and its columns before
     * they are put in place, there is the memory of a batch of {@code chunk} directions.
     *
     * @throws dev.fluxion.ir.FluxionException if chunk is not positive (FX0104), or the answer does not fit (FX0409)
     */
    public static Function1<NDArray, NDArray> jacfwd(Function1<NDArray, NDArray> f, int chunk) {
        return Derived.of(f, new Key("jacfwd", chunk), g -> single(ChunkedJacobian.forward(TreeFunction.of(g), chunk)));
    }

    /**
     * As {@link #jacrev(Function1)}, {@code chunk} elements of f(x) at a time: beside the answer there is the memory of a
     * batch of {@code chunk} pullbacks.
     *
     * @throws dev.fluxion.ir.FluxionException if chunk is not positive (FX0104), or the answer does not fit (FX0409)
     */
    public static Function1<NDArray, NDArray> jacrev(Function1<NDArray, NDArray> f, int chunk) {
        return Derived.of(f, new Key("jacrev", chunk), g -> single(ChunkedJacobian.reverse(TreeFunction.of(g), chunk)));
    }

    /**
     * {@code H[.., j.., k..] = d^2f/dx_j dx_k}, forward over reverse; f is usually scalar.
     *
     * @throws dev.fluxion.ir.FluxionException when called, if x is not floating (FX0402) or the answer does not fit (FX0409)
     */
    public static Function1<NDArray, NDArray> hessian(Function1<NDArray, NDArray> f) {
        return Derived.of(f, "hessian", g -> {
            TreeFunction function = TreeFunction.of(g);
            Function1<NDArray, NDArray> second = jacfwd(jacrev(g));
            return x -> {
                Jacobian.requireHessianFits(function, Array.of(x));
                return second.apply(x);
            };
        });
    }

    /**
     * The Hessian of a scalar function, {@code chunk} rows at a time: beside the answer there is the memory of a batch of
     * {@code chunk} {@code hvp}s. The gradient is linearized once.
     *
     * @throws dev.fluxion.ir.FluxionException if chunk is not positive (FX0104), the result is not a scalar (FX0401), or the
     *     answer does not fit (FX0409)
     */
    public static Function1<NDArray, NDArray> hessian(Function1<NDArray, NDArray> f, int chunk) {
        return Derived.of(f, new Key("hessian", chunk), g -> single(chunkedHessian(g, chunk)));
    }

    /** As {@link #jacfwd(Function1)} for trees: one block for each leaf of the result and each leaf of the argument. */
    public static <A> Function1<A, Blocks> jacfwdBlocks(Function1<A, ?> f) {
        return Derived.of(f, "jacfwdBlocks", g -> blocks(Jacobian.forward(TreeFunction.of(g))));
    }

    /** As {@link #jacfwd(Function1, int)} for trees. */
    public static <A> Function1<A, Blocks> jacfwdBlocks(Function1<A, ?> f, int chunk) {
        return Derived.of(
                f, new Key("jacfwdBlocks", chunk), g -> blocks(ChunkedJacobian.forward(TreeFunction.of(g), chunk)));
    }

    /** As {@link #jacrev(Function1)} for trees: one block for each leaf of the result and each leaf of the argument. */
    public static <A> Function1<A, Blocks> jacrevBlocks(Function1<A, ?> f) {
        return Derived.of(f, "jacrevBlocks", g -> blocks(Jacobian.reverse(TreeFunction.of(g))));
    }

    /** As {@link #jacrev(Function1, int)} for trees. */
    public static <A> Function1<A, Blocks> jacrevBlocks(Function1<A, ?> f, int chunk) {
        return Derived.of(
                f, new Key("jacrevBlocks", chunk), g -> blocks(ChunkedJacobian.reverse(TreeFunction.of(g), chunk)));
    }

    /** As {@link #hessian(Function1)} for a scalar function of a tree: one block for each pair of leaves of the argument. */
    public static <A> Function1<A, Blocks> hessianBlocks(Function1<A, NDArray> f) {
        return Derived.of(f, "hessianBlocks", g -> blocks(Jacobian.hessian(TreeFunction.of(g))));
    }

    /** As {@link #hessian(Function1, int)} for trees. */
    public static <A> Function1<A, Blocks> hessianBlocks(Function1<A, NDArray> f, int chunk) {
        return Derived.of(f, new Key("hessianBlocks", chunk), g -> blocks(chunkedHessian(g, chunk)));
    }

    private static <A> TreeFunction chunkedHessian(Function1<A, NDArray> f, int chunk) {
        return ChunkedJacobian.hessian(
                TreeFunction.of(grad(f)), TreeFunction.of(f).label(), chunk);
    }

    private static Function1<NDArray, NDArray> single(TreeFunction blocks) {
        return x -> {
            Array<Array<NDArray>> rows = cast(Staging.inlineIfItFits(blocks, Array.of(x), Jacobian.PRODUCTS_HINT));
            return rows.get(0).get(0);
        };
    }

    private static <A> Function1<A, Blocks> blocks(TreeFunction blocks) {
        return a -> new Blocks(cast(Staging.inlineIfItFits(blocks, Array.of(a), Jacobian.PRODUCTS_HINT)));
    }
}
