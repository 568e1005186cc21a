package dev.fluxion;

import io.vavr.Function1;

/**
 * {@code f(x)} and the linear map {@code t -> df(x) . t}, computed without evaluating f again. Itself a function: the map.
 */
public record Linearization<A, R>(R primal, Function1<A, R> jvp) implements Function1<A, R> {
    private static final long serialVersionUID = 1L;

    @Override
    public R apply(A tangents) {
        return jvp.apply(tangents);
    }
}
