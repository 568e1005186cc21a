package dev.fluxion.transforms;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Remembers of traced programs which of their values are gradients, and of what. */
final class GradientCalls {
    /**
     * {@code gradients = grad function(inputs)} inside of another program.
     *
     * @param wrt the inputs that the gradients belong to
     */
    record Call(Jaxpr function, Array<Atom> inputs, Array<Boolean> wrt, Array<Atom> gradients) {}

    private record Recording(Trace trace, List<Call> calls) {}

    private static final ScopedValue<Recording> RECORDING = ScopedValue.newInstance();
    private static final Map<Jaxpr, Array<Call>> CALLS = Collections.synchronizedMap(new WeakHashMap<>());

    private final List<Call> calls = new ArrayList<>();

    GradientCalls() {}

    /** Runs a function inside the innermost trace; gradients it takes are noted here. */
    <T> T during(ScopedValue.CallableOp<T, RuntimeException> function) {
        return ScopedValue.where(RECORDING, new Recording(Trace.current(), calls))
                .call(function);
    }

    /** Keeps what was noted for the program that the trace became. */
    void keep(Jaxpr jaxpr) {
        if (!calls.isEmpty()) {
            CALLS.put(jaxpr, Array.ofAll(calls));
        }
    }

    /** Notes that gradients were taken; outside of a recorded trace it does nothing. */
    static void note(Jaxpr function, Array<NDArray> inputs, Array<Boolean> wrt, Array<NDArray> gradients) {
        Trace trace = Trace.current();
        if (trace != null && RECORDING.isBound() && RECORDING.get().trace() == trace) {
            RECORDING
                    .get()
                    .calls()
                    .add(new Call(function, inputs.map(trace::atomOf), wrt, gradients.map(trace::atomOf)));
        }
    }

    /** The gradients that the program takes of other programs, in the order of the calls. */
    static Array<Call> of(Jaxpr jaxpr) {
        return CALLS.getOrDefault(jaxpr, Array.empty());
    }
}
