package dev.fluxion.ir;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * A program that is traced when it is first needed, and then kept: the derivative rule of a custom function, which may
 * itself call that function. Compared by identity.
 */
public final class LazyJaxpr {
    private Supplier<Jaxpr> supplier;
    private volatile Jaxpr value;

    private LazyJaxpr(Supplier<Jaxpr> supplier, Jaxpr value) {
        this.supplier = supplier;
        this.value = value;
    }

    public static LazyJaxpr of(Supplier<Jaxpr> supplier) {
        return new LazyJaxpr(Objects.requireNonNull(supplier, "supplier"), null);
    }

    public static LazyJaxpr of(Jaxpr jaxpr) {
        return new LazyJaxpr(null, Objects.requireNonNull(jaxpr, "jaxpr"));
    }

    /** The program; traced by the first call. */
    public Jaxpr get() {
        Jaxpr known = value;
        return known != null ? known : compute();
    }

    private synchronized Jaxpr compute() {
        if (value == null) {
            value = Objects.requireNonNull(supplier.get(), "rule");
            supplier = null;
        }
        return value;
    }
}
