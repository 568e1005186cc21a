package dev.fluxion.tracing;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import io.vavr.Function1;
import java.util.function.Supplier;

/**
 * Names for parts of a program: {@code encoder/attention}. Equations traced in a scope carry it with their source. A trace
 * starts without a scope, since what it gives is kept and used elsewhere; where its program is put into another one, the
 * scope there comes in front.
 */
public final class Scope {
    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private Scope() {}

    /** The scopes around, outermost first, separated by slashes; empty when there are none. */
    static String current() {
        return CURRENT.isBound() ? CURRENT.get() : "";
    }

    /**
     * Runs {@code body} in a scope within the present one.
     *
     * @throws FluxionException FX0104 when the name is empty
     */
    public static <R> R in(String name, Supplier<R> body) {
        if (name.isEmpty()) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "namedScope: the name is empty")
                    .hint("name what is computed in the scope: attention"));
        }
        String outer = current();
        return with(outer.isEmpty() ? name : outer + "/" + name, body);
    }

    /** The function in the scopes that are around now: for a part of the program that is traced by itself. */
    public static <A, R> Function1<A, R> kept(Function1<A, R> f) {
        String here = current();
        return a -> with(here, () -> f.apply(a));
    }

    /** Runs {@code body} in just the given scopes. */
    static <R> R with(String scopes, Supplier<R> body) {
        return ScopedValue.where(CURRENT, scopes).call(body::get);
    }
}
