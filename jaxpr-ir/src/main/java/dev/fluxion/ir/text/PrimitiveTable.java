package dev.fluxion.ir.text;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which record each printed name stands for, found from the sealed hierarchy of primitives. */
public final class PrimitiveTable {
    private static final Map<String, Entry> ENTRIES = find();

    private PrimitiveTable() {}

    /** A kind of primitive, with its family member when it has one (the component {@code op}), else null. */
    public record Entry(Constructor<? extends Primitive> constructor, Array<Field> fields, Enum<?> op) {

        static Entry of(Class<? extends Primitive> type, Enum<?> op) {
            Array<RecordComponent> components = Array.of(type.getRecordComponents());
            Class<?>[] types = components.map(RecordComponent::getType).toJavaArray(Class<?>[]::new);
            try {
                return new Entry(
                        type.getConstructor(types),
                        components.map(c -> new Field(
                                c.getName(), ParameterNames.of(type, c.getName()), c.getType(), c.getGenericType())),
                        op);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("no canonical constructor: " + type, e);
            }
        }

        /** Calls the canonical constructor. */
        public Primitive create(Object... arguments) throws InvocationTargetException {
            try {
                return constructor.newInstance(arguments);
            } catch (InstantiationException | IllegalAccessException e) {
                throw new IllegalStateException("cannot call " + constructor, e);
            }
        }
    }

    /** A record component, with its name in text. */
    public record Field(String name, String key, Class<?> type, Type genericType) {
        /** Whether it shows in the name of the operation, not among its parameters. */
        public boolean isFamily() {
            return name.equals("op");
        }
    }

    /** The entry of the name, or null. */
    public static Entry find(String name) {
        return ENTRIES.get(name);
    }

    static Array<String> names() {
        return Array.ofAll(ENTRIES.keySet()).sorted();
    }

    private static Map<String, Entry> find() {
        List<Entry> entries = new ArrayList<>();
        collect(Primitive.class, entries);
        Map<String, Entry> byName = new HashMap<>();
        entries.forEach(entry -> byName.put(example(entry).name(), entry));
        return byName;
    }

    private static void collect(Class<?> type, List<Entry> entries) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, entries);
            }
        } else if (type.isRecord()) {
            Class<? extends Primitive> primitive = type.asSubclass(Primitive.class);
            Array<RecordComponent> family =
                    Array.of(type.getRecordComponents()).filter(c -> c.getName().equals("op"));
            if (family.isEmpty()) {
                entries.add(Entry.of(primitive, null));
            }
            family.forEach(op -> Array.of(op.getType().getEnumConstants())
                    .forEach(constant -> entries.add(Entry.of(primitive, (Enum<?>) constant))));
        }
    }

    /** Some primitive of the kind: only its name matters. */
    private static Primitive example(Entry entry) {
        Object[] arguments = entry.fields()
                .map(field -> field.isFamily() ? entry.op() : exampleValue(field.type()))
                .toJavaArray();
        try {
            return entry.create(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("no example of " + entry.constructor(), e.getCause());
        }
    }

    private static Object exampleValue(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == String.class) {
            return "";
        }
        if (type == Shape.class) {
            return Shape.SCALAR;
        }
        if (type == Ints.class) {
            return Ints.of();
        }
        if (type == DType.class) {
            return DType.FLOAT64;
        }
        if (type == CheckpointPolicy.class) {
            return new CheckpointPolicy.NothingSaveable();
        }
        if (type == Jaxpr.class) {
            return program();
        }
        if (type == LazyJaxpr.class) {
            return LazyJaxpr.of(program());
        }
        if (type == Array.class) {
            return Array.of(program());
        }
        if (type == DotDimensionNumbers.class) {
            return new DotDimensionNumbers(Ints.of(), Ints.of(), Ints.of(), Ints.of());
        }
        throw new IllegalStateException("no example of a parameter of " + type + ": add one here, and its text to "
                + ParameterReader.class.getSimpleName());
    }

    /** Two inputs, which are the outputs. */
    private static Jaxpr program() {
        Array<Var> inputs = Array.fill(2, () -> new Var(ArrayType.of(DType.FLOAT64)));
        return new Jaxpr(Array.empty(), inputs, Array.empty(), Array.narrow(inputs));
    }
}
