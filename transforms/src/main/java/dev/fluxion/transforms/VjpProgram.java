package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;

/**
 * A program and its pullback: {@code forward} takes the inputs and gives the outputs, then residuals; {@code pullback}
 * takes the residuals, then a cotangent for every float output, and gives the cotangents of the active inputs.
 */
public record VjpProgram(Jaxpr forward, Jaxpr pullback, int residuals) {}
