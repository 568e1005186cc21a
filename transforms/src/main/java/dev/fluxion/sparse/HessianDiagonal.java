package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.transforms.Chunks;
import dev.fluxion.transforms.Differentiation;
import dev.fluxion.transforms.TreeFunction;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;

/**
 * {@code d^2 f / dx_k^2} for all k: products of the Hessian with sums of unit vectors that do not meet in a row of their
 * own. One product for a sum of functions of one variable each, two for a chain of neighbours, n where all meet all.
 */
public final class HessianDiagonal {
    private HessianDiagonal() {}

    /**
     * The function from arguments to the diagonal, a list of trees like the arguments.
     *
     * @param chunk how many products are computed at the same time; 0: as moderate memory allows
     */
    public static TreeFunction of(String label, TreeFunction gradient, int chunk) {
        String what = "hessianDiagonal of " + label;
        return TreeFunction.internal(what, arguments -> {
            Flat flat = Tree.flatten(arguments);
            Array<ArrayType> types = flat.leaves().map(NDArray::type);
            int size = Detection.size(types);
            if (size == 0) {
                return arguments;
            }
            SparsityPattern pattern = SparseDerivatives.hessianPattern(label, gradient, arguments.get(0));
            Coloring coloring = NeighbourColoring.of(pattern);
            NDArray colors = Numpy.array(coloring.colors());
            Chunks chunks =
                    chunk == 0 ? Chunks.ofWidth(coloring.count(), size) : Chunks.of(what, coloring.count(), chunk);
            Differentiation.Pending pending = Differentiation.linearize(gradient, arguments);
            SeededMap map = new SeededMap(pending.map(), flat);
            NDArray diagonal = chunks.sum(start -> {
                        NDArray own = chunks.indicators(start, colors);
                        NDArray rows = map.of(own);
                        NDArray zero = Numpy.zeros(rows.dtype(), rows.shape().toArray());
                        return Array.of(Lax.reduceSum(Lax.select(own, rows, zero), Ints.of(0)));
                    })
                    .get(0);
            Array<NDArray> leaves = SeededMap.split(Lax.expandDims(diagonal, Ints.of(0)), types)
                    .map(leaf -> Lax.squeeze(leaf, Ints.of(0)));
            return flat.treeDef().unflatten(leaves);
        });
    }
}
