package dev.fluxion.transforms;

import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** Calls of programs. A sub-program has no constants: those a program closes over become its last operands. */
final class SubPrograms {
    /** A program without constants, and the arrays to pass for its last inputs instead. */
    record Closed(Jaxpr jaxpr, Array<NDArray> constants) {}

    private static final ProgramCache<Class<Closed>, Closed> CLOSED = new ProgramCache<>();

    private SubPrograms() {}

    /** A call of {@code body}. */
    static Array<NDArray> call(String label, Jaxpr body, Array<NDArray> operands) {
        Closed closed = withoutConstants(body);
        return Tracing.bindAll(new Control.Call(label, closed.jaxpr()), operands.appendAll(closed.constants()));
    }

    /** The program with its constants as further inputs. Made once for each program, so that its calls stay shared. */
    static Closed withoutConstants(Jaxpr jaxpr) {
        if (jaxpr.constants().isEmpty()) {
            return new Closed(jaxpr, Array.empty());
        }
        return CLOSED.get(
                jaxpr,
                Closed.class,
                () -> new Closed(
                        new Jaxpr(
                                Array.empty(),
                                jaxpr.inputs().appendAll(jaxpr.constants().map(Constant::var)),
                                jaxpr.equations(),
                                jaxpr.outputs()),
                        jaxpr.constants().map(c -> NDArray.of(c.value()))));
    }
}
