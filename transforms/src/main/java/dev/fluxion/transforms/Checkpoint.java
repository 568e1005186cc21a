package dev.fluxion.transforms;

import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Control;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tree.Flat;
import io.vavr.collection.Array;
import java.io.Serializable;
import java.util.Objects;

/**
 * Functions of which derivatives keep little.
 *
 * @param preventCse see {@link Control.Checkpoint}
 */
public record Checkpoint(CheckpointPolicy policy, boolean preventCse) implements Serializable {
    public Checkpoint {
        Objects.requireNonNull(policy, "policy");
    }

    /** {@code f(arguments)}; inside a trace one {@code checkpoint} equation. */
    public Object apply(TreeFunction f, Array<?> arguments) {
        if (Trace.current() == null) {
            return f.apply(arguments);
        }
        Flat flat = f.flatten("checkpoint", arguments);
        TracedTree traced = f.trace("checkpoint", flat);
        Array<NDArray> inputs = flat.leaves().appendAll(traced.captures());
        Array<NDArray> results = SubPrograms.bind(
                body -> new Control.Checkpoint(traced.label(), false, body, policy, preventCse),
                traced.jaxpr(),
                inputs);
        // What f hands on as it is stays what it was: the carry of a loop around can tell.
        Array<NDArray> handedOn = traced.jaxpr().outputs().zipWith(results, (out, result) -> {
            int input = traced.jaxpr().inputs().indexWhere(in -> in == out);
            return input < 0 ? result : inputs.get(input);
        });
        return traced.result().unflatten(handedOn);
    }
}
