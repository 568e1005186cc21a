package dev.fluxion.tree;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/**
 * Trees of arrays: the arguments and results of transformed functions.
 *
 * <p>A tree is
 *
 * <ul>
 *   <li>an {@link NDArray}, or {@code null} (a tree without arrays);
 *   <li>a record, or a value of a class that Immutables generated with a builder: its components are trees, and where they
 *       are not (numbers, strings, enums, functions) they are <i>static</i>: they stay as they are and are part of the
 *       structure;
 *   <li>a Vavr tuple, {@code List}, {@code Array}, {@code Vector}, {@code Map} or {@code Option} of trees;
 *   <li>a {@link java.util.List}, {@link java.util.Map}, {@link java.util.Optional} or Java array of trees;
 *   <li>a value of a class given to {@link #register}.
 * </ul>
 *
 * <p>Maps with keys of one comparable class come in the order of their keys, others in their own order. Rebuilt Java
 * lists and maps are unmodifiable, rebuilt Vavr maps are linked: a record component declared as {@code ArrayList} cannot
 * be rebuilt, one declared as {@code List} can.
 */
public final class Tree {
    private Tree() {}

    /**
     * The arrays of a tree, depth first, and its structure.
     *
     * @throws FluxionException FX0502 when something in it is not a tree, or it is nested more than 1000 levels deep
     */
    public static Flat flatten(Object tree) {
        return flatten("the tree", tree);
    }

    /**
     * The arrays of a tree, depth first, and its structure.
     *
     * @param what names the tree in errors: {@code argument 0}
     * @throws FluxionException FX0502 when something in it is not a tree, or it is nested more than 1000 levels deep
     */
    public static Flat flatten(String what, Object tree) {
        return Flattening.flatten(what, tree);
    }

    /**
     * The arguments of a call as one tree, an array of them. The static ones are plain values and have no arrays: numbers,
     * strings, enums, functions, classes with an {@code equals} of their own, records and collections of such values.
     *
     * @param what names the function in errors: {@code jit of f}
     * @throws FluxionException FX0502 when an argument is not a tree; FX0503 when a static one holds an array or a value
     *     that cannot be compared
     */
    public static Flat flattenArguments(String what, Array<?> arguments, Ints statics) {
        return Flattening.arguments(what, arguments, statics);
    }

    /** The arrays of a tree, depth first. */
    public static Array<NDArray> leaves(Object tree) {
        return flatten(tree).leaves();
    }

    /** The structure of a tree: everything but its arrays. */
    public static TreeDef structure(Object tree) {
        return flatten(tree).treeDef();
    }

    /** The arrays of a tree with their paths, such as {@code .layers[0].w}. */
    public static Array<Tuple2<String, NDArray>> flattenWithPath(Object tree) {
        Flat flat = flatten(tree);
        return flat.treeDef().paths().zip(flat.leaves());
    }

    /** The tree with {@code f} applied to each array. */
    public static <T> T map(Function1<NDArray, NDArray> f, T tree) {
        Flat flat = flatten(tree);
        return flat.treeDef().unflatten(flat.leaves().map(f));
    }

    /**
     * The tree with {@code f} applied to the arrays of x and y at each place.
     *
     * @throws FluxionException FX0501 when the structures differ
     */
    public static <T> T map2(Function2<NDArray, NDArray, NDArray> f, T x, T y) {
        Flat xs = flatten(x);
        Flat ys = flatten(y);
        if (!xs.treeDef().equals(ys.treeDef())) {
            throw xs.treeDef().mismatch("map2: the trees differ in structure", ys.treeDef());
        }
        return xs.treeDef().unflatten(xs.leaves().zipWith(ys.leaves(), f));
    }

    /**
     * The outer tree of inner trees turned inside out: an inner tree of outer trees.
     *
     * <p>{@code transpose(structure(List.of(x, y)), structure(Tuple.of(x, y)), [(a, b), (c, d)])} is
     * {@code ([a, c], [b, d])}.
     *
     * @throws FluxionException FX0501 when the tree is not an outer tree of inner trees
     */
    @SuppressWarnings("unchecked")
    public static <T> T transpose(TreeDef outer, TreeDef inner, Object tree) {
        Flat flat = flatten(tree);
        TreeDef expected = structure(outer.assemble(copies(outer.leafCount(), inner, flat.leaves())));
        if (!expected.equals(flat.treeDef())) {
            throw expected.mismatch("transpose: not an outer tree of inner trees", flat.treeDef());
        }
        Object[] parts = new Object[inner.leafCount()];
        for (int i = 0; i < parts.length; i++) {
            Object[] column = new Object[outer.leafCount()];
            for (int o = 0; o < column.length; o++) {
                column[o] = flat.leaves().get(o * parts.length + i);
            }
            parts[i] = outer.assemble(column);
        }
        return (T) inner.assemble(parts);
    }

    /**
     * Makes the values of {@code type} trees, in the whole process; a later registration of the same class replaces it.
     *
     * <p>Records, tuples, collections and Immutables values need no registration.
     *
     * @param flatten value -> its subtrees, and what else is needed to rebuild it (compared with {@code equals}; may be
     *     null)
     * @param unflatten what else is needed, the subtrees -> the value
     */
    public static <T> void register(
            Class<T> type,
            Function1<T, Tuple2<Array<Object>, Object>> flatten,
            Function2<Object, Array<Object>, T> unflatten) {
        NodeTypes.register(type, new RegisteredNode<>(type, flatten, unflatten));
    }

    private static Object[] copies(int count, TreeDef inner, Array<NDArray> leaves) {
        NDArray[] some = leaves.take(inner.leafCount()).toJavaArray(NDArray[]::new);
        Object[] copies = new Object[count];
        java.util.Arrays.setAll(copies, i -> inner.assemble((Object[]) some));
        return copies;
    }
}
