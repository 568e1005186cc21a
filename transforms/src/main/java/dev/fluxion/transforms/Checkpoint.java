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
        Array<NDArray> results = SubPrograms.bind(
                body -> new Control.Checkpoint(traced.label(), false, body, policy, preventCse),
                traced.jaxpr(),
                flat.leaves().appendAll(traced.captures()));
        return traced.result().unflatten(results);
    }
}
