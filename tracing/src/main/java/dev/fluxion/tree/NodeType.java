package dev.fluxion.tree;

import io.vavr.collection.Array;

/** How the values of one class come apart into subtrees and are put together again. */
interface NodeType {
    /**
     * A value taken apart.
     *
     * @param metadata what else is needed to rebuild it, compared with {@code equals} as part of the structure; may be
     *     null
     * @param children the subtrees, in a fixed order
     */
    record Parts(Object metadata, Object[] children) {}

    /** The value taken apart. */
    Parts parts(Object value);

    /** The value with the given parts; the inverse of {@link #parts}. */
    Object build(Object metadata, Object[] children);

    /** The step of a path that leads to child {@code i}: {@code .w}, {@code [0]}, {@code ["k"]}. */
    String key(Object metadata, int i);

    /** The structure in print, given its children in print. */
    String render(Object metadata, Array<String> children);

    /** True where values that are not arrays may stand below: they stay as they are. */
    default boolean holdsStatics() {
        return false;
    }
}
