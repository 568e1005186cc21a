package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.Function1;
import io.vavr.collection.Array;

/**
 * Full derivatives block by block: block (o, i) is d(result leaf o)/d(argument leaf i), of shape (shape of o) + (shape of
 * i). One derivative per element of one side, all at once.
 */
public final class Jacobian {
    private static final Array<Object> LEADING = Array.of(0);

    /** What to do instead of a Jacobian that does not fit. */
    public static final String PRODUCTS_HINT =
            "jvp(f, x, t) and vjp(f, x) multiply by it without forming it, sparseJacobian(f)"
                    + " keeps its nonzeros only; jacfwd(f, chunk) and jacrev(f, chunk) need less memory beside it";

    /** What to do instead of a Hessian that does not fit. */
    public static final String HESSIAN_HINT =
            "hvp(f, x, v) multiplies by it without forming it, sparseHessian(f) keeps its nonzeros"
                    + " only; hessian(f, chunk) needs less memory beside it";

    private Jacobian() {}

    /** The function from arguments to blocks, by forward mode: cheap for few inputs. */
    public static TreeFunction forward(TreeFunction f) {
        return TreeFunction.internal("jacfwd of " + f.label(), arguments -> {
            Flat flat = Tree.flatten(arguments);
            flat.leaves().forEach(leaf -> requireFloating("jacfwd", f, leaf));
            Array<ArrayType> results = f.trace("jacfwd", flat).jaxpr().outputTypes();
            requireFit("jacfwd of " + f.label(), results, flat.leaves().map(NDArray::type));
            Array<Array<NDArray>> columns =
                    flat.leaves().zipWithIndex().map(leaf -> column(onLeaf(f, flat, leaf._2), leaf._1));
            return columns.isEmpty()
                    ? columns
                    : Array.range(0, columns.get(0).size()).map(o -> columns.map(c -> c.get(o)));
        });
    }

    /** The function from arguments to blocks, by reverse mode: cheap for few results. */
    public static TreeFunction reverse(TreeFunction f) {
        return TreeFunction.internal("jacrev of " + f.label(), arguments -> {
            Flat flat = Tree.flatten(arguments);
            flat.leaves().forEach(leaf -> requireFloating("jacrev", f, leaf));
            TreeFunction leaves = onLeaves(f, flat.treeDef());
            Differentiation.Pending pending = Differentiation.vjp(leaves, Array.of(flat.leaves()));
            Array<NDArray> results = leavesOf(pending.primal());
            requireFit("jacrev of " + f.label(), flat.leaves().map(NDArray::type), results.map(NDArray::type));
            return Array.range(0, results.size()).map(o -> row(pending.map(), results, o));
        });
    }

    /** {@code jacfwd(jacrev(f))} of a scalar function: blocks (i, j) of the second derivative. */
    public static TreeFunction hessian(TreeFunction f) {
        TreeFunction gradient = reverse(f);
        return TreeFunction.internal("hessian of " + f.label(), arguments -> {
            requireHessianFits(f, Tree.leaves(arguments));
            return forward(gradient).apply(arguments);
        });
    }

    /** Refuses second derivatives that do not fit, all rows computed at the same time. */
    public static void requireHessianFits(TreeFunction f, Array<NDArray> variables) {
        variables.forEach(row -> variables.forEach(
                column -> AnswerSize.require("hessian of " + f.label(), row.type(), column.type(), HESSIAN_HINT)));
    }

    /** Refuses blocks that do not fit; {@code seeded} are the leaves whose unit vectors all go through f together. */
    private static void requireFit(String what, Array<ArrayType> others, Array<ArrayType> seeded) {
        for (ArrayType seed : seeded) {
            others.forEach(other -> AnswerSize.require(what, other, seed, PRODUCTS_HINT));
            AnswerSize.requireAllDirections(what, seed, PRODUCTS_HINT);
        }
    }

    /** All d(result)/d(leaf): jvp over the basis of the leaf's space. */
    private static Array<NDArray> column(TreeFunction onLeaf, NDArray leaf) {
        if (leaf.ndim() == 0) {
            return leavesOf(Differentiation.jvp(onLeaf, Array.of(leaf), Array.of(Scalars.ones(leaf.type())))._2);
        }
        TreeFunction direction =
                TreeFunction.internal("direction", t -> Differentiation.jvp(onLeaf, Array.of(leaf), t)._2);
        return leavesOf(Vectorization.vmap(direction, LEADING, 0, Array.of(basis(leaf.type()))))
                .map(c -> Lax.reshape(
                        Lax.transpose(c, Ints.range(1, c.ndim()).append(0)),
                        c.shape().without(Ints.of(0)).concat(leaf.shape())));
    }

    /** All d(result o)/d(arguments): the pullback over the basis of the result's space. */
    private static Array<NDArray> row(Differentiation.Function pullback, Array<NDArray> results, int o) {
        NDArray out = results.get(o);
        requireFloating("jacrev", null, out);
        Function1<NDArray, Array<NDArray>> pull = ct ->
                leavesOf(pullback.apply(results.zipWithIndex().map(r -> r._2 == o ? ct : Scalars.zeros(r._1.type()))));
        if (out.ndim() == 0) {
            return pull.apply(Scalars.ones(out.type()));
        }
        TreeFunction pulled = TreeFunction.internal("pullback", ct -> pull.apply((NDArray) ct.get(0)));
        return leavesOf(Vectorization.vmap(pulled, LEADING, 0, Array.of(basis(out.type()))))
                .map(r -> Lax.reshape(r, out.shape().concat(r.shape().without(Ints.of(0)))));
    }

    /** The unit vectors of the space of arrays of a type, stacked along a new first axis. */
    private static NDArray basis(ArrayType type) {
        NDArray eye = Lax.convertElementType(Numpy.eye(type.size()), type.dtype());
        return Tracing.unitVectors(Lax.reshape(eye, type.shape().insert(0, type.size())));
    }

    /** f as a function of the list of its argument leaves to the list of its result leaves. */
    private static TreeFunction onLeaves(TreeFunction f, TreeDef structure) {
        return TreeFunction.internal(
                f.label(), leaves -> leavesOf(f.apply(structure.unflatten(leavesOf(leaves.get(0))))));
    }

    /** f as a function of one leaf, the others fixed. */
    private static TreeFunction onLeaf(TreeFunction f, Flat at, int i) {
        return TreeFunction.internal(
                f.label(),
                leaf -> leavesOf(f.apply(at.treeDef().unflatten(at.leaves().update(i, (NDArray) leaf.get(0))))));
    }

    private static Array<NDArray> leavesOf(Object tree) {
        return Tree.flatten(tree).leaves();
    }

    /** Refuses leaves without derivative. */
    static NDArray requireFloating(String purpose, TreeFunction f, NDArray leaf) {
        if (!leaf.dtype().isFloating()) {
            String of = f == null ? "" : " of " + f.label();
            throw Tracing.located(FluxionException.of(
                            ErrorCode.NON_FLOAT_GRAD, purpose + of + ": " + leaf.type() + " has no derivative")
                    .hint("convert it with astype(DType.FLOAT64)"));
        }
        return leaf;
    }
}
