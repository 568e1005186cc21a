package dev.fluxion;

/** {@code (grad f(x), what else f returned)}. */
public record GradWithAux<A, X>(A gradient, X aux) {}
