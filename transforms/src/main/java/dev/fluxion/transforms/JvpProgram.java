package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * A program pushed forward: {@code jaxpr} takes all inputs, then the tangents of the active inputs, and gives all outputs,
 * then the tangents of the active outputs. The tangents of the other outputs are zero.
 */
public record JvpProgram(Jaxpr jaxpr, Array<Boolean> activeOutputs) {
    /** Tells the results of the program apart. */
    Duals duals(Array<NDArray> results) {
        int outputs = activeOutputs.size();
        return new Duals(results.take(outputs), Masks.spread(activeOutputs, results.drop(outputs)));
    }
}
