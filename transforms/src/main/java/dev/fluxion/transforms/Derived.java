package dev.fluxion.transforms;

import java.util.function.Function;

/** Functions made from functions, once each: {@code grad(f)} is the same object whenever f is. */
public final class Derived {
    private Derived() {}

    /** The function that {@code make} makes of {@code f}, kept under {@code key}. */
    public static <F, G> G of(F f, Object key, Function<F, G> make) {
        return FunctionMemo.get(f, key, make);
    }
}
