package dev.fluxion.transforms;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.ProgramTransforms;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** The transforms for the module below this one. */
public final class ProvidedTransforms implements ProgramTransforms {
    @Override
    public Linearized linearize(Jaxpr jaxpr, Array<Boolean> active) {
        dev.fluxion.transforms.Linearized parts = Linearize.of(jaxpr, active);
        Jaxpr linear = parts.linear();
        Array<Boolean> floating = Leaves.floating(jaxpr.outputTypes());
        if (parts.activeOutputs().equals(floating)) {
            return new Linearized(parts.known(), linear);
        }
        Jaxpr withZeros = Trace.of("linearizing", linear.inputTypes(), in -> {
                    Array<NDArray> tangents =
                            Masks.spread(parts.activeOutputs(), Tracing.call(linear, in), jaxpr.outputTypes());
                    return Masks.select(floating, tangents);
                })
                .jaxpr();
        return new Linearized(parts.known(), withZeros);
    }

    @Override
    public Jaxpr transpose(Jaxpr linear, int residuals) {
        return Transpose.of(linear, residuals);
    }

    @Override
    public Jaxpr batch(Jaxpr jaxpr, Array<Boolean> batched, int size) {
        return Batch.ofAllOutputs(jaxpr, batched, size);
    }
}
