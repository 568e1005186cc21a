package dev.fluxion.tree;

import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Maps: the children are the values, the keys are part of the structure.
 *
 * <p>Keys of one comparable class are sorted, so that equal maps have equal structures whatever their order; other keys
 * keep the order of the map.
 */
record MapNode(
        Function<Object, Collection<?>> keysOf,
        BiFunction<Object, Object, Object> valueAt,
        BiFunction<List<?>, Object[], Object> rebuild)
        implements NodeType {
    @Override
    public Parts parts(Object value) {
        Object[] keys = keysOf.apply(value).toArray();
        if (comparable(keys)) {
            Arrays.sort(keys);
        }
        Object[] children = new Object[keys.length];
        for (int i = 0; i < children.length; i++) {
            children[i] = valueAt.apply(value, keys[i]);
        }
        return new Parts(Arrays.asList(keys), children);
    }

    @Override
    public Object build(Object metadata, Object[] children) {
        return rebuild.apply((List<?>) metadata, children);
    }

    @Override
    public String key(Object metadata, int i) {
        return "[" + Statics.print(((List<?>) metadata).get(i)) + "]";
    }

    @Override
    public String render(Object metadata, Array<String> children) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            entries.add(Statics.print(((List<?>) metadata).get(i)) + ": " + children.get(i));
        }
        return "{" + String.join(", ", entries) + "}";
    }

    static boolean comparable(Object... keys) {
        for (Object key : keys) {
            if (!(key instanceof Comparable<?>) || key.getClass() != keys[0].getClass()) {
                return false;
            }
        }
        return true;
    }
}
