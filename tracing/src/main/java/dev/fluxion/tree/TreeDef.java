package dev.fluxion.tree;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The structure of a tree: everything but its arrays. Immutable; compared by content, so it can be a cache key.
 *
 * <p>Prints as {@code {"b": *, "w": *}}, {@code Params(w=*, b=*)}, {@code (*, *)}, {@code [*, *]}, with {@code *} for an
 * array.
 */
public final class TreeDef {
    /** The structure of a single array. */
    public static final TreeDef LEAF = new TreeDef(null, null);

    private final NodeType type;
    private final Object metadata;
    private final TreeDef[] children;
    private final int leafCount;
    private int hash;

    private TreeDef(NodeType type, Object metadata, TreeDef... children) {
        this.type = type;
        this.metadata = metadata;
        this.children = children;
        int count = type == null ? 1 : 0;
        for (TreeDef child : children) {
            count += child.leafCount;
        }
        this.leafCount = count;
    }

    /** The structure of a node; the array belongs to it from now on. */
    static TreeDef node(NodeType type, Object metadata, TreeDef... children) {
        return new TreeDef(type, metadata, children);
    }

    /** The number of arrays. */
    public int leafCount() {
        return leafCount;
    }

    public boolean isLeaf() {
        return type == null;
    }

    /**
     * The tree of this structure with the given arrays.
     *
     * @throws FluxionException FX0501 when the number of arrays is not {@link #leafCount}
     */
    @SuppressWarnings("unchecked")
    public <T> T unflatten(Array<NDArray> leaves) {
        return (T) assemble(leaves.toJavaArray());
    }

    /** The tree of this structure with anything in the places of the arrays; fails where a record demands arrays. */
    Object assemble(Object... leaves) {
        if (leaves.length != leafCount) {
            throw Mismatch.leafCount(this, leaves.length);
        }
        return assemble(leaves, 0);
    }

    /**
     * One value per array, taken from a tree that may stop short of the arrays: a value standing for a subtree counts for
     * all of its arrays.
     *
     * <p>For {@code (Params(w=*, b=*), *)} the prefix {@code (0, NONE)} gives {@code 0, 0, NONE} and
     * {@code (Map.of("w", 0, "b", 1), NONE)} gives {@code 0, 1, NONE}. Below a record or a map a prefix has one entry per
     * component: in a list, tuple or array by position, in a map by name. Everything else is a value, null included.
     *
     * @param what names the prefix in errors, such as {@code inAxes}
     * @throws FluxionException FX0501 when the prefix does not fit
     */
    public Array<Object> broadcastPrefix(String what, Object prefix) {
        return Prefix.broadcast(what, prefix, this);
    }

    /** The path of each array, in order: {@code .layers[0].w}; empty for a single array. */
    public Array<String> paths() {
        String[] paths = new String[leafCount];
        fillPaths("", paths, 0);
        return Array.of(paths);
    }

    /**
     * The error for a tree of another structure than this one.
     *
     * @param summary what was going on: {@code map: the trees differ in structure}
     */
    public FluxionException mismatch(String summary, TreeDef given) {
        return Mismatch.structures(summary, this, given);
    }

    /** A line for each subtree that is not the same in {@code earlier}: {@code [1].rate is 0.5, was 0.25 (static)}. */
    public Array<String> differences(TreeDef earlier) {
        List<String> lines = new ArrayList<>();
        addDifferences("", earlier, lines);
        return Array.ofAll(lines);
    }

    private void addDifferences(String path, TreeDef earlier, List<String> lines) {
        if (equals(earlier)) {
            return;
        }
        if (type != null && type != Statics.STATIC && sameNode(earlier)) {
            for (int i = 0; i < children.length; i++) {
                children[i].addDifferences(path + key(i), earlier.children[i], lines);
            }
            return;
        }
        boolean statics = type == Statics.STATIC || earlier.type == Statics.STATIC;
        lines.add((path.isEmpty() ? "the tree" : path) + " is " + this + ", was " + earlier
                + (statics ? " (static)" : ""));
    }

    Object metadata() {
        return metadata;
    }

    NodeType type() {
        return type;
    }

    /** The number of subtrees. */
    public int childCount() {
        return children.length;
    }

    /** The structure of a subtree: of argument {@code i}, for the arguments of a call. */
    public TreeDef child(int i) {
        return children[i];
    }

    /** The step of a path to child {@code i}. */
    String key(int i) {
        return type.key(metadata, i);
    }

    /** True when the nodes themselves agree; their children are not compared. */
    boolean sameNode(TreeDef that) {
        return type == that.type && children.length == that.children.length && Objects.equals(metadata, that.metadata);
    }

    private Object assemble(Object[] leaves, int from) {
        if (type == null) {
            return leaves[from];
        }
        Object[] parts = new Object[children.length];
        int at = from;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = children[i].assemble(leaves, at);
            at += children[i].leafCount;
        }
        return type.build(metadata, parts);
    }

    private void fillPaths(String here, String[] paths, int from) {
        if (type == null) {
            paths[from] = here;
            return;
        }
        int at = from;
        for (int i = 0; i < children.length; i++) {
            children[i].fillPaths(here + key(i), paths, at);
            at += children[i].leafCount;
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof TreeDef that
                        && hashCode() == that.hashCode()
                        && sameNode(that)
                        && Arrays.equals(children, that.children);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = 31 * (31 * System.identityHashCode(type) + Objects.hashCode(metadata)) + Arrays.hashCode(children);
        }
        return hash;
    }

    @Override
    public String toString() {
        return type == null ? "*" : type.render(metadata, Array.of(children).map(TreeDef::toString));
    }
}
