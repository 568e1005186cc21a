package dev.fluxion;

import io.vavr.Function1;

/** {@code f(x)} and the linear map {@code t -> df(x) . t}, computed without evaluating f again. */
public record Linearization<A, R>(R primal, Function1<A, R> jvp) {}
