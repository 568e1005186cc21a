package dev.fluxion.tracing;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * A traced function: its program, and the values of enclosing traces that it closes over. The program's inputs are the
 * function's arguments, then one for each of {@code captures}.
 */
public record Traced(Jaxpr jaxpr, Array<NDArray> captures) {}
