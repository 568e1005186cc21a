package dev.fluxion;

import dev.fluxion.numpy.NDArray;

/** {@code (f(x), what else f returned, grad f(x))}. */
public record ValueAndGradWithAux<A, X>(NDArray value, X aux, A gradient) {}
