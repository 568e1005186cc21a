package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;

/**
 * A program and its derivative at the same point, apart: {@code known} takes the inputs and gives the outputs, then
 * residuals; {@code linear} takes the residuals, then the tangents of the active inputs, and gives the tangents of the
 * active outputs. The tangents of the other outputs are zero.
 */
public record Linearized(Jaxpr known, Jaxpr linear, int residuals, Array<Boolean> activeOutputs) {}
