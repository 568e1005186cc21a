package dev.fluxion.lax;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;

/**
 * The tree that an equation is solved for: every function around the equation takes and gives trees of one structure, shapes
 * and dtypes.
 *
 * @param solver for errors: {@code customRoot}
 * @param name what all have to be like: {@code initialGuess}
 */
record Unknown(String solver, String name, Flat like) {
    /** @throws FluxionException FX0202 when a leaf is not a float */
    static Unknown of(String solver, String name, Object tree) {
        Flat like = Tree.flatten(solver + ": " + name, tree);
        like.leaves().filter(leaf -> !leaf.dtype().isFloating()).forEach(leaf -> {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.DTYPE_MISMATCH, solver + ": " + name + " holds " + leaf.type() + ", not floats")
                    .hint("convert it with astype(DType.FLOAT64)"));
        });
        return new Unknown(solver, name, like);
    }

    Array<NDArray> leaves() {
        return like.leaves();
    }

    Array<ArrayType> types() {
        return like.leaves().map(NDArray::type);
    }

    <X> X tree(Array<NDArray> leaves) {
        return like.treeDef().unflatten(leaves);
    }

    /**
     * The leaves of what one of the functions gives.
     *
     * @throws FluxionException FX0308 when its structure or a type is another
     */
    Array<NDArray> leaves(String function, Object result) {
        Flat given = Tree.flatten(solver + ": the result of " + function, result);
        if (!given.treeDef().equals(like.treeDef())
                || !given.leaves().map(NDArray::type).equals(types())) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.SOLVER_MISMATCH, solver + ": " + function + " gives something unlike " + name)
                    .detail("expected " + like.treeDef() + " of " + types().mkString(", "))
                    .detail("given    " + given.treeDef() + " of "
                            + given.leaves().map(NDArray::type).mkString(", "))
                    .hint("all functions of " + solver + " take and give trees like " + name));
        }
        return given.leaves();
    }
}
