package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.collection.Array;

/** Checks and masks over the leaves of arguments. */
final class Leaves {
    private Leaves() {}

    /** Which arrays carry derivatives: the floating ones. */
    static Array<Boolean> floating(Array<ArrayType> types) {
        return types.map(t -> t.dtype().isFloating());
    }

    /** {@code n} marks that are false. */
    static Array<Boolean> none(int n) {
        return Array.fill(n, false);
    }

    /**
     * The leaves of tangents or cotangents, which must have the structure and types of {@code like}.
     *
     * @param what {@code tangents} or {@code cotangents}
     * @throws FluxionException when structure or types differ
     */
    static Array<NDArray> matching(String what, Object tree, TreeDef like, Array<ArrayType> types) {
        Flat flat = Tree.flatten(tree);
        if (!flat.treeDef().equals(like)) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.TREE_MISMATCH, what + ": the structure differs from that of the primals")
                    .detail("expected " + like)
                    .detail("given    " + flat.treeDef()));
        }
        for (int i = 0; i < types.size(); i++) {
            ArrayType expected = types.get(i);
            ArrayType given = flat.leaves().get(i).type();
            if (expected.dtype().isFloating() && !expected.equals(given)) {
                throw Tracing.located(FluxionException.of(
                                ErrorCode.TANGENT_MISMATCH, what + ": leaf " + i + " does not fit its primal")
                        .detail("expected " + expected)
                        .detail("given    " + given)
                        .hint("tangents and cotangents have the shape and dtype of what they belong to"));
            }
        }
        return flat.leaves();
    }
}
