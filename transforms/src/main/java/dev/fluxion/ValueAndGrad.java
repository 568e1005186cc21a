package dev.fluxion;

import dev.fluxion.numpy.NDArray;

/** {@code (f(x), grad f(x))}. */
public record ValueAndGrad<A>(NDArray value, A gradient) {}
