package dev.fluxion;

/** {@code (f(x), df(x) . t)}: a value and its derivative in one direction, trees of one structure. */
public record Jvp<R>(R primal, R tangent) {}
