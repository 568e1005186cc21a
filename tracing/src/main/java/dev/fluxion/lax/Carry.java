package dev.fluxion.lax;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;

/** The tree that goes from step to step of a loop: its structure, shapes and dtypes stay as they are at first. */
record Carry(String loop, Flat init) {
    static Carry of(String loop, Object init) {
        return new Carry(loop, Tree.flatten(loop + ": init", init));
    }

    Array<NDArray> leaves() {
        return init.leaves();
    }

    int size() {
        return init.leaves().size();
    }

    Array<ArrayType> types() {
        return init.leaves().map(NDArray::type);
    }

    <C> C tree(Array<NDArray> leaves) {
        return init.treeDef().unflatten(leaves);
    }

    /**
     * The leaves of what the body made of the carry.
     *
     * @throws FluxionException FX0304 when its structure or a type differs from that of init
     */
    Array<NDArray> next(Object result) {
        Flat given = Tree.flatten(loop + ": the carry that the body gives", result);
        if (!given.treeDef().equals(init.treeDef())) {
            throw init.treeDef()
                    .mismatch(loop, given.treeDef())
                    .restate(ErrorCode.CARRY_MISMATCH, loop + ": the body changes the structure of the carry")
                    .hint("the body gives a carry like the one that it takes, and that is like init");
        }
        for (int i = 0; i < size(); i++) {
            ArrayType expected = init.leaves().get(i).type();
            ArrayType type = given.leaves().get(i).type();
            if (!type.equals(expected)) {
                throw changed(init.treeDef().paths().get(i), expected, type);
            }
        }
        return given.leaves();
    }

    private FluxionException changed(String path, ArrayType expected, ArrayType given) {
        String where = path.isEmpty() ? "" : " at " + path;
        boolean sameShape = expected.shape().equals(given.shape());
        return Tracing.located(
                FluxionException.of(ErrorCode.CARRY_MISMATCH, loop + ": the body changes the carry" + where)
                        .detail("expected " + expected + ", as in init")
                        .detail("given    " + given)
                        .hint(
                                sameShape
                                        ? "convert one of them: init.astype(DType."
                                                + given.dtype().name()
                                                + "), or in the body the result with astype(DType."
                                                + expected.dtype().name()
                                                + ")"
                                        : "the shape stays the same from step to step: begin with an init of " + given
                                                + ", or reduce, reshape or slice the result"));
    }
}
