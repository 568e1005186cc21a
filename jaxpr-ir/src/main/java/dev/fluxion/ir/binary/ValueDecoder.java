package dev.fluxion.ir.binary;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Shape;
import io.vavr.collection.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Reads parameter values by the declared type of their component. {@link OperationWriter} writes them. */
final class ValueDecoder {
    private static final int MAX_DEPTH = 100;

    private final ByteInput in;
    private final String[] strings;
    private final ProgramTable programs;
    private int depth;

    ValueDecoder(ByteInput in, String[] strings, ProgramTable programs) {
        this.in = in;
        this.strings = strings;
        this.programs = programs;
    }

    /** The value, of the type that a parameter is declared with. */
    Object read(Type declared) {
        int start = in.position();
        if (++depth > MAX_DEPTH) {
            throw in.wrong(start, "parameters are nested more than " + MAX_DEPTH + " deep");
        }
        Object value = read(start, declared);
        depth--;
        return value;
    }

    private Object read(int start, Type declared) {
        int kind = in.readByte();
        Class<?> type = raw(declared);
        return switch (kind) {
            case Format.INT -> fits(start, type, int.class, in.signedInt());
            case Format.FALSE -> fits(start, type, boolean.class, false);
            case Format.TRUE -> fits(start, type, boolean.class, true);
            case Format.LONG -> fits(start, type, long.class, in.signed());
            case Format.DOUBLE -> fits(start, type, double.class, Double.longBitsToDouble(in.fixed(Double.BYTES)));
            case Format.STRING -> fits(start, type, String.class, strings[in.index("string", strings.length)]);
            case Format.SHAPE -> fits(start, type, Shape.class, in.shape());
            case Format.INTS -> fits(start, type, Ints.class, in.ints());
            case Format.DTYPE -> fits(start, type, DType.class, in.dtype());
            case Format.PROGRAM -> fits(start, type, Jaxpr.class, programs.get(in));
            case Format.RULE -> fits(start, type, LazyJaxpr.class, programs.rule(in));
            case Format.ENUM -> constant(start, type);
            case Format.LIST -> list(start, declared);
            case Format.RECORD -> record(start, type);
            default -> throw in.wrong(start, "there is no kind of parameter " + kind);
        };
    }

    private Object fits(int start, Class<?> expected, Class<?> found, Object value) {
        if (expected != found) {
            throw misfit(start, expected, found.getSimpleName());
        }
        return value;
    }

    private FluxionException misfit(int start, Class<?> expected, String found) {
        return in.wrong(start, "a parameter is declared as " + expected.getSimpleName() + ", and given as " + found);
    }

    private Object constant(int start, Class<?> type) {
        String name = strings[in.index("string", strings.length)];
        if (!type.isEnum()) {
            throw misfit(start, type, "a name");
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> in.wrong(start, type.getSimpleName() + " has no '" + name + "'"));
    }

    private Array<Object> list(int start, Type declared) {
        if (!(declared instanceof ParameterizedType type) || type.getRawType() != Array.class) {
            throw misfit(start, raw(declared), "a list");
        }
        int count = in.number("the length of a list", ByteInput.MAX_LIST);
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(read(boxless(type.getActualTypeArguments()[0])));
        }
        return Array.ofAll(elements);
    }

    private Object record(int start, Class<?> declared) {
        String name = strings[in.index("string", strings.length)];
        Class<?> type = recordType(declared, name);
        if (type == null) {
            throw misfit(start, declared, "'" + name + "'");
        }
        Array<RecordComponent> components = Array.of(type.getRecordComponents());
        int count = in.number("the number of components", ByteInput.MAX_LIST);
        if (count != components.size()) {
            throw in.wrong(start, name + " has " + components.size() + " components, not " + count);
        }
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = read(components.get(i).getGenericType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    components.map(RecordComponent::getType).toJavaArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw in.relocate(start, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    /** The record of this name that a declared type is or permits, or null. */
    private static Class<?> recordType(Class<?> declared, String name) {
        if (declared.isRecord()) {
            return declared.getSimpleName().equals(name) ? declared : null;
        }
        return !declared.isSealed()
                ? null
                : Array.of(declared.getPermittedSubclasses())
                        .map(permitted -> recordType(permitted, name))
                        .find(Objects::nonNull)
                        .getOrNull();
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> throw new IllegalStateException("no bytes are known for parameters of " + type);
        };
    }

    /** The type that elements of a list are compared with: {@code int} for {@code Integer}. */
    private static Type boxless(Type element) {
        return element == Integer.class
                ? int.class
                : element == Boolean.class
                        ? boolean.class
                        : element == Long.class ? long.class : element == Double.class ? double.class : element;
    }
}
