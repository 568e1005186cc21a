package dev.fluxion.ir;

import io.vavr.collection.Array;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of primitives, read from their record components, so that printing, parsing, comparing and checking need
 * no code per primitive. A component named {@code op} is the family of the operation: it shows in the name, not among the
 * parameters.
 */
public final class Parameters {
    private Parameters() {}

    /** One parameter: the component's name and declared type, and its value. */
    public record Parameter(String name, Type type, Object value) {}

    private static final ClassValue<Array<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected Array<RecordComponent> computeValue(Class<?> type) {
            return type.isRecord() ? Array.of(type.getRecordComponents()) : Array.empty();
        }
    };

    /** The parameters of {@code p} in the order of declaration, without the family; none when p is not a record. */
    public static Array<Parameter> of(Primitive p) {
        return components(p).filter(parameter -> !parameter.name().equals("op"));
    }

    /** All components of a record; none when {@code value} is not a record. */
    public static Array<Parameter> components(Object value) {
        return COMPONENTS
                .get(value.getClass())
                .map(c -> new Parameter(c.getName(), c.getGenericType(), read(c, value)));
    }

    /** The sub-programs among the parameters, derivative rules not included. */
    public static Array<Jaxpr> subPrograms(Primitive p) {
        return switch (p) {
            case Control control -> {
                List<Jaxpr> found = new ArrayList<>();
                of(control).forEach(parameter -> collect(parameter.value(), found));
                yield Array.ofAll(found);
            }
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Custom _ -> Array.empty();
        };
    }

    /** The derivative rules among the parameters; none is traced. */
    public static Array<LazyJaxpr> rules(Primitive p) {
        return switch (p) {
            case Control control ->
                of(control)
                        .map(Parameter::value)
                        .filter(LazyJaxpr.class::isInstance)
                        .map(LazyJaxpr.class::cast);
            case Elementwise _, Movement _, Reduction _, DotGeneral _, Threefry2x32 _, Custom _ -> Array.empty();
        };
    }

    private static void collect(Object value, List<Jaxpr> found) {
        if (value instanceof Jaxpr jaxpr) {
            found.add(jaxpr);
        } else if (value instanceof Array<?> array) {
            array.forEach(element -> collect(element, found));
        }
    }

    private static Object read(RecordComponent component, Object owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of " + owner.getClass(), e);
        }
    }
}
