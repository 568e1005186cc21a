package dev.fluxion.lax;

/**
 * The IR's operations as functions with JAX's names and argument order: no broadcasting but of concrete scalars, no
 * promotion. {@code dev.fluxion.numpy.Numpy} is the friendlier face of the same operations.
 */
public final class Lax extends LaxSolvers {
    private Lax() {}
}
