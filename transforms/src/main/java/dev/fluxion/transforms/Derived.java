package dev.fluxion.transforms;

import dev.fluxion.ir.Ints;
import java.util.function.Function;

/** Functions made from functions, once each: {@code grad(f)} is the same object whenever f is. */
public final class Derived {
    private Derived() {}

    /** The function that {@code make} makes of {@code f}, kept under {@code key}; it has the static arguments of f. */
    public static <F, G> G of(F f, Object key, Function<F, G> make) {
        return FunctionMemo.get(f, key, g -> withStatics(StaticArguments.of(g), make.apply(g)));
    }

    /** A new function, from now on with static arguments. */
    public static <G> G withStatics(Ints statics, G made) {
        StaticArguments.mark(made, statics);
        return made;
    }
}
