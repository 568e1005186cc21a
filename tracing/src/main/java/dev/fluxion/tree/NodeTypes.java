package dev.fluxion.tree;

import io.vavr.Tuple;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From classes to node types: looked up once per class.
 *
 * <p>What users register is kept here, for the process: the one registry of the house. A class has to come apart in the
 * same way whoever asks, and there is no place in {@code grad(f)} to pass it along.
 */
final class NodeTypes {
    /** A kind of tree known from the start: the values of {@code type} and its subclasses. */
    private record Known(Class<?> type, NodeType node) {}

    private static final NodeType JAVA_LIST = new SequenceNode(
            "[",
            "]",
            value -> ((List<?>) value).toArray(),
            parts -> Collections.unmodifiableList(new ArrayList<>(Arrays.asList(parts))));

    private static final NodeType JAVA_MAP = new MapNode(
            map -> ((Map<?, ?>) map).keySet(), (map, key) -> ((Map<?, ?>) map).get(key), NodeTypes::javaMap);

    private static final NodeType OPTIONAL = new SequenceNode(
            "Optional[",
            "]",
            value -> ((Optional<?>) value).stream().toArray(),
            parts -> parts.length == 0 ? Optional.empty() : Optional.of(parts[0]));

    private static final NodeType TUPLE =
            new SequenceNode("(", ")", value -> ((Tuple) value).toSeq().toJavaArray(), NodeTypes::tuple);

    private static final NodeType VAVR_OPTION = new SequenceNode(
            "Option(",
            ")",
            value -> ((Option<?>) value).toJavaArray(),
            parts -> parts.length == 0 ? Option.none() : Option.some(parts[0]));

    private static final NodeType VAVR_MAP = new MapNode(
            map -> ((io.vavr.collection.Map<?, ?>) map).keySet().toJavaList(),
            NodeTypes::vavrValue,
            NodeTypes::vavrMap);

    private static final List<Known> KNOWN = List.of(
            new Known(List.class, JAVA_LIST),
            new Known(Map.class, JAVA_MAP),
            new Known(Optional.class, OPTIONAL),
            new Known(Tuple.class, TUPLE),
            new Known(Option.class, VAVR_OPTION),
            new Known(io.vavr.collection.Map.class, VAVR_MAP),
            new Known(io.vavr.collection.Array.class, vavr("Array(", io.vavr.collection.Array::of)),
            new Known(io.vavr.collection.List.class, vavr("List(", io.vavr.collection.List::of)),
            new Known(io.vavr.collection.Vector.class, vavr("Vector(", io.vavr.collection.Vector::of)));

    private static final Map<Class<?>, NodeType> REGISTERED = new ConcurrentHashMap<>();

    private static final ClassValue<Optional<NodeType>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Optional<NodeType> computeValue(Class<?> type) {
            return Optional.ofNullable(lookUp(type));
        }
    };

    private NodeTypes() {}

    /** How values of the class come apart, or null when they do not. */
    static NodeType find(Class<?> type) {
        return OF_CLASS.get(type).orElse(null);
    }

    static void register(Class<?> type, NodeType node) {
        REGISTERED.put(type, node);
        OF_CLASS.remove(type);
    }

    private static NodeType lookUp(Class<?> type) {
        NodeType registered = REGISTERED.get(type);
        if (registered != null) {
            return registered;
        }
        if (type.isRecord()) {
            return BeanNode.ofRecord(type);
        }
        if (type.isArray()) {
            return type.getComponentType().isPrimitive() ? null : javaArray(type.getComponentType());
        }
        for (Known known : KNOWN) {
            if (known.type.isAssignableFrom(type)) {
                return known.node;
            }
        }
        return ImmutablesClasses.find(type);
    }

    private static NodeType vavr(String open, java.util.function.Function<Object[], Object> rebuild) {
        return new SequenceNode(open, ")", value -> ((io.vavr.Value<?>) value).toJavaArray(), rebuild);
    }

    private static NodeType javaArray(Class<?> component) {
        return new SequenceNode(
                component.getSimpleName() + "[]{",
                "}",
                value -> (Object[]) value,
                parts ->
                        Arrays.copyOf(parts, parts.length, component.arrayType().asSubclass(Object[].class)));
    }

    private static Object javaMap(List<?> keys, Object[] values) {
        LinkedHashMap<Object, Object> map = LinkedHashMap.newLinkedHashMap(values.length);
        for (int i = 0; i < values.length; i++) {
            map.put(keys.get(i), values[i]);
        }
        return Collections.unmodifiableSequencedMap(map);
    }

    @SuppressWarnings("unchecked")
    private static Object vavrValue(Object map, Object key) {
        return ((io.vavr.collection.Map<Object, Object>) map).get(key).get();
    }

    private static Object vavrMap(List<?> keys, Object[] values) {
        return io.vavr.collection.LinkedHashMap.ofAll((Map<?, ?>) javaMap(keys, values));
    }

    private static Object tuple(Object[] p) {
        return switch (p.length) {
            case 0 -> Tuple.empty();
            case 1 -> Tuple.of(p[0]);
            case 2 -> Tuple.of(p[0], p[1]);
            case 3 -> Tuple.of(p[0], p[1], p[2]);
            case 4 -> Tuple.of(p[0], p[1], p[2], p[3]);
            case 5 -> Tuple.of(p[0], p[1], p[2], p[3], p[4]);
            case 6 -> Tuple.of(p[0], p[1], p[2], p[3], p[4], p[5]);
            case 7 -> Tuple.of(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
            default -> Tuple.of(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
        };
    }
}
