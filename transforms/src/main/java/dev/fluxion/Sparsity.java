package dev.fluxion;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.sparse.Csr;
import dev.fluxion.sparse.SparseDerivative;
import dev.fluxion.sparse.SparseDerivatives;
import dev.fluxion.sparse.SparsityPattern;
import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;

/**
 * Jacobians and Hessians of which most elements are zero whatever the arguments are: the pattern is read off the traced
 * program, columns that do not meet are computed together, and only the other elements are kept.
 */
abstract class Sparsity extends Curvature {
    private record Key(String transform) {}

    /**
     * {@code J_ij = df_i/dx_j} as a sparse matrix; rows are the elements of f(x), columns those of x, for trees leaf after
     * leaf. Pattern and coloring are found at the first call for each structure and types of x.
     *
     * @throws dev.fluxion.ir.FluxionException when called, if leaves of x or f(x) are not floating (FX0402)
     */
    public static <A> Function1<A, Csr> sparseJacobian(Function1<A, ?> f) {
        return Derived.of(f, new Key("sparseJacobian"), g -> {
            TreeFunction function = TreeFunction.of(g);
            return a -> SparseDerivatives.<A>jacobian(function, a).apply(a);
        });
    }

    /**
     * The sparse Jacobian of f, prepared for arguments like the given one, whose values do not matter: pattern and number of
     * products can be asked for.
     */
    public static <A> SparseDerivative<A> sparseJacobian(Function1<A, ?> f, A example) {
        return SparseDerivatives.jacobian(TreeFunction.of(f), example);
    }

    /**
     * The sparse Jacobian of f with a pattern that is known. Elements outside the pattern must be zero: they are not looked
     * for, and others come out wrong when they are not.
     */
    public static <A> SparseDerivative<A> sparseJacobian(Function1<A, ?> f, SparsityPattern pattern) {
        return SparseDerivatives.jacobian(TreeFunction.of(f), pattern);
    }

    /**
     * {@code H_ij = d^2f/dx_i dx_j} of a scalar function as a sparse matrix; rows and columns are the elements of x, for
     * trees leaf after leaf. Second derivatives are taken to commute: of (i, j) and (j, i) one is computed.
     *
     * @throws dev.fluxion.ir.FluxionException when called, if f(x) is not a scalar (FX0401) or x not floating (FX0402)
     */
    public static <A> Function1<A, Csr> sparseHessian(Function1<A, NDArray> f) {
        return Derived.of(f, new Key("sparseHessian"), g -> {
            TreeFunction gradient = TreeFunction.of(grad(g));
            String label = TreeFunction.of(g).label();
            return a -> SparseDerivatives.<A>hessian(label, gradient, a).apply(a);
        });
    }

    /** The sparse Hessian of f, prepared for arguments like the given one, whose values do not matter. */
    public static <A> SparseDerivative<A> sparseHessian(Function1<A, NDArray> f, A example) {
        return SparseDerivatives.hessian(TreeFunction.of(f).label(), TreeFunction.of(grad(f)), example);
    }

    /**
     * The sparse Hessian of f with a pattern that is known, of which one triangle is enough. Elements outside must be zero.
     */
    public static <A> SparseDerivative<A> sparseHessian(Function1<A, NDArray> f, SparsityPattern pattern) {
        return SparseDerivatives.hessian(TreeFunction.of(f).label(), TreeFunction.of(grad(f)), pattern);
    }

    /**
     * Which elements of the Jacobian of f may differ from zero, for any values of arguments like the given one. Nothing is
     * computed but what does not depend on x.
     */
    public static <A> SparsityPattern jacobianSparsity(Function1<A, ?> f, A example) {
        return SparseDerivatives.jacobianPattern(TreeFunction.of(f), example);
    }

    /** Which elements of the Hessian of a scalar function may differ from zero, for any values of the argument. */
    public static <A> SparsityPattern hessianSparsity(Function1<A, NDArray> f, A example) {
        return SparseDerivatives.hessianPattern(TreeFunction.of(f).label(), TreeFunction.of(grad(f)), example);
    }
}
