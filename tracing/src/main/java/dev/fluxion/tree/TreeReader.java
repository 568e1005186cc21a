package dev.fluxion.tree;

import dev.fluxion.ir.binary.ByteInput;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Reads tree structures. {@link TreeWriter} writes them. */
final class TreeReader {
    private static final int DEEPEST = 200;

    /** A static value of which a file holds only the text. */
    private record Opaque(String text) {}

    /** A child under a name, with the written places of its arrays. */
    private record Entry(Object key, PortableTree child) {}

    private final ByteInput in;
    private final Array<Class<?>> classes;
    private int leaves;
    private int depth;

    TreeReader(ByteInput in, Array<Class<?>> classes) {
        this.in = in;
        this.classes = classes;
    }

    PortableTree read() {
        int start = in.position();
        if (++depth > DEEPEST) {
            throw in.wrong(start, "a tree is nested more than " + DEEPEST + " levels deep");
        }
        int kind = in.readByte();
        PortableTree tree = switch (kind) {
            case TreeFormat.LEAF -> new PortableTree(TreeDef.LEAF, Array.of(leaves++));
            case TreeFormat.STATIC -> withoutLeaves(value());
            case TreeFormat.SEQUENCE -> sequence(start);
            case TreeFormat.MAP -> map(start);
            case TreeFormat.BEAN -> bean(start);
            default -> throw in.wrong(start, "there is no kind of tree " + kind);
        };
        depth--;
        return tree;
    }

    private static PortableTree withoutLeaves(Object value) {
        TreeDef treeDef = value == null ? Statics.NULL : TreeDef.node(Statics.STATIC, value);
        return new PortableTree(treeDef, Array.empty());
    }

    private NodeType kind(int start, Class<? extends NodeType> expected) {
        NodeType type = TreeFormat.kind(in.readByte());
        if (!expected.isInstance(type)) {
            throw in.wrong(start, "there is no such sequence or map");
        }
        return type;
    }

    private PortableTree sequence(int start) {
        NodeType type = kind(start, SequenceNode.class);
        int count = in.count("subtrees");
        List<PortableTree> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            children.add(read());
        }
        return node(start, type, null, children);
    }

    private PortableTree map(int start) {
        NodeType type = kind(start, MapNode.class);
        int count = in.count("entries of a map");
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object key = value();
            entries.add(new Entry(key instanceof Opaque(String text) ? text : key, read()));
        }
        return map(start, type, entries);
    }

    /** Keys may have become strings, and then stand in another order. */
    private PortableTree map(int start, NodeType type, List<Entry> entries) {
        Object[] keys = entries.stream().map(Entry::key).toArray();
        if (new HashSet<>(Arrays.asList(keys)).size() < keys.length) {
            throw in.wrong(start, "a map has a key twice");
        }
        if (MapNode.comparable(keys)) {
            entries.sort((a, b) -> compare(a.key(), b.key()));
        }
        return node(
                start,
                type,
                entries.stream().map(Entry::key).toList(),
                entries.stream().map(Entry::child).toList());
    }

    @SuppressWarnings("unchecked") // keys of one comparable class
    private static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private PortableTree bean(int start) {
        String className = in.string();
        int count = in.count("components");
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(in.string(), read()));
        }
        Class<?> type = classes.find(c -> c.getName().equals(className)).getOrNull();
        if (type == null) {
            entries.removeIf(entry -> entry.child().order().isEmpty());
            return map(start, TreeFormat.kind(TreeFormat.JAVA_MAP), entries);
        }
        if (!(NodeTypes.find(type) instanceof BeanNode bean)
                || !bean.componentNames().equals(Array.ofAll(entries).map(Entry::key))) {
            throw in.wrong(
                    start,
                    className + " has other components now than "
                            + Array.ofAll(entries).map(Entry::key).mkString(", "));
        }
        for (Entry entry : entries) {
            if (entry.child().treeDef().metadata() instanceof Opaque(String text)) {
                throw in.wrong(start, className + "." + entry.key() + " is " + text + ", which a file cannot hold")
                        .hint("read it without the class: then the value comes as a map of arrays");
            }
        }
        return node(start, bean, null, entries.stream().map(Entry::child).toList());
    }

    private PortableTree node(int start, NodeType type, Object metadata, List<PortableTree> children) {
        TreeDef treeDef = TreeDef.node(
                type, metadata, children.stream().map(PortableTree::treeDef).toArray(TreeDef[]::new));
        Array<Integer> order = Array.ofAll(children).flatMap(PortableTree::order);
        requireBuildable(start, treeDef);
        return new PortableTree(treeDef, order);
    }

    /** Tuples have at most eight parts, optionals one. */
    private void requireBuildable(int start, TreeDef treeDef) {
        if (treeDef.type() instanceof SequenceNode type) {
            Object[] children = new Object[treeDef.childCount()];
            Arrays.fill(children, "");
            if (type.elements().apply(type.rebuild().apply(children)).length != children.length) {
                throw in.wrong(start, "a sequence of this kind does not have " + children.length + " parts");
            }
        }
    }

    private Object value() {
        int start = in.position();
        int kind = in.readByte();
        return switch (kind) {
            case TreeFormat.NULL -> null;
            case TreeFormat.STRING -> in.string();
            case TreeFormat.INT -> in.signedInt();
            case TreeFormat.LONG -> in.signed();
            case TreeFormat.DOUBLE -> Double.longBitsToDouble(in.fixed(Double.BYTES));
            case TreeFormat.TRUE -> true;
            case TreeFormat.FALSE -> false;
            case TreeFormat.OPAQUE -> new Opaque(in.string());
            default -> throw in.wrong(start, "there is no kind of value " + kind);
        };
    }
}
