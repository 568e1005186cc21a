package dev.fluxion.tracing;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Primitive;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** Where every operation goes: into the innermost trace as an equation, or to the engine at once. */
public final class Tracing {
    private Tracing() {}

    /**
     * Applies an operation. Inside a trace it becomes an equation, even when all inputs are concrete; outside it runs.
     *
     * <p>An elementwise operation takes concrete scalars beside arrays; everything else must fit exactly.
     *
     * @throws dev.fluxion.ir.FluxionException when the inputs do not fit, or one is a tracer of a trace that has ended
     */
    public static Array<NDArray> bindAll(Primitive primitive, NDArray... inputs) {
        Trace trace = Trace.current();
        return trace != null ? trace.append(primitive, inputs) : Eager.run(primitive, inputs);
    }

    /** Applies an operation with one result. */
    public static NDArray bind(Primitive primitive, NDArray... inputs) {
        return bindAll(primitive, inputs).get(0);
    }

    /** Applies a whole program: its equations join the innermost trace, or it is compiled and run. */
    public static Array<NDArray> call(Jaxpr jaxpr, Array<NDArray> arguments) {
        Trace trace = Trace.current();
        if (trace == null) {
            return Eager.run(jaxpr, arguments);
        }
        var here = UserFrames.caller();
        return trace.builder().inline(jaxpr, arguments.map(trace::atomOf)).map(atom -> trace.tracer(atom, here));
    }
}
