package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;

/** {@code f(x + t) = f(x) + f'(x) t + ...}: the value and the linear map {@code f'(x)}, as programs of their own. */
public final class Linearize {
    private static final ProgramCache<Array<Boolean>, Linearized> PROGRAMS = new ProgramCache<>();

    private Linearize() {}

    /**
     * The forward derivative, split into what depends on tangents and what does not. Made once for each program and choice
     * of inputs.
     *
     * @param active which inputs have a tangent; floats only
     * @throws FluxionException when an active input is not a float, or an operation has no derivative
     */
    public static Linearized of(Jaxpr jaxpr, Array<Boolean> active) {
        return PROGRAMS.get(jaxpr, active, () -> split(jaxpr, active));
    }

    private static Linearized split(Jaxpr jaxpr, Array<Boolean> active) {
        JvpProgram jvp = Jvp.of(jaxpr, active);
        int inputs = jaxpr.inputs().size();
        int outputs = jaxpr.outputs().size();
        Array<Boolean> isTangent = jvp.jaxpr().inputs().zipWithIndex((in, i) -> i >= inputs);
        Array<Boolean> isTangentOutput = jvp.jaxpr().outputs().zipWithIndex((out, i) -> i >= outputs);
        PartialEvaluation.Split split = PartialEvaluation.of(jvp.jaxpr(), isTangent, isTangentOutput);
        if (!split.unknownOutputs().equals(isTangentOutput)) {
            throw FluxionException.of(ErrorCode.BAD_CUSTOM_RULE, "a result of a custom rule depends on tangents")
                    .hint("only the tangents that a jvp rule returns may depend on the tangents that it gets");
        }
        Jaxpr known = split.known();
        Array<Atom> residuals = split.residuals(known.inputs(), known.outputs());
        Array<Atom> results = known.outputs().take(outputs).appendAll(residuals);
        return new Linearized(
                new Jaxpr(known.constants(), known.inputs(), known.equations(), results),
                split.unknown(),
                residuals.size(),
                jvp.activeOutputs());
    }
}
