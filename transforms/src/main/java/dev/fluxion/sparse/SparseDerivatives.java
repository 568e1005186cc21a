package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.transforms.Gradient;
import dev.fluxion.transforms.TracedTree;
import dev.fluxion.transforms.TreeFunction;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;

/** Prepares sparse derivatives; patterns and colorings are found once for each structure and types of the argument. */
public final class SparseDerivatives {
    private enum Key {
        PATTERN,
        JACOBIAN,
        HESSIAN
    }

    private SparseDerivatives() {}

    /** The pattern of the Jacobian of f at arguments like the given one. */
    public static SparsityPattern jacobianPattern(TreeFunction f, Object example) {
        return pattern(trace("jacobianSparsity of " + f.label(), f, example));
    }

    /** The pattern of the Hessian of the function with the given gradient: symmetric. */
    public static SparsityPattern hessianPattern(String label, TreeFunction gradient, Object example) {
        SparsityPattern pattern = pattern(trace("hessianSparsity of " + label, gradient, example));
        return pattern.union(pattern.transpose());
    }

    /** The Jacobian of f at arguments like the given one. */
    public static <A> SparseDerivative<A> jacobian(TreeFunction f, Object example) {
        TracedTree traced = trace("sparseJacobian of " + f.label(), f, example);
        return traced.derive(
                Key.JACOBIAN,
                t -> SparseDerivative.jacobian(
                        f,
                        pattern(t),
                        Gradient.needsReverse(Detection.forward(t).jaxpr())));
    }

    /** The Jacobian of f with a pattern that the user knows. */
    public static <A> SparseDerivative<A> jacobian(TreeFunction f, SparsityPattern pattern) {
        return SparseDerivative.jacobian(f, pattern, false);
    }

    /** The Hessian of the function with the given gradient at arguments like the given one. */
    public static <A> SparseDerivative<A> hessian(String label, TreeFunction gradient, Object example) {
        TracedTree traced = trace("sparseHessian of " + label, gradient, example);
        return traced.derive(Key.HESSIAN, t -> SparseDerivative.hessian(label, gradient, pattern(t)));
    }

    /** The Hessian with a pattern that the user knows; both triangles, or one. */
    public static <A> SparseDerivative<A> hessian(String label, TreeFunction gradient, SparsityPattern pattern) {
        return SparseDerivative.hessian(label, gradient, pattern);
    }

    private static SparsityPattern pattern(TracedTree traced) {
        return traced.derive(Key.PATTERN, Detection::of);
    }

    private static TracedTree trace(String what, TreeFunction f, Object example) {
        Flat flat = Tree.flatten(Array.of(example));
        Array<ArrayType> types = flat.leaves().map(NDArray::type);
        Detection.requireFloating(what, types);
        TracedTree traced = f.trace(what, flat);
        Detection.requireFloating(what, traced.jaxpr().outputTypes());
        return traced;
    }
}
