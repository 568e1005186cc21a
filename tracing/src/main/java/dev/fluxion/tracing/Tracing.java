package dev.fluxion.tracing;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.cache.CacheStatistics;
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

    /** Applies an operation, see {@link #bindAll(Primitive, NDArray...)}. */
    public static Array<NDArray> bindAll(Primitive primitive, Array<NDArray> inputs) {
        return bindAll(primitive, inputs.toJavaArray(NDArray[]::new));
    }

    /** A scalar constant as an array, inside a trace. */
    public static NDArray literal(Literal literal) {
        return Trace.current().tracer(literal, SourceInfo.UNKNOWN);
    }

    /** Notes what the rows of a traced matrix are, see {@link dev.fluxion.ir.JaxprBuilder#unitVectors}. */
    public static NDArray unitVectors(NDArray matrix) {
        Trace trace = Trace.current();
        if (trace != null) {
            trace.unitVectors(matrix);
        }
        return matrix;
    }

    /** Applies an operation with one result. */
    public static NDArray bind(Primitive primitive, NDArray... inputs) {
        return bindAll(primitive, inputs).get(0);
    }

    /** Applies a whole program once, see {@link Program#call}. */
    public static Array<NDArray> call(Jaxpr jaxpr, Array<NDArray> arguments) {
        return new Program(jaxpr).call(arguments);
    }

    /** The use of the cache of operations that ran at once. */
    public static CacheStatistics cacheStatistics() {
        return Eager.cacheStatistics();
    }

    /** Forgets the operations compiled to run at once. */
    public static void clearCache() {
        Eager.clearCache();
    }

    /** The line of the user's code that runs. */
    public static SourceInfo caller() {
        return UserFrames.caller();
    }

    /** The error for a traced value where none can be used. */
    public static FluxionException leaked(Value.Tracer tracer) {
        return Trace.leaked(tracer);
    }

    /** The error with the line of the user's code that runs, and what is being traced. */
    public static FluxionException located(FluxionException error) {
        Trace trace = Trace.current();
        return trace != null ? error.at(trace.here(), trace.context()) : error.at(UserFrames.caller(), "");
    }
}
