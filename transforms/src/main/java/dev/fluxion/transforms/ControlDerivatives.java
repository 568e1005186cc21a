package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** Forward mode through the operations that run sub-programs. */
final class ControlDerivatives {
    private ControlDerivatives() {}

    /** The results and their tangents; {@code t} holds null where a tangent is zero. */
    static Duals of(Control control, Array<NDArray> in, Array<NDArray> t) {
        return switch (control) {
            case Control.Call call -> call(ForwardMode.TANGENTS, call, in, t);
            case Control.Checkpoint p -> checkpoint(ForwardMode.TANGENTS, p, in, t);
            case Control.CustomJvpCall call ->
                byRule(call.label(), call.jvp().get(), in, t, call.body().outputTypes());
            case Control.CustomVjpCall call -> customVjp(call, in, t);
            case Control.CustomLinear call -> customLinear(call, in, t);
            case Control.LinearSolve solve -> LinearSolveRules.jvp(solve, in, t);
            case Control.Cond cond -> CondDerivatives.of(ForwardMode.TANGENTS, cond, in, t);
            case Control.While loop -> LoopDerivatives.whileLoop(ForwardMode.TANGENTS, loop, in, t);
            case Control.Scan scan -> LoopDerivatives.scan(ForwardMode.TANGENTS, scan, in, t);
        };
    }

    static Duals call(ForwardMode mode, Control.Call call, Array<NDArray> in, Array<NDArray> t) {
        JvpProgram program = mode.of(call.body(), Masks.present(t));
        return program.duals(SubPrograms.call(call.label(), program.jaxpr(), operands(in, t)));
    }

    static Duals checkpoint(ForwardMode mode, Control.Checkpoint p, Array<NDArray> in, Array<NDArray> t) {
        JvpProgram program = mode.of(p.body(), Masks.present(t));
        return program.duals(SubPrograms.bind(p::withBody, program.jaxpr(), operands(in, t)));
    }

    private static Array<NDArray> operands(Array<NDArray> in, Array<NDArray> t) {
        return in.appendAll(t.filter(tangent -> tangent != null));
    }

    /** A user's rule: a program of (inputs, tangents of the float inputs) giving (outputs, tangents of the float outputs). */
    static Duals byRule(String name, Jaxpr rule, Array<NDArray> in, Array<NDArray> t, Array<ArrayType> outputTypes) {
        Array<NDArray> arguments = in.appendAll(floatTangents(in, t));
        Array<Boolean> floats = outputTypes.map(type -> type.dtype().isFloating());
        Array<ArrayType> results = outputTypes.appendAll(Masks.select(floats, outputTypes));
        if (!rule.inputTypes().equals(arguments.map(NDArray::type))
                || !rule.outputTypes().equals(results)) {
            throw FluxionException.of(ErrorCode.BAD_CUSTOM_RULE, name + ": the jvp rule does not fit the function")
                    .detail("expected " + arguments.map(NDArray::type).mkString(", ") + " -> " + results.mkString(", "))
                    .detail("given    " + rule.inputTypes().mkString(", ") + " -> "
                            + rule.outputTypes().mkString(", "))
                    .hint("a rule takes the inputs and a tangent for every float input, and gives the outputs and a"
                            + " tangent for every float output");
        }
        return new JvpProgram(rule, floats).duals(Tracing.call(rule, arguments));
    }

    /** The tangents of the float inputs, zeros included. */
    private static Array<NDArray> floatTangents(Array<NDArray> in, Array<NDArray> t) {
        return in.zipWithIndex(
                        (x, i) -> t.get(i) == null && x.dtype().isFloating() ? Scalars.zeros(x.type()) : t.get(i))
                .filter(tangent -> tangent != null);
    }

    /** Runs the user's forward program; the tangents go through a linear map that only its transpose defines. */
    private static Duals customVjp(Control.CustomVjpCall call, Array<NDArray> in, Array<NDArray> t) {
        int own = in.size() - call.captured();
        if (t.drop(own).exists(tangent -> tangent != null)) {
            throw FluxionException.of(
                            ErrorCode.BAD_CUSTOM_RULE,
                            call.label() + ": a derivative is asked with respect to a value that the customVjp function"
                                    + " closes over, or to an argument in its nondiffArgnums")
                    .hint("make the value an argument to which bwd gives a cotangent, or a constant with stopGradient");
        }
        Array<ArrayType> outputTypes = call.body().outputTypes();
        Array<NDArray> results = Tracing.call(call.fwd().get(), in);
        Array<NDArray> outputs = results.take(outputTypes.size());
        Array<NDArray> residuals = results.drop(outputTypes.size());
        Array<NDArray> operands = residuals.appendAll(floatTangents(in.take(own), t.take(own)));
        Array<Boolean> floats = outputTypes.map(type -> type.dtype().isFloating());
        Jaxpr body = typed(operands.map(NDArray::type), Masks.select(floats, outputTypes));
        Control.CustomLinear linear = new Control.CustomLinear(call.label(), body, call.bwd(), residuals.size(), false);
        return new Duals(outputs, Masks.spread(floats, Tracing.bindAll(linear, operands)));
    }

    /** A program of the given type; it is never run. */
    private static Jaxpr typed(Array<ArrayType> inputs, Array<ArrayType> outputs) {
        JaxprBuilder builder = new JaxprBuilder();
        inputs.forEach(builder::input);
        Array<Atom> zeros = outputs.map(type ->
                builder.append(new Movement.BroadcastInDim(type.shape(), Ints.of()), Literal.of(type.dtype(), 0.0)));
        return builder.build(zeros);
    }

    /** Linear in the tangents; how the map itself changes with the residuals only its body knows. */
    private static Duals customLinear(Control.CustomLinear call, Array<NDArray> in, Array<NDArray> t) {
        boolean changes = t.take(call.residuals()).exists(tangent -> tangent != null);
        if (changes && !call.runs()) {
            throw FluxionException.of(
                            ErrorCode.MISSING_RULE,
                            call.label() + ": a customVjp function has no forward derivative, so that cannot be"
                                    + " differentiated")
                    .hint("use grad or vjp inside, or define the function with customJvp");
        }
        Array<NDArray> out = Tracing.bindAll(call, in);
        Array<NDArray> linear = t.drop(call.residuals());
        Array<NDArray> along = linear.exists(tangent -> tangent != null)
                ? Tracing.bindAll(
                        call, in.take(call.residuals()).appendAll(floatTangents(in.drop(call.residuals()), linear)))
                : out.map(x -> null);
        if (!changes) {
            return new Duals(out, along);
        }
        Array<NDArray> still = t.take(call.residuals()).appendAll(linear.map(tangent -> null));
        return new Duals(out, along.zipWith(Jvp.push(call.body(), in, still).tangents(), JvpRules::sum));
    }
}
