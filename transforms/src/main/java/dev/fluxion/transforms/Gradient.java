package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Parameters;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.function.Predicate;

/** {@code x -> (f(x), grad f(x))} in one program, so that value and gradient share what they can. */
public final class Gradient {
    private static final ProgramCache<Array<Boolean>, Jaxpr> PROGRAMS = new ProgramCache<>();

    private Gradient() {}

    /**
     * The program of the same inputs that gives all outputs, then the gradients of the first output with respect to the
     * inputs marked in {@code wrt}. Made once for each program and choice of inputs.
     *
     * <p>With respect to one scalar it is forward mode, which is never more work; else, or where a function with only a
     * reverse rule is inside, reverse mode.
     *
     * @throws FluxionException when the first output is not a float scalar, or an input in {@code wrt} is not a float
     */
    public static Jaxpr of(Jaxpr jaxpr, Array<Boolean> wrt) {
        return PROGRAMS.get(jaxpr, wrt, () -> differentiate(Directional.of(jaxpr), wrt));
    }

    private static Jaxpr differentiate(Jaxpr jaxpr, Array<Boolean> wrt) {
        ArrayType result = jaxpr.outputs().get(0).type();
        if (!result.isScalar() || !result.dtype().isFloating()) {
            throw FluxionException.of(
                            ErrorCode.NON_SCALAR_GRAD,
                            "grad: the function's result is " + result + ", not a real scalar")
                    .hint(
                            result.isScalar()
                                    ? "convert the result with astype"
                                    : "sum the result, or take jacrev, jacfwd or vjp");
        }
        Array<ArrayType> types = Masks.select(wrt, jaxpr.inputTypes());
        Jvp.requireFloats("grad", types);
        if (types.size() == 1 && types.get(0).isScalar()) {
            Jaxpr forward = forward(jaxpr, wrt);
            if (!hasReverseRule(forward)) {
                return forward;
            }
        }
        return reverse(jaxpr, wrt, types);
    }

    private static Jaxpr forward(Jaxpr jaxpr, Array<Boolean> wrt) {
        return Trace.of("taking a gradient", jaxpr.inputTypes(), inputs -> {
                    Array<NDArray> tangents = wrt.zipWith(inputs, (marked, x) -> marked ? Scalars.like(x, 1) : null);
                    Duals duals = Jvp.push(jaxpr, inputs, tangents);
                    Array<NDArray> gradient = duals.tangents().take(1);
                    return duals.primals()
                            .appendAll(Transpose.withZeros(
                                    gradient, jaxpr.outputTypes().take(1)));
                })
                .jaxpr();
    }

    private static Jaxpr reverse(Jaxpr jaxpr, Array<Boolean> wrt, Array<ArrayType> types) {
        Linearized linearized = Linearize.of(jaxpr, wrt);
        return Trace.of("taking a gradient", jaxpr.inputTypes(), inputs -> {
                    Array<NDArray> results = Tracing.call(linearized.known(), inputs);
                    int outputs = jaxpr.outputs().size();
                    Array<NDArray> none = Array.fill(outputs - 1, () -> null);
                    Array<NDArray> seed = none.prepend(Scalars.like(results.get(0), 1));
                    return results.take(outputs).appendAll(Vjp.pull(linearized, results.drop(outputs), seed, types));
                })
                .jaxpr();
    }

    /** Whether a tangent goes through a function whose derivative is known in reverse only. */
    public static boolean needsReverse(Jaxpr jaxpr) {
        return exists(jaxpr, linear -> !linear.runs());
    }

    /** Whether a tangent goes through a function with a reverse rule, which is the one for gradients. */
    static boolean hasReverseRule(Jaxpr jaxpr) {
        return exists(jaxpr, linear -> true);
    }

    private static boolean exists(Jaxpr jaxpr, Predicate<Control.CustomLinear> wanted) {
        return jaxpr.equations()
                .exists(equation -> equation.primitive() instanceof Control.CustomLinear linear
                        ? wanted.test(linear)
                        : Parameters.subPrograms(equation.primitive()).exists(program -> exists(program, wanted)));
    }
}
