package dev.fluxion.tree;

import dev.fluxion.ir.binary.ByteInput;
import dev.fluxion.ir.binary.ByteOutput;
import io.vavr.collection.Array;

/**
 * The structure of a tree that was read from a file, and where its arrays stand in the order in which they were written.
 *
 * <p>Lists, tuples, maps and the like come back as they were. Records and Immutables values come back as such when their class
 * is given; else as maps from the names of their components that hold arrays. Values of registered classes and Java arrays
 * come back as lists; map keys that are no strings, numbers or truth values, as strings.
 *
 * @param order the written place of each array
 */
public record PortableTree(TreeDef treeDef, Array<Integer> order) {

    /** Writes a structure. */
    public static void write(ByteOutput out, TreeDef treeDef) {
        TreeWriter.write(out, treeDef);
    }

    /**
     * Reads a structure.
     *
     * @param classes the records and Immutables classes that may be made
     * @throws dev.fluxion.ir.FluxionException FX0702 when it is none
     */
    public static PortableTree read(ByteInput in, Array<Class<?>> classes) {
        return new TreeReader(in, classes).read();
    }

    /** Arrays in the order of the tree, put into the order in which they were written. */
    public <T> Array<T> toWritten(Array<T> leaves) {
        Object[] written = new Object[leaves.size()];
        for (int i = 0; i < written.length; i++) {
            written[order.get(i)] = leaves.get(i);
        }
        return cast(Array.of(written));
    }

    /** Arrays in the order in which they were written, put into the order of the tree. */
    public <T> Array<T> fromWritten(Array<T> leaves) {
        return order.map(leaves::get);
    }

    /** A structure of this process, whose arrays stand in its own order. */
    public static PortableTree of(TreeDef treeDef) {
        return new PortableTree(treeDef, Array.range(0, treeDef.leafCount()));
    }

    @SuppressWarnings("unchecked")
    private static <T> Array<T> cast(Array<Object> array) {
        return (Array<T>) array;
    }
}
