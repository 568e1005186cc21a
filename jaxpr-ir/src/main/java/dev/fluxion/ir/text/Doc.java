package dev.fluxion.ir.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A document with alternatives of layout: a group stands on one line if it fits, else each of its breaks is a new line.
 *
 * <p>Source: P. Wadler, "A prettier printer", 2003, in the strict form JAX uses.
 */
sealed interface Doc {
    Doc NIL = new Text("");

    record Text(String text) implements Doc {}

    /** {@code flat} within a group that fits, else a new line at the current indentation. */
    record Break(String flat) implements Doc {}

    record Concat(List<Doc> parts) implements Doc {}

    record Nest(int indent, Doc inside) implements Doc {}

    record Group(Doc inside) implements Doc {}

    static Doc text(String text) {
        return new Text(text);
    }

    static Doc concat(Doc... parts) {
        return new Concat(List.of(parts));
    }

    static Doc nest(int indent, Doc inside) {
        return new Nest(indent, inside);
    }

    static Doc group(Doc inside) {
        return new Group(inside);
    }

    static Doc join(String separator, List<Doc> parts) {
        List<Doc> joined = new ArrayList<>(2 * parts.size());
        for (Doc part : parts) {
            if (!joined.isEmpty()) {
                joined.add(new Break(separator));
            }
            joined.add(part);
        }
        return new Concat(joined);
    }

    /** Lays the document out in {@code width} columns, where that is possible. */
    default String layout(int width) {
        StringBuilder out = new StringBuilder();
        Deque<Item> rest = new ArrayDeque<>();
        rest.push(new Item(0, false, this));
        int lineStart = 0;
        while (!rest.isEmpty()) {
            Item item = rest.pop();
            switch (item.doc) {
                case Text(String text) -> out.append(text);
                case Break(String flat) -> {
                    if (item.flat) {
                        out.append(flat);
                    } else {
                        out.append('\n');
                        lineStart = out.length();
                        out.repeat(' ', item.indent);
                    }
                }
                case Concat(List<Doc> parts) -> pushAll(rest, item, parts);
                case Nest(int indent, Doc inside) -> rest.push(new Item(item.indent + indent, item.flat, inside));
                case Group(Doc inside) -> {
                    boolean flat = item.flat || fits(inside, width - (out.length() - lineStart));
                    rest.push(new Item(item.indent, flat, inside));
                }
            }
        }
        return out.toString();
    }

    /** A document waiting to be laid out. */
    record Item(int indent, boolean flat, Doc doc) {}

    private static void pushAll(Deque<Item> rest, Item item, List<Doc> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            rest.push(new Item(item.indent, item.flat, parts.get(i)));
        }
    }

    /** Whether the document, all breaks flat, takes at most {@code room} columns. Looks no further than that. */
    private static boolean fits(Doc doc, int room) {
        int left = room;
        Deque<Doc> rest = new ArrayDeque<>();
        rest.push(doc);
        while (left >= 0 && !rest.isEmpty()) {
            switch (rest.pop()) {
                case Text(String text) -> left -= text.length();
                case Break(String flat) -> left -= flat.length();
                case Nest(var _, Doc inside) -> rest.push(inside);
                case Group(Doc inside) -> rest.push(inside);
                case Concat(List<Doc> parts) -> {
                    for (int i = parts.size() - 1; i >= 0; i--) {
                        rest.push(parts.get(i));
                    }
                }
            }
        }
        return left >= 0;
    }
}
