package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.transforms.Differentiation;
import dev.fluxion.transforms.TreeFunction;
import dev.fluxion.transforms.Vectorization;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;

/**
 * A linear map between trees, applied to sums of unit vectors, several at the same time.
 *
 * @param argument a tree like its argument
 */
record SeededMap(Differentiation.Function map, Flat argument) {
    private static final Array<Object> LEADING = Array.of(0);

    /**
     * {@code [k, elements of the result]} of {@code [k, elements of the argument]} truth values: which unit vectors each of
     * the k arguments is the sum of. Elements of trees stand leaf after leaf, in the common dtype of the leaves.
     */
    NDArray of(NDArray indicators) {
        TreeFunction direction = TreeFunction.internal(
                "direction", t -> Tree.leaves(map.apply(argument.treeDef().unflatten(Tree.leaves(t)))));
        Array<NDArray> seeds = split(indicators, argument.leaves().map(NDArray::type));
        Array<NDArray> leaves = Tree.leaves(Vectorization.vmap(direction, LEADING, 0, Array.of(seeds)));
        int k = indicators.shape().dim(0);
        DType dtype = leaves.map(NDArray::dtype).reduce(DType::promote);
        Array<NDArray> flat = leaves.map(leaf -> Lax.convertElementType(
                Lax.reshape(leaf, Shape.of(k, leaf.shape().without(Ints.of(0)).size())), dtype));
        return flat.size() == 1 ? flat.get(0) : Lax.concatenate(flat, 1);
    }

    /** The columns that belong to each leaf, as arrays of the leaves' types with a leading axis. */
    static Array<NDArray> split(NDArray rows, Array<ArrayType> types) {
        int k = rows.shape().dim(0);
        int[] at = {0};
        return types.map(type -> {
            int from = at[0];
            at[0] += type.size();
            NDArray part = Lax.sliceInDim(rows, from, at[0], 1, 1);
            return Lax.reshape(
                    Lax.convertElementType(part, type.dtype()), type.shape().insert(0, k));
        });
    }
}
