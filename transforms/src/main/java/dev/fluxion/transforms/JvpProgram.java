package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.passes.DeadCode;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * A program pushed forward: {@code jaxpr} takes all inputs, then the tangents of the active inputs, and gives all outputs,
 * then the tangents of the active outputs. The tangents of the other outputs are zero. For
 * {@link Jet} a tangent is one of the coefficients of a power series, and each value has a mark for each of its coefficients.
 */
public record JvpProgram(Jaxpr jaxpr, Array<Boolean> activeOutputs) {
    /** Tells the results of the program apart. */
    Duals duals(Array<NDArray> results) {
        int outputs = outputs();
        return new Duals(results.take(outputs), Masks.spread(activeOutputs, results.drop(outputs)));
    }

    /** The program that gives the tangents of the active outputs alone. */
    JvpProgram tangentsOnly() {
        Jaxpr tangents = new Jaxpr(
                jaxpr.constants(),
                jaxpr.inputs(),
                jaxpr.equations(),
                jaxpr.outputs().drop(outputs()));
        return new JvpProgram(new DeadCode().apply(tangents), activeOutputs);
    }

    private int outputs() {
        return jaxpr.outputs().size() - activeOutputs.count(active -> active);
    }
}
