package dev.fluxion.numpy;

/** The functions of {@code jax.numpy.linalg}. */
public final class Linalg extends LinalgNorms {
    private Linalg() {}
}
