package dev.fluxion.tree;

import io.vavr.collection.Array;
import io.vavr.collection.List;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Classes that Immutables generates ({@code ImmutableParams} for {@code @Value.Immutable interface Params}), known by
 * their shape, since the annotations are gone at run time: a final class with a static {@code builder()} whose
 * {@code build()} makes it, and for each attribute an accessor that a supertype declares and a builder method of the same
 * name. Derived and lazy attributes have no builder method: they are computed again.
 */
final class ImmutablesClasses {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** An attribute: how to read it and how to give it to a builder. */
    private record Attribute(BeanNode.Component component, MethodHandle initialise) {}

    private ImmutablesClasses() {}

    /** How values of the class come apart, or null when Immutables did not make it. */
    static NodeType find(Class<?> type) {
        Optional<Method> builder = method(type, "builder").filter(m -> Modifier.isStatic(m.getModifiers()));
        if (builder.isEmpty() || !Modifier.isFinal(type.getModifiers())) {
            return null;
        }
        Class<?> builderType = builder.get().getReturnType();
        Optional<Method> build = method(builderType, "build").filter(m -> type.isAssignableFrom(m.getReturnType()));
        if (build.isEmpty()) {
            return null;
        }
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (Class<?> supertype : supertypes(type)) {
            for (Method accessor : supertype.getDeclaredMethods()) {
                if (isAccessor(accessor)) {
                    attribute(accessor, builderType).ifPresent(a -> attributes.putIfAbsent(accessor.getName(), a));
                }
            }
        }
        if (attributes.isEmpty()) {
            return null;
        }
        Array<Attribute> sorted = Array.ofAll(attributes.values()).sortBy(a -> a.component.name());
        BeanNode.Maker maker =
                maker(open(type, builder.get()), sorted.map(Attribute::initialise), open(builderType, build.get()));
        return new BeanNode(type, abstractName(type), sorted.map(Attribute::component), maker);
    }

    private static boolean isAccessor(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && !method.isSynthetic();
    }

    private static Optional<Attribute> attribute(Method accessor, Class<?> builderType) {
        Class<?> type = accessor.getReturnType();
        for (Method initialiser : builderType.getDeclaredMethods()) {
            if (initialiser.getName().equals(accessor.getName())
                    && initialiser.getParameterCount() == 1
                    && !initialiser.isVarArgs()
                    && initialiser.getParameterTypes()[0].isAssignableFrom(type)) {
                return Optional.of(new Attribute(
                        new BeanNode.Component(accessor.getName(), type, open(accessor.getDeclaringClass(), accessor)),
                        open(builderType, initialiser)
                                .asType(MethodType.methodType(void.class, Object.class, Object.class))));
            }
        }
        return Optional.empty();
    }

    /** {@code parts -> builder().a(parts[0]).b(parts[1])....build()}. */
    private static BeanNode.Maker maker(MethodHandle builder, Array<MethodHandle> initialise, MethodHandle build) {
        MethodHandle[] steps = initialise.toJavaArray(MethodHandle[]::new);
        MethodHandle create = builder.asType(MethodType.methodType(Object.class));
        MethodHandle finish = build.asType(MethodType.methodType(Object.class, Object.class));
        return parts -> {
            Object made = (Object) create.invokeExact();
            for (int i = 0; i < steps.length; i++) {
                steps[i].invokeExact(made, parts[i]);
            }
            return (Object) finish.invokeExact(made);
        };
    }

    private static MethodHandle open(Class<?> owner, Method method) {
        return BeanNode.open(owner, method, LOOKUP::unreflect);
    }

    private static Optional<Method> method(Class<?> type, String name) {
        try {
            return Optional.of(type.getDeclaredMethod(name));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    /** The supertypes where attributes are declared, nearest first. */
    private static List<Class<?>> supertypes(Class<?> type) {
        List<Class<?>> direct = List.of(type.getInterfaces());
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            direct = direct.prepend(type.getSuperclass());
        }
        return direct.appendAll(direct.flatMap(ImmutablesClasses::supertypes)).distinct();
    }

    /** The name the user gave: that of the abstract type. */
    private static String abstractName(Class<?> type) {
        return supertypes(type).head().getSimpleName();
    }
}
