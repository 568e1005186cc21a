package dev.fluxion.tree;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;

/** Errors about trees whose structures do not fit. */
final class Mismatch {
    private Mismatch() {}

    static FluxionException structures(String summary, TreeDef expected, TreeDef given) {
        return Tracing.located(firstDifference(
                        FluxionException.of(ErrorCode.TREE_MISMATCH, summary), "", expected, given)
                .hint("trees must agree in everything but the values of their arrays: classes, lengths, keys, and the"
                        + " parts that are not arrays"));
    }

    static FluxionException leafCount(TreeDef expected, int given) {
        return Tracing.located(FluxionException.of(ErrorCode.TREE_MISMATCH, "unflatten: wrong number of arrays")
                .detail("expected " + expected.leafCount() + " for " + expected)
                .detail("given " + given));
    }

    private static FluxionException firstDifference(
            FluxionException error, String path, TreeDef expected, TreeDef given) {
        if (expected.isLeaf() == given.isLeaf() && expected.sameNode(given)) {
            for (int i = 0; i < expected.childCount(); i++) {
                if (!expected.child(i).equals(given.child(i))) {
                    return firstDifference(error, path + expected.key(i), expected.child(i), given.child(i));
                }
            }
        }
        String where = path.isEmpty() ? "" : "at " + path + ": ";
        return error.detail(where + "expected " + expected).detail(where + "given " + given);
    }
}
