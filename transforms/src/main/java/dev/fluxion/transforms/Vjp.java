package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import io.vavr.collection.Array;

/** Reverse mode: {@code f(x)} and {@code c -> f'(x)' c}. Linearizes and transposes. */
public final class Vjp {
    private static final ProgramCache<Array<Boolean>, VjpProgram> PROGRAMS = new ProgramCache<>();

    private Vjp() {}

    /**
     * The program with its residuals, and its pullback. Made once for each program and choice of inputs.
     *
     * @param active the inputs whose cotangents are wanted; floats only
     * @throws FluxionException when an active input is not a float, or an operation has no derivative
     */
    public static VjpProgram of(Jaxpr jaxpr, Array<Boolean> active) {
        return PROGRAMS.get(jaxpr, active, () -> {
            Linearized linearized = Linearize.of(jaxpr, active);
            return new VjpProgram(linearized.known(), pullback(jaxpr, active, linearized), linearized.residuals());
        });
    }

    private static Jaxpr pullback(Jaxpr jaxpr, Array<Boolean> active, Linearized linearized) {
        Array<Boolean> floats = jaxpr.outputTypes().map(type -> type.dtype().isFloating());
        Array<ArrayType> residualTypes = linearized.linear().inputTypes().take(linearized.residuals());
        Array<ArrayType> types = residualTypes.appendAll(Masks.select(floats, jaxpr.outputTypes()));
        Traced traced = Trace.of("taking a vjp", types, arguments -> {
            Array<NDArray> residuals = arguments.take(residualTypes.size());
            Array<NDArray> cotangents = Masks.spread(floats, arguments.drop(residualTypes.size()));
            return pull(linearized, residuals, cotangents, Masks.select(active, jaxpr.inputTypes()));
        });
        return traced.jaxpr();
    }

    /** The cotangents of the active inputs, zeros included; {@code cotangents} has an entry for every output, null is zero. */
    static Array<NDArray> pull(
            Linearized linearized, Array<NDArray> residuals, Array<NDArray> cotangents, Array<ArrayType> types) {
        Array<NDArray> inputs = residuals.appendAll(types.map(type -> null));
        Array<NDArray> results =
                Transpose.pull(linearized.linear(), inputs, Masks.select(linearized.activeOutputs(), cotangents));
        return Transpose.withZeros(results.drop(residuals.size()), types);
    }
}
