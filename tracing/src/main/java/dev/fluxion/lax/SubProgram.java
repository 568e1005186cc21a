package dev.fluxion.lax;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Scope;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A function traced once to be run as a branch or in a loop. The program's inputs are the function's arguments, then what it
 * closes over and reads: {@code closure}, arrays of enclosing traces and concrete ones.
 */
record SubProgram(Jaxpr jaxpr, Array<NDArray> closure) {
    /** @param context what is being done, for error messages: {@code tracing the body of scan} */
    static SubProgram trace(String context, Array<ArrayType> types, Function1<Array<NDArray>, Array<NDArray>> f) {
        Traced traced = Trace.of(context, types, Scope.kept(f)).withoutConstants();
        Jaxpr jaxpr = traced.jaxpr();
        Set<Var> read = jaxpr.reads();
        Array<Var> inputs = jaxpr.inputs();
        List<Var> kept = new ArrayList<>();
        List<NDArray> closure = new ArrayList<>();
        for (int i = types.size(); i < inputs.size(); i++) {
            if (read.contains(inputs.get(i))) {
                kept.add(inputs.get(i));
                closure.add(traced.captures().get(i - types.size()));
            }
        }
        return new SubProgram(
                program(inputs.take(types.size()).appendAll(kept), jaxpr, jaxpr.outputs()), Array.ofAll(closure));
    }

    /** The inputs that are arguments. */
    Array<Var> arguments() {
        return jaxpr.inputs().dropRight(closure.size());
    }

    /** The inputs for what it closes over. */
    Array<Var> captured() {
        return jaxpr.inputs().takeRight(closure.size());
    }

    /** The variables that an equation or the result reads. */
    Set<Var> read() {
        return jaxpr.reads();
    }

    /** The program with its inputs in another order, some left out that nothing reads, and the given results. */
    Jaxpr program(Array<Var> inputs, Array<Atom> outputs) {
        return program(inputs, jaxpr, outputs);
    }

    private static Jaxpr program(Array<Var> inputs, Jaxpr jaxpr, Array<Atom> outputs) {
        return new Jaxpr(Array.empty(), inputs, jaxpr.equations(), outputs);
    }
}
