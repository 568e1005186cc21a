package dev.fluxion.tree;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Classes with named components: each is read by its accessor, and all together make a new value. */
final class BeanNode implements NodeType {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

    /** A named component: {@code read} takes the value, as {@code (Object)Object}. */
    record Component(String name, Class<?> type, MethodHandle read) {
        Component {
            read = read.asType(GETTER);
        }
    }

    private final Class<?> type;
    private final String name;
    private final Component[] components;
    private final Maker maker;

    BeanNode(Class<?> type, String name, Array<Component> components, Maker maker) {
        this.type = type;
        this.name = name;
        this.components = components.toJavaArray(Component[]::new);
        this.maker = maker;
    }

    /** All components -> the value. */
    @FunctionalInterface
    interface Maker {
        Object make(Object[] components) throws Throwable;
    }

    /**
     * Records: accessors and the canonical constructor.
     *
     * @throws FluxionException FX0502 when the record's module does not open its package
     */
    static BeanNode ofRecord(Class<?> type) {
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Array<Component> components = Array.of(parts)
                .map(part -> new Component(
                        part.getName(), part.getType(), open(type, part.getAccessor(), LOOKUP::unreflect)));
        try {
            MethodHandle make = open(type, type.getDeclaredConstructor(types), LOOKUP::unreflectConstructor);
            MethodHandle spread = make.asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new BeanNode(type, type.getSimpleName(), components, values -> (Object) spread.invokeExact(values));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e); // every record has its canonical constructor
        }
    }

    /** Turns a reflected member into a method handle. */
    @FunctionalInterface
    interface Unreflect<M> {
        MethodHandle apply(M member) throws IllegalAccessException;
    }

    /** The method handle of a member of any visibility. */
    static <M extends AccessibleObject> MethodHandle open(Class<?> owner, M member, Unreflect<M> unreflect) {
        try {
            member.setAccessible(true);
            return unreflect.apply(member);
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.NOT_A_TREE, owner.getTypeName() + " cannot be read: its package is not open")
                    .hint("add \"opens " + owner.getPackageName() + ";\" to the module-info of "
                            + owner.getModule().getName()));
        }
    }

    /** The class whose values come apart here. */
    Class<?> type() {
        return type;
    }

    Array<String> componentNames() {
        return Array.of(components).map(Component::name);
    }

    @Override
    public Parts parts(Object value) {
        Object[] children = new Object[components.length];
        try {
            for (int i = 0; i < children.length; i++) {
                children[i] = (Object) components[i].read.invokeExact(value);
            }
        } catch (Throwable e) {
            throw asUnchecked(e);
        }
        return new Parts(null, children);
    }

    @Override
    public Object build(Object metadata, Object[] children) {
        try {
            return maker.make(children);
        } catch (ClassCastException e) {
            throw misfit(children, e);
        } catch (Throwable e) {
            throw asUnchecked(e);
        }
    }

    @Override
    public String key(Object metadata, int i) {
        return "." + components[i].name;
    }

    @Override
    public String render(Object metadata, Array<String> children) {
        return Array.of(components)
                .map(Component::name)
                .zipWith(children, (c, value) -> c + "=" + value)
                .mkString(name + "(", ", ", ")");
    }

    @Override
    public boolean holdsStatics() {
        return true;
    }

    /** The error for a component that does not take what a tree is rebuilt from; else the user's own exception. */
    private RuntimeException misfit(Object[] children, ClassCastException cause) {
        for (int i = 0; i < children.length; i++) {
            Class<?> type = components[i].type;
            Object child = children[i];
            if (child != null && !type.isPrimitive() && !type.isInstance(child)) {
                return Tracing.located(FluxionException.of(
                                ErrorCode.NOT_A_TREE,
                                name + "." + components[i].name + " cannot hold a "
                                        + child.getClass().getTypeName())
                        .detail("it is declared as " + type.getTypeName())
                        .hint("declare collections by their interface: List, Map; arrays as NDArray"));
            }
        }
        return cause;
    }

    private static RuntimeException asUnchecked(Throwable e) {
        return switch (e) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
