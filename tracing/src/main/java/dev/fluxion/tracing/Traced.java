package dev.fluxion.tracing;

import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * A traced function: its program, and the values of enclosing traces that it closes over. The program's inputs are the
 * function's arguments, then one for each of {@code captures}.
 */
public record Traced(Jaxpr jaxpr, Array<NDArray> captures) {
    /** The same function as a sub-program, which has no constants: those are captured, behind the other captures. */
    public Traced withoutConstants() {
        if (jaxpr.constants().isEmpty()) {
            return this;
        }
        Jaxpr closed = new Jaxpr(
                Array.empty(),
                jaxpr.inputs().appendAll(jaxpr.constants().map(Constant::var)),
                jaxpr.equations(),
                jaxpr.outputs());
        return new Traced(closed, captures.appendAll(jaxpr.constants().map(c -> NDArray.of(c.value()))));
    }
}
