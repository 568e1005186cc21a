package dev.fluxion.tree;

import io.vavr.Tuple;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers of tree structures in files. They never change; docs/files.md describes them. */
final class TreeFormat {
    static final int LEAF = 0;
    static final int STATIC = 1;
    static final int SEQUENCE = 2;
    static final int MAP = 3;
    static final int BEAN = 4;

    /** Kinds of static values and keys. */
    static final int NULL = 0;

    static final int STRING = 1;
    static final int INT = 2;
    static final int LONG = 3;
    static final int DOUBLE = 4;
    static final int TRUE = 5;
    static final int FALSE = 6;
    /** Something that only has a text here. */
    static final int OPAQUE = 7;

    /** Sequences and maps; the place is the number in files. */
    private static final Array<NodeType> KINDS = Array.of(
                    List.class,
                    Tuple.class,
                    Optional.class,
                    Option.class,
                    Array.class,
                    io.vavr.collection.List.class,
                    io.vavr.collection.Vector.class,
                    Map.class,
                    io.vavr.collection.Map.class)
            .map(NodeTypes::find);

    private TreeFormat() {}

    /** The number of a kind of sequence or map, or -1. */
    static int number(NodeType type) {
        return KINDS.indexOf(type);
    }

    /** The kind of sequence or map of a number, or null. */
    static NodeType kind(int number) {
        return number >= 0 && number < KINDS.size() ? KINDS.get(number) : null;
    }

    static final int JAVA_LIST = 0;
    static final int JAVA_MAP = 7;
}
