package dev.fluxion.lax;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import java.util.OptionalInt;

/** A tree of arrays that are taken apart along one axis, which has the same size in all of them. */
record Stacks(String name, Flat tree, int axis) {
    static Stacks of(String name, Object xs) {
        return new Stacks(name, Tree.flatten(name + ": xs", xs), 0);
    }

    Array<NDArray> leaves() {
        return tree.leaves();
    }

    /**
     * The common size.
     *
     * @param stated what the size must be, if that is known otherwise
     * @throws FluxionException FX0307 when sizes differ or an array does not have the axis
     */
    int length(OptionalInt stated) {
        Array<String> paths = tree.treeDef().paths();
        int length = stated.orElse(-1);
        String first = "the length given is " + length;
        for (int i = 0; i < leaves().size(); i++) {
            NDArray x = leaves().get(i);
            String leaf = "xs" + paths.get(i) + " is " + x.type();
            if (x.ndim() <= axis) {
                throw mismatch("an array has no axis " + axis)
                        .detail(leaf)
                        .hint("what is the same in all steps need not go in: the function may close over it");
            }
            if (length < 0) {
                length = x.shape().dim(axis);
                first = leaf;
            }
            if (x.shape().dim(axis) != length) {
                throw mismatch("sizes along axis " + axis + " differ")
                        .detail(first)
                        .detail(leaf);
            }
        }
        if (length < 0) {
            throw mismatch("there are no arrays to tell the number of steps")
                    .hint("give it: ScanOptions.DEFAULT.withLength(n)");
        }
        return length;
    }

    private FluxionException mismatch(String what) {
        return Tracing.located(FluxionException.of(ErrorCode.LENGTH_MISMATCH, name + ": " + what));
    }
}
