package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;

/** A program over a batch: marked inputs and the outputs marked in {@code batched} have a leading batch axis. */
public record BatchedProgram(Jaxpr jaxpr, Array<Boolean> batched) {}
