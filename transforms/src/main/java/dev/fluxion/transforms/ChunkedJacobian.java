package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;

/**
 * Full derivatives block by block as {@link Jacobian} gives them, some directions at a time: the memory beside the answer
 * is that of {@code chunk} directions. What does not depend on directions is computed once.
 */
public final class ChunkedJacobian {
    private static final Array<Object> LEADING = Array.of(0);

    private ChunkedJacobian() {}

    /** By forward mode: {@code chunk} elements of an argument leaf at a time. */
    public static TreeFunction forward(TreeFunction f, int chunk) {
        return TreeFunction.internal("jacfwd of " + f.label(), arguments -> {
            Flat flat = Tree.flatten(arguments);
            flat.leaves().forEach(leaf -> Jacobian.requireFloating("jacfwd", f, leaf));
            Differentiation.Pending pending = Differentiation.linearize(f, arguments);
            Array<ArrayType> results = Tree.leaves(pending.primal()).map(NDArray::type);
            Array<Array<NDArray>> columns = flat.leaves().zipWithIndex((leaf, i) -> {
                results.forEach(
                        out -> AnswerSize.require("jacfwd of " + f.label(), out, leaf.type(), Jacobian.PRODUCTS_HINT));
                return rows("jacfwd", pending.map(), flat, i, chunk)
                        .map(c -> Lax.reshape(
                                Lax.transpose(c, Ints.range(1, c.ndim()).append(0)),
                                c.shape().without(Ints.of(0)).concat(leaf.shape())));
            });
            return Array.range(0, results.size()).map(o -> columns.map(c -> c.get(o)));
        });
    }

    /** By reverse mode: {@code chunk} elements of a result leaf at a time. */
    public static TreeFunction reverse(TreeFunction f, int chunk) {
        return TreeFunction.internal("jacrev of " + f.label(), arguments -> {
            Flat flat = Tree.flatten(arguments);
            flat.leaves().forEach(leaf -> Jacobian.requireFloating("jacrev", f, leaf));
            Differentiation.Pending pending = Differentiation.vjp(f, arguments);
            Flat results = Tree.flatten(pending.primal());
            return results.leaves().zipWithIndex((out, o) -> {
                Jacobian.requireFloating("jacrev", f, out);
                flat.leaves()
                        .forEach(leaf -> AnswerSize.require(
                                "jacrev of " + f.label(), out.type(), leaf.type(), Jacobian.PRODUCTS_HINT));
                return rows("jacrev", pending.map(), results, o, chunk)
                        .map(r -> Lax.reshape(r, out.shape().concat(r.shape().without(Ints.of(0)))));
            });
        });
    }

    /**
     * The Hessian of a scalar function, {@code chunk} rows of a leaf at a time; a row is the product with a unit vector, as
     * second derivatives commute.
     */
    public static TreeFunction hessian(TreeFunction gradient, String label, int chunk) {
        return TreeFunction.internal("hessian of " + label, arguments -> {
            Flat flat = Tree.flatten(arguments);
            flat.leaves()
                    .forEach(row -> flat.leaves()
                            .forEach(column -> AnswerSize.require(
                                    "hessian of " + label, row.type(), column.type(), Jacobian.HESSIAN_HINT)));
            Differentiation.Pending pending = Differentiation.linearize(gradient, arguments);
            return flat.leaves()
                    .zipWithIndex((leaf, i) -> rows("hessian", pending.map(), flat, i, chunk)
                            .map(r ->
                                    Lax.reshape(r, leaf.shape().concat(r.shape().without(Ints.of(0))))));
        });
    }

    /** A linear map of the unit vectors of one leaf of its argument: {@code [size of the leaf, ..]}. */
    private static Array<NDArray> rows(String what, Differentiation.Function map, Flat argument, int i, int chunk) {
        ArrayType type = argument.leaves().get(i).type();
        Chunks chunks = Chunks.of(what, type.size(), chunk);
        Array<NDArray> zeros = argument.leaves().map(leaf -> Scalars.zeros(leaf.type()));
        TreeFunction direction = TreeFunction.internal("direction", t -> {
            Array<NDArray> leaves = zeros.update(i, (NDArray) t.get(0));
            return Tree.leaves(map.apply(argument.treeDef().unflatten(leaves)));
        });
        return chunks.rows(start -> {
            NDArray unit = chunks.unitVectors(start, type.dtype());
            NDArray seeds = Lax.reshape(unit, type.shape().insert(0, chunks.size()));
            return Tree.leaves(Vectorization.vmap(direction, LEADING, 0, Array.of(seeds)));
        });
    }
}
