package dev.fluxion;

import dev.fluxion.tracing.Scope;
import io.vavr.Function1;
import io.vavr.Function2;
import java.util.function.Supplier;

/** Names for parts of programs. */
abstract class NamedScopes extends HostCalls {
    /**
     * What {@code body} gives; the equations traced in it carry the name, within the names of the scopes around:
     * {@code encoder/attention}. It shows beside the line in error messages and reports, and in programs printed with
     * {@code JaxprPrinter.printWithSources}.
     *
     * @throws dev.fluxion.ir.FluxionException FX0104 when the name is empty
     */
    public static <R> R namedScope(String name, Supplier<R> body) {
        return Scope.in(name, body);
    }

    /** f, whose equations carry the name, as in {@link #namedScope(String, Supplier)}. */
    public static <A, R> Function1<A, R> namedScope(String name, Function1<A, R> f) {
        return a -> Scope.in(name, () -> f.apply(a));
    }

    /** f, whose equations carry the name, as in {@link #namedScope(String, Supplier)}. */
    public static <A, B, R> Function2<A, B, R> namedScope(String name, Function2<A, B, R> f) {
        return (a, b) -> Scope.in(name, () -> f.apply(a, b));
    }
}
