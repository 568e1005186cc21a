package dev.fluxion.lax;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/** A step of a scan, of trees, as a function of their leaves. */
final class ScanStep<C, X, Y> {
    private final String name;
    private final Function2<C, X, Tuple2<C, Y>> f;
    private final Carry carry;
    private final Stacks stacks;
    private TreeDef y;

    ScanStep(String name, Function2<C, X, Tuple2<C, Y>> f, C init, X xs) {
        this.name = name;
        this.f = f;
        this.carry = Carry.of(name, init);
        this.stacks = Stacks.of(name, xs);
    }

    Array<NDArray> init() {
        return carry.leaves();
    }

    Array<NDArray> xs() {
        return stacks.leaves();
    }

    int length(ScanOptions options) {
        return stacks.length(options.length());
    }

    /** (carry, x) to (carry, y). */
    Array<NDArray> apply(Array<NDArray> leaves) {
        Tuple2<C, Y> result = f.apply(
                carry.tree(leaves.take(carry.size())), stacks.tree().treeDef().unflatten(leaves.drop(carry.size())));
        if (result == null) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_RESULT, name + ": the function gave null")
                    .hint("give the pair of the next carry and of this step's result: Tuple.of(carry, y)"));
        }
        Flat flat = Tree.flatten(name + ": the result of a step", result._2);
        y = flat.treeDef();
        return carry.next(result._1).appendAll(flat.leaves());
    }

    /** The trees of the last carry and of the stacked ys, when the step has been applied. */
    Scan<C, Y> result(Array<NDArray> leaves) {
        return new Scan<>(carry.tree(leaves.take(carry.size())), y.unflatten(leaves.drop(carry.size())));
    }
}
