package dev.fluxion.lax;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.ProgramTransforms;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.collection.Array;

/** Linear equations as one operation. Outside every trace they are simply solved. */
final class LinearSolves {
    private static final String NAME = "customLinearSolve";

    private LinearSolves() {}

    /** @param transposeSolve null: no reverse mode, unless symmetric */
    static <X> X solve(
            Function1<X, X> matvec,
            X b,
            Function2<Function1<X, X>, X, X> solve,
            Function2<Function1<X, X>, X, X> transposeSolve,
            boolean symmetric) {
        Unknown x = Unknown.of(NAME, "b", b);
        SubProgram product = trace(x, "matvec", leaves -> matvec.apply(x.tree(leaves)));
        if (Trace.current() == null) {
            return x.tree(x.leaves("solve", solve.apply(matvec, b)));
        }
        SubProgram solution = trace(x, "solve", leaves -> solve.apply(matvec, x.tree(leaves)));
        Array<SubProgram> programs = Array.of(product, solution);
        if (symmetric) {
            programs = programs.appendAll(programs);
        } else if (transposeSolve != null) {
            SubProgram transposed = transposed(product);
            Function1<X, X> vecmat = v -> x.tree(apply(transposed, x.leaves("the argument of vecmat", v)));
            programs = programs.append(transposed)
                    .append(trace(x, "transposeSolve", leaves -> transposeSolve.apply(vecmat, x.tree(leaves))));
        }
        Control.LinearSolve primitive = new Control.LinearSolve(
                programs.map(LinearSolves::constsFirst),
                Ints.of(programs.toJavaStream().mapToInt(p -> p.closure().size())));
        return x.tree(
                Tracing.bindAll(primitive, programs.flatMap(SubProgram::closure).appendAll(x.leaves())));
    }

    private static SubProgram trace(Unknown x, String function, Function1<Array<NDArray>, Object> f) {
        return SubProgram.trace(
                "tracing " + function + " of " + NAME, x.types(), leaves -> x.leaves(function, f.apply(leaves)));
    }

    private static Jaxpr constsFirst(SubProgram program) {
        return program.program(
                program.captured().appendAll(program.arguments()),
                program.jaxpr().outputs());
    }

    /** The same closure with the transposed program. */
    private static SubProgram transposed(SubProgram product) {
        Jaxpr transposed = ProgramTransforms.get()
                .transpose(constsFirst(product), product.closure().size());
        return SubProgram.trace(
                "transposing matvec of " + NAME,
                product.arguments().map(var -> var.type()),
                ct -> new Program(transposed).call(product.closure().appendAll(ct)));
    }

    private static Array<NDArray> apply(SubProgram program, Array<NDArray> arguments) {
        return new Program(program.jaxpr()).call(arguments.appendAll(program.closure()));
    }
}
