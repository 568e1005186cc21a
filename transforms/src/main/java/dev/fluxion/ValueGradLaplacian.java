package dev.fluxion;

import dev.fluxion.numpy.NDArray;

/** {@code (f(x), grad f(x), sum_k d^2 f / dx_k^2)}. */
public record ValueGradLaplacian<A>(NDArray value, A gradient, NDArray laplacian) {}
