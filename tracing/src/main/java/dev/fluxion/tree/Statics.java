package dev.fluxion.tree;

import io.vavr.collection.Array;

/**
 * Values inside records that are not arrays: numbers, strings, enums, functions. They stay as they are and are compared
 * as part of the structure.
 */
final class Statics {
    /** A static value: a node without children whose metadata is the value. */
    static final NodeType STATIC = new NodeType() {
        @Override
        public Parts parts(Object value) {
            return new Parts(value, new Object[0]);
        }

        @Override
        public Object build(Object metadata, Object[] children) {
            return metadata;
        }

        @Override
        public String key(Object metadata, int i) {
            throw new IndexOutOfBoundsException(i);
        }

        @Override
        public String render(Object metadata, Array<String> children) {
            return print(metadata);
        }
    };

    /** The empty subtree {@code null}. */
    static final TreeDef NULL = TreeDef.node(STATIC, null);

    private Statics() {}

    /**
     * True for classes whose values can be part of a structure: they have an {@code equals} of their own, or are enums,
     * classes or functions.
     */
    static boolean isStatic(Class<?> type) {
        return !isContainer(type) && (hasEquals(type) || type == Class.class || isFunction(type));
    }

    /** The value as a Java literal where it has one. */
    static String print(Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> '"' + text + '"';
            case Class<?> type -> type.getSimpleName();
            default -> isFunction(value.getClass()) ? "<function>" : value.toString();
        };
    }

    /** Collections that are not trees: an array inside would go unseen. */
    private static boolean isContainer(Class<?> type) {
        return type.isArray()
                || java.util.Collection.class.isAssignableFrom(type)
                || java.util.Map.class.isAssignableFrom(type)
                || io.vavr.Value.class.isAssignableFrom(type);
    }

    private static boolean hasEquals(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e); // every class has equals
        }
    }

    /** Lambdas, method references, and classes that implement a functional interface with a result. */
    private static boolean isFunction(Class<?> type) {
        if (type.isHidden()) {
            return true;
        }
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Class<?> face : at.getInterfaces()) {
                if (face != Runnable.class
                        && (face.isAnnotationPresent(FunctionalInterface.class) || isFunction(face))) {
                    return true;
                }
            }
        }
        return false;
    }
}
