package dev.fluxion.tree;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** One walk over a tree. Paths are only made when something is refused, on the way back up. */
final class Flattening {
    private static final int DEEPEST = 1000;
    private static final int LONGEST_PATH = 120;

    private final List<NDArray> leaves = new ArrayList<>();

    private Flattening() {}

    static Flat flatten(String what, Object tree) {
        Flattening walk = new Flattening();
        try {
            TreeDef treeDef = walk.visit(tree, false, 0);
            return new Flat(Array.ofAll(walk.leaves), treeDef);
        } catch (Refused refused) {
            throw Tracing.located(refused.error(what));
        }
    }

    /**
     * The arguments of a call, some of which are static: values that are compared, without arrays.
     *
     * @param what names the function in errors: {@code jit of f}
     */
    static Flat arguments(String what, Array<?> arguments, Ints statics) {
        Flattening walk = new Flattening();
        TreeDef[] children = new TreeDef[arguments.size()];
        for (int i = 0; i < children.length; i++) {
            Object argument = arguments.get(i);
            boolean isStatic = statics.contains(i);
            int before = walk.leaves.size();
            try {
                children[i] = walk.visit(argument, isStatic, 1);
            } catch (Refused refused) {
                refused.path.insert(0, "[" + i + "]");
                throw Tracing.located(isStatic ? refused.notStatic(what, i) : refused.error("the tree"));
            }
            if (isStatic && walk.leaves.size() > before) {
                throw Tracing.located(arrayInStatic(what, i, children[i], walk.leaves.get(before)));
            }
        }
        TreeDef treeDef = TreeDef.node(NodeTypes.find(Array.class), null, children);
        return new Flat(Array.ofAll(walk.leaves), treeDef);
    }

    private static FluxionException arrayInStatic(String what, int i, TreeDef argument, NDArray leaf) {
        String path = argument.paths().get(0);
        return FluxionException.of(
                        ErrorCode.BAD_STATIC,
                        what + ": argument " + i + " is static, but " + (path.isEmpty() ? "it" : "its " + path)
                                + " is an array, " + leaf.type())
                .hint("static arguments are plain Java values, compared from call to call; arrays are traced: take the"
                        + " argument out of staticArgnums");
    }

    private TreeDef visit(Object value, boolean staticsAllowed, int depth) {
        if (value instanceof NDArray leaf) {
            leaves.add(leaf);
            return TreeDef.LEAF;
        }
        if (value == null) {
            return Statics.NULL;
        }
        NodeType type = NodeTypes.find(value.getClass());
        if (type == null) {
            if (staticsAllowed && Statics.isStatic(value.getClass())) {
                return TreeDef.node(Statics.STATIC, value);
            }
            throw new Refused(value);
        }
        if (depth == DEEPEST) {
            throw new Refused(null);
        }
        NodeType.Parts parts = type.parts(value);
        TreeDef[] children = new TreeDef[parts.children().length];
        boolean inside = staticsAllowed || type.holdsStatics();
        for (int i = 0; i < children.length; i++) {
            try {
                children[i] = visit(parts.children()[i], inside, depth + 1);
            } catch (Refused refused) {
                refused.path.insert(0, type.key(parts.metadata(), i));
                throw refused;
            }
        }
        return TreeDef.node(type, parts.metadata(), children);
    }

    /** Something that is not a tree; its path grows at the front while the walk unwinds. */
    private static final class Refused extends RuntimeException {
        private final transient Object value;
        private final transient StringBuilder path = new StringBuilder();

        /** @param value what was refused; null: the depth */
        private Refused(Object value) {
            super(null, null, false, false);
            this.value = value;
        }

        private FluxionException error(String what) {
            String place = path.length() <= LONGEST_PATH ? path.toString() : path.substring(0, LONGEST_PATH) + "...";
            String subject = place.isEmpty() ? what : what + ": " + place;
            if (value == null) {
                return FluxionException.of(
                                ErrorCode.NOT_A_TREE, subject + " is nested more than " + DEEPEST + " levels deep")
                        .hint("a tree must not contain itself; long chains belong into a list");
            }
            return FluxionException.of(ErrorCode.NOT_A_TREE, subject + " is " + describe() + ", not an array or tree")
                    .hint(advice());
        }

        private FluxionException notStatic(String what, int i) {
            String below = path.substring(("[" + i + "]").length());
            return FluxionException.of(
                            ErrorCode.BAD_STATIC,
                            what + ": argument " + i + " is static, but " + (below.isEmpty() ? "it" : "its " + below)
                                    + " is " + describe() + ", which has no value to compare")
                    .detail("two of them are equal only when they are the same object, and every other one would be"
                            + " traced anew")
                    .hint("use a number, a string, an enum, a record, a List of them, or a class with an equals of its"
                            + " own");
        }

        private String describe() {
            Class<?> type = value.getClass();
            String name = type.isHidden() ? "lambda" : type.getTypeName();
            String article = "aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ";
            return article + name;
        }

        private String advice() {
            return switch (value) {
                case Number _, Boolean _ ->
                    "write scalar(" + value + ") for an array; as a component of a record it stays a plain Java value";
                case double[] _, float[] _, int[] _, long[] _, boolean[] _, double[][] _ ->
                    "write array(...) for an array";
                case java.util.Collection<?> _ -> "its elements have no order; use a List";
                default ->
                    "trees are made of NDArray, records, tuples, lists, maps, Optional and Immutables values;"
                            + " Tree.register teaches Fluxion a class of your own";
            };
        }
    }
}
