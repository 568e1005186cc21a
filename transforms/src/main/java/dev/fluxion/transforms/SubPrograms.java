package dev.fluxion.transforms;

import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** Calls of transformed programs. */
final class SubPrograms {
    private static final ProgramCache<String, Jaxpr> OPENED = new ProgramCache<>();

    private SubPrograms() {}

    /** A call of {@code body}. A sub-program has no constants: those a rule has brought along become operands. */
    static Array<NDArray> call(String label, Jaxpr body, Array<NDArray> operands) {
        if (body.constants().isEmpty()) {
            return Tracing.bindAll(new Control.Call(label, body), operands);
        }
        Jaxpr open = OPENED.get(
                body,
                "",
                () -> new Jaxpr(
                        Array.empty(),
                        body.inputs().appendAll(body.constants().map(Constant::var)),
                        body.equations(),
                        body.outputs()));
        Array<NDArray> constants = body.constants().map(constant -> NDArray.of(constant.value()));
        return Tracing.bindAll(new Control.Call(label, open), operands.appendAll(constants));
    }
}
