package dev.fluxion.tree;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prefix trees: one value per array from a tree that may stop short of the arrays. */
final class Prefix {
    private final String what;
    private final Object whole;
    private final TreeDef full;
    private final List<Object> values = new ArrayList<>();

    private Prefix(String what, Object whole, TreeDef full) {
        this.what = what;
        this.whole = whole;
        this.full = full;
    }

    static Array<Object> broadcast(String what, Object prefix, TreeDef full) {
        Prefix walk = new Prefix(what, prefix, full);
        walk.visit(prefix, full, "");
        return Array.ofAll(walk.values);
    }

    private void visit(Object prefix, TreeDef tree, String path) {
        NodeType type = prefix == null ? null : NodeTypes.find(prefix.getClass());
        if (type == null) {
            for (int i = 0; i < tree.leafCount(); i++) {
                values.add(prefix);
            }
            return;
        }
        if (tree.isLeaf()) {
            throw mismatch(path, "an array stands here, the prefix goes on with " + prefix);
        }
        Object[] entries = prefix instanceof Map<?, ?> byName
                ? byName(byName, tree, path)
                : type.parts(prefix).children();
        if (entries.length != tree.childCount()) {
            throw mismatch(path, "expected " + tree.childCount() + " entries, given " + entries.length);
        }
        for (int i = 0; i < entries.length; i++) {
            visit(entries[i], tree.child(i), path + tree.key(i));
        }
    }

    private Object[] byName(Map<?, ?> prefix, TreeDef tree, String path) {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < tree.childCount(); i++) {
            String step = tree.key(i);
            for (Map.Entry<?, ?> entry : prefix.entrySet()) {
                if (step.equals("[" + Statics.print(entry.getKey()) + "]") || step.equals("." + entry.getKey())) {
                    entries.add(entry.getValue());
                }
            }
            if (entries.size() != i + 1) {
                throw mismatch(path, "no entry for " + step + " in " + prefix);
            }
        }
        if (entries.size() != prefix.size()) {
            throw mismatch(path, "expected " + tree.childCount() + " entries, given " + prefix.size());
        }
        return entries.toArray();
    }

    private FluxionException mismatch(String path, String difference) {
        return Tracing.located(FluxionException.of(ErrorCode.TREE_MISMATCH, what + ": not a prefix of the tree")
                .detail("tree " + full)
                .detail("prefix " + whole)
                .detail((path.isEmpty() ? "" : "at " + path + ": ") + difference)
                .hint("give one value for a whole subtree, or one entry for each of its parts"));
    }
}
