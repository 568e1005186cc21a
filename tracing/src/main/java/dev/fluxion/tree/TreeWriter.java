package dev.fluxion.tree;

import dev.fluxion.ir.binary.ByteOutput;
import io.vavr.collection.Array;
import java.util.List;

/** Writes tree structures. {@link TreeReader} reads them. */
final class TreeWriter {
    private TreeWriter() {}

    static void write(ByteOutput out, TreeDef tree) {
        switch (tree.type()) {
            case null -> out.writeByte(TreeFormat.LEAF);
            case MapNode map -> {
                out.writeByte(TreeFormat.MAP);
                out.writeByte(TreeFormat.number(map));
                List<?> keys = (List<?>) tree.metadata();
                out.varint(keys.size());
                for (int i = 0; i < keys.size(); i++) {
                    value(out, keys.get(i));
                    write(out, tree.child(i));
                }
            }
            case BeanNode bean -> {
                out.writeByte(TreeFormat.BEAN);
                out.string(bean.type().getName());
                Array<String> names = bean.componentNames();
                out.varint(names.size());
                for (int i = 0; i < names.size(); i++) {
                    out.string(names.get(i));
                    write(out, tree.child(i));
                }
            }
            case NodeType type
            when type == Statics.STATIC -> {
                out.writeByte(TreeFormat.STATIC);
                value(out, tree.metadata());
            }
            case NodeType other -> {
                out.writeByte(TreeFormat.SEQUENCE);
                out.writeByte(Math.max(TreeFormat.JAVA_LIST, TreeFormat.number(other)));
                out.varint(tree.childCount());
                for (int i = 0; i < tree.childCount(); i++) {
                    write(out, tree.child(i));
                }
            }
        }
    }

    private static void value(ByteOutput out, Object value) {
        switch (value) {
            case null -> out.writeByte(TreeFormat.NULL);
            case String text -> {
                out.writeByte(TreeFormat.STRING);
                out.string(text);
            }
            case Integer number -> {
                out.writeByte(TreeFormat.INT);
                out.signed(number);
            }
            case Long number -> {
                out.writeByte(TreeFormat.LONG);
                out.signed(number);
            }
            case Double number -> {
                out.writeByte(TreeFormat.DOUBLE);
                out.fixed(Double.doubleToRawLongBits(number), Double.BYTES);
            }
            case Boolean truth -> out.writeByte(truth ? TreeFormat.TRUE : TreeFormat.FALSE);
            default -> {
                out.writeByte(TreeFormat.OPAQUE);
                out.string(String.valueOf(value));
            }
        }
    }
}
