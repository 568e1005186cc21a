package dev.fluxion.lax;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Var;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.ProgramTransforms;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.collection.Array;

/**
 * Roots as functions with a derivative rule: the implicit function theorem. The operands are what f closes over, what the
 * solver does, what the solver of tangents does, and the initial guess; only the first have an influence on the root.
 */
final class Roots {
    private static final String NAME = "customRoot";

    private final SubProgram f;
    private final SubProgram solve;
    private final SubProgram tangentSolve;
    private final int size;
    private final Control.CustomJvpCall call;

    private Roots(SubProgram f, SubProgram solve, SubProgram tangentSolve, int size) {
        this.f = f;
        this.solve = solve;
        this.tangentSolve = tangentSolve;
        this.size = size;
        this.call = new Control.CustomJvpCall(NAME, body(), LazyJaxpr.of(this::rule));
    }

    static <X> X find(
            Function1<X, X> f,
            X initialGuess,
            Function2<Function1<X, X>, X, X> solve,
            Function2<Function1<X, X>, X, X> tangentSolve) {
        Unknown x = Unknown.of(NAME, "initialGuess", initialGuess);
        SubProgram residual = trace(x, "f", x.types(), in -> f.apply(x.tree(in)));
        if (Trace.current() == null) {
            return x.tree(x.leaves("solve", solve.apply(f, initialGuess)));
        }
        SubProgram solution = trace(x, "solve", x.types(), in -> solve.apply(f, x.tree(in)));
        ProgramTransforms.Linearized linearized = linearized(residual, 0);
        Array<ArrayType> rootAndRightHandSide = x.types().appendAll(x.types());
        SubProgram tangents = trace(x, "tangentSolve", rootAndRightHandSide, in -> {
            int size = x.leaves().size();
            Array<NDArray> known =
                    new Program(linearized.known()).call(in.take(size).appendAll(residual.closure()));
            Function1<X, X> df = t -> x.tree(new Program(linearized.linear())
                    .call(known.drop(size).appendAll(x.leaves("the argument of the linear function", t))));
            return tangentSolve.apply(df, x.tree(in.drop(size)));
        });
        Roots roots = new Roots(residual, solution, tangents, x.leaves().size());
        return x.tree(Tracing.bindAll(
                roots.call,
                residual.closure()
                        .appendAll(solution.closure())
                        .appendAll(tangents.closure())
                        .appendAll(x.leaves())));
    }

    private static SubProgram trace(
            Unknown x, String function, Array<ArrayType> types, Function1<Array<NDArray>, Object> body) {
        return SubProgram.trace(
                "tracing " + function + " of " + NAME, types, leaves -> x.leaves(function, body.apply(leaves)));
    }

    /** The derivative with respect to the argument (0) or to what f closes over (1). */
    private static ProgramTransforms.Linearized linearized(SubProgram f, int which) {
        int arguments = f.arguments().size();
        Array<Boolean> active = f.jaxpr()
                .inputTypes()
                .zipWithIndex((type, i) -> type.dtype().isFloating() && (i < arguments) == (which == 0));
        return ProgramTransforms.get().linearize(f.jaxpr(), active);
    }

    /** All operands to the root. */
    private Jaxpr body() {
        Array<Var> others = f.captured().appendAll(tangentSolve.captured()).map(var -> new Var(var.type()));
        int before = f.closure().size();
        Array<Var> inputs = others.take(before)
                .appendAll(solve.captured())
                .appendAll(others.drop(before))
                .appendAll(solve.arguments());
        return solve.program(inputs, solve.jaxpr().outputs());
    }

    /** (operands, tangents of the floating ones) to (root, its tangent). */
    private Jaxpr rule() {
        Array<ArrayType> types = call.body().inputTypes();
        Array<ArrayType> floating = types.filter(type -> type.dtype().isFloating());
        return Trace.of("taking the derivative of " + NAME, types.appendAll(floating), in -> {
                    Array<NDArray> operands = in.take(types.size());
                    Array<NDArray> root = Tracing.bindAll(call, operands);
                    return root.appendAll(tangent(operands, in.drop(types.size()), root));
                })
                .jaxpr();
    }

    private Array<NDArray> tangent(Array<NDArray> operands, Array<NDArray> tangents, Array<NDArray> root) {
        int own = f.captured().count(var -> var.dtype().isFloating());
        if (own == 0) {
            return root.map(x -> Numpy.zerosLike(x));
        }
        ProgramTransforms.Linearized byParameters = linearized(f, 1);
        Array<NDArray> known = new Program(byParameters.known())
                .call(root.appendAll(operands.take(f.closure().size())));
        Array<NDArray> change =
                new Program(byParameters.linear()).call(known.drop(size).appendAll(tangents.take(own)));
        int from = f.closure().size() + solve.closure().size();
        Array<NDArray> closure =
                operands.slice(from, from + tangentSolve.closure().size());
        return new Program(tangentSolve.jaxpr())
                .call(root.appendAll(change).appendAll(closure))
                .map(NDArray::unaryMinus);
    }
}
