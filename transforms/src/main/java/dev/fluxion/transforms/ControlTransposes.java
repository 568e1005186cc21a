package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;
import java.util.function.Function;

/** The transposes of the operations that run sub-programs, and of the user's own. */
final class ControlTransposes {
    private ControlTransposes() {}

    static Array<NDArray> of(Control control, Array<Operand> in, Array<NDArray> ct, Array<ArrayType> types) {
        return switch (control) {
            case Control.Call p -> call(p, body -> new Control.Call(p.label(), body), in, ct);
            // What is computed again and what is transposed share one program.
            case Control.Checkpoint p -> call(p, p::differentiating, in, ct);
            case Control.CustomJvpCall p -> call(p, body -> new Control.Call(p.label(), body), in, ct);
            case Control.CustomVjpCall p -> call(p, body -> new Control.Call(p.label(), body), in, ct);
            case Control.CustomLinear call -> customLinear(call, in, ct, types);
            case Control.LinearSolve solve -> LinearSolveRules.transpose(solve, in, ct, types);
            case Control.Cond p -> CondTransposes.of(p, in, ct);
            case Control.While _ -> throw unbounded();
            case Control.Scan p -> ScanTransposes.of(p, in, ct);
        };
    }

    private static FluxionException unbounded() {
        return FluxionException.of(
                        ErrorCode.UNBOUNDED_LOOP,
                        "whileLoop: reverse mode cannot go through a loop whose number of steps is not known")
                .detail("it would have to remember all steps, and their number decides how much that is")
                .hint("foriLoop with int bounds and scan have a fixed number of steps; whileLoop(cond, body, init,"
                        + " maxIterations) has a limit; jvp and jacfwd (forward mode) need none; for the solution of"
                        + " an equation write customRoot, which does not differentiate the iteration");
    }

    private static Array<NDArray> call(
            Control.Calling p, Function<Jaxpr, Control.Calling> make, Array<Operand> in, Array<NDArray> ct) {
        Array<Boolean> linear = in.map(Operand::isLinear);
        Transpose.Transposed transposed = Transpose.of(p.body(), linear, Masks.present(ct));
        Array<NDArray> operands = in.map(Operand::value).appendAll(ct).filter(value -> value != null);
        Array<NDArray> results = transposed.jaxpr().outputs().isEmpty()
                ? Array.empty()
                : SubPrograms.bind(make, transposed.jaxpr(), operands);
        return Masks.spread(linear, Masks.spread(transposed.nonzero(), results));
    }

    /** The user's backward rule: (residuals, cotangents of the float outputs) to cotangents of the float inputs. */
    private static Array<NDArray> customLinear(
            Control.CustomLinear call, Array<Operand> in, Array<NDArray> ct, Array<ArrayType> types) {
        Array<Operand> residuals = in.take(call.residuals());
        Array<Operand> tangents = in.drop(call.residuals());
        if (residuals.exists(Operand::isLinear)) {
            throw TransposeRules.notLinear(call);
        }
        Array<NDArray> arguments = residuals.map(Operand::value).appendAll(Transpose.withZeros(ct, types));
        Jaxpr rule = call.bwd().get();
        Array<ArrayType> expected = tangents.map(Operand::type);
        if (!rule.inputTypes().equals(arguments.map(NDArray::type))
                || !rule.outputTypes().equals(expected)) {
            throw FluxionException.of(
                            ErrorCode.BAD_CUSTOM_RULE, call.label() + ": the backward rule does not fit the function")
                    .detail("expected " + arguments.map(NDArray::type).mkString(", ") + " -> "
                            + expected.mkString(", "))
                    .detail("given    " + rule.inputTypes().mkString(", ") + " -> "
                            + rule.outputTypes().mkString(", "))
                    .hint("a backward rule takes the residuals and a cotangent for every float output, and gives a"
                            + " cotangent for every float input");
        }
        Array<NDArray> results = Tracing.call(rule, arguments);
        return Array.<NDArray>fill(residuals.size(), () -> null)
                .appendAll(results.zipWith(tangents, (result, t) -> t.isLinear() ? result : null));
    }

    static Array<NDArray> custom(Custom p, Array<Operand> in, Array<NDArray> ct, Array<ArrayType> types) {
        Array<ArrayType> inputTypes = in.map(Operand::type);
        Array<Boolean> linear = in.map(Operand::isLinear);
        Optional<Jaxpr> rule = p.transpose(inputTypes, linear);
        if (rule.isPresent()) {
            Array<NDArray> known = in.map(Operand::value).filter(value -> value != null);
            return Masks.spread(linear, Tracing.call(rule.get(), known.appendAll(Transpose.withZeros(ct, types))));
        }
        Jaxpr body = p.body(inputTypes)
                .orElseThrow(
                        () -> FluxionException.of(ErrorCode.MISSING_RULE, p.name() + ": the operation has no transpose")
                                .hint("implement transpose(inputs, linear), or body(inputs)"));
        return Transpose.pullThrough(body, in.map(Operand::value), ct);
    }
}
