package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Var;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Traced;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * vmap: a program over one example becomes one over a batch, whose axis is axis 0 of every variable that depends on a
 * batched input. {@link BatchRules} says what becomes of one operation; what does not depend on the batch stays as it is.
 */
public final class Batch {
    private record Key(Array<Boolean> marks, int size, Array<Boolean> wanted) {}

    private static final ProgramCache<Key, BatchedProgram> PROGRAMS = new ProgramCache<>();

    private Batch() {}

    /**
     * The program over a batch of {@code size}. Made once for each program and choice of inputs.
     *
     * @param marks which inputs have a leading batch axis
     */
    public static BatchedProgram of(Jaxpr jaxpr, Array<Boolean> marks, int size) {
        return of(jaxpr, marks, size, Array.fill(jaxpr.outputs().size(), false));
    }

    /** As {@link #of}, with a batch axis at least in the outputs marked in {@code wanted}. */
    static BatchedProgram of(Jaxpr jaxpr, Array<Boolean> marks, int size, Array<Boolean> wanted) {
        return PROGRAMS.get(jaxpr, new Key(marks, size, wanted), () -> trace(jaxpr, marks, size, wanted));
    }

    /** As {@link #of}, with a batch axis in every output. */
    static Jaxpr ofAllOutputs(Jaxpr jaxpr, Array<Boolean> marks, int size) {
        return of(jaxpr, marks, size, Array.fill(jaxpr.outputs().size(), true)).jaxpr();
    }

    private static BatchedProgram trace(Jaxpr jaxpr, Array<Boolean> marks, int size, Array<Boolean> wanted) {
        Array<ArrayType> types =
                jaxpr.inputTypes().zipWith(marks, (type, batched) -> batched ? over(type, size) : type);
        List<Boolean> outputMarks = new ArrayList<>();
        Traced traced = Trace.of("batching", types, inputs -> {
            Lanes outputs = push(jaxpr, new Lanes(inputs, marks, size)).batchedAt(wanted);
            outputs.marks().forEach(outputMarks::add);
            return outputs.arrays();
        });
        return new BatchedProgram(traced.jaxpr(), Array.ofAll(outputMarks));
    }

    /** The type of a batch of arrays. */
    static ArrayType over(ArrayType type, int size) {
        return type.withShape(type.shape().insert(0, size));
    }

    /** The outputs over the batch as equations of the innermost trace. */
    static Lanes push(Jaxpr jaxpr, Lanes inputs) {
        Trace trace = Trace.current();
        Environment values = new Environment(jaxpr, inputs.arrays());
        Set<Var> batched = Collections.newSetFromMap(new IdentityHashMap<>());
        mark(batched, jaxpr.inputs(), inputs.marks());
        for (Equation equation : jaxpr.equations()) {
            trace.from(equation.source());
            Lanes operands =
                    new Lanes(values.get(equation.inputs()), equation.inputs().map(batched::contains), inputs.size());
            if (operands.anyBatched()) {
                try {
                    Lanes results = BatchRules.of(equation.primitive(), operands);
                    values.put(equation.outputs(), results.arrays());
                    mark(batched, equation.outputs(), results.marks());
                } catch (FluxionException e) {
                    throw e.at(equation.source(), trace.context());
                }
            } else {
                values.put(equation.outputs(), Tracing.bindAll(equation.primitive(), operands.arrays()));
            }
        }
        return new Lanes(values.get(jaxpr.outputs()), jaxpr.outputs().map(batched::contains), inputs.size());
    }

    private static void mark(Set<Var> batched, Array<Var> vars, Array<Boolean> marks) {
        for (int i = 0; i < vars.size(); i++) {
            if (marks.get(i)) {
                batched.add(vars.get(i));
            }
        }
    }

    /** x with the batch axis summed away: the cotangent of a value that all examples share. */
    static NDArray sumOverBatch(NDArray x) {
        return Lax.reduceSum(x, Ints.of(0));
    }
}
