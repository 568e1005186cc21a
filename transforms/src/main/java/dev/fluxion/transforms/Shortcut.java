package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Executable;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Value;
import java.io.Serializable;

/**
 * What a function of one array did last, to do it again at once: calls outside of traces with arrays of one type mostly
 * follow each other, and then nothing about them has to be found out anew. A function that is read from a stream finds out
 * again.
 */
public final class Shortcut implements Serializable {
    /**
     * @param program takes an array of the type and nothing else
     * @param result which of its results the function gives
     */
    private record Last(ArrayType type, Executable program, int result, int epoch) {}

    private transient volatile Last last;

    /** The result, or null when the call is not like the last one. */
    public NDArray call(Object argument) {
        Last known = last;
        if (known == null
                || !(argument instanceof NDArray array)
                || !(array.value() instanceof Value.Concrete value)
                || !known.type.equals(value.type())
                || known.epoch != Traces.epoch()
                || Trace.current() != null) {
            return null;
        }
        Traces.foundAgain();
        return NDArray.of(known.program.run(value.read())[known.result]);
    }

    /** Notes that {@code f(argument)} is the given result of a program of the argument alone, if it is so. */
    void learn(Object argument, Object result, Program program, int position) {
        if (argument instanceof NDArray array
                && result instanceof NDArray
                && program.jaxpr().inputs().size() == 1
                && Trace.current() == null) {
            last = new Last(array.type(), program.compiled(), position, Traces.epoch());
        }
    }
}
