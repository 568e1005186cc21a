package dev.fluxion.nn;

/** The functions of {@code jax.nn}, made for {@code import static dev.fluxion.nn.Nn.*}. */
public final class Nn extends NnNormalizations {
    private Nn() {}
}
