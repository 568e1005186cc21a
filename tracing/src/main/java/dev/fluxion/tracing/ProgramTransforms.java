package dev.fluxion.tracing;

import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;
import java.util.ServiceLoader;

/**
 * The transforms of programs that operations of this module need to say what their derivatives are. The module of
 * transforms stands above this one; it provides them through {@link ServiceLoader}.
 */
public interface ProgramTransforms {
    /**
     * A program and its derivative at the same point, apart.
     *
     * @param known (inputs) to (outputs, residuals)
     * @param linear (residuals, tangents of the active inputs) to tangents of all floating outputs
     */
    record Linearized(Jaxpr known, Jaxpr linear) {}

    /** @param active which inputs have a tangent; floats only */
    Linearized linearize(Jaxpr jaxpr, Array<Boolean> active);

    /**
     * The program of (residuals, cotangents of all outputs) that gives the cotangents of all other inputs.
     *
     * @throws dev.fluxion.ir.FluxionException FX0405 when the program is not linear in its inputs after the residuals
     */
    Jaxpr transpose(Jaxpr linear, int residuals);

    /**
     * The program over a batch: every input marked in {@code batched}, and every output, has a new axis of the given size in
     * front.
     */
    Jaxpr batch(Jaxpr jaxpr, Array<Boolean> batched, int size);

    /** The transforms on the class path. */
    static ProgramTransforms get() {
        return Found.TRANSFORMS;
    }

    /** Looked up once. */
    final class Found {
        private static final ProgramTransforms TRANSFORMS = ServiceLoader.load(ProgramTransforms.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("fluxion-transforms is not on the class path"));

        private Found() {}
    }
}
