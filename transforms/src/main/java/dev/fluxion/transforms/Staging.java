package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tree.Flat;
import io.vavr.collection.Array;

/** Runs functions as compiled programs; inside a trace they become shared sub-programs. */
public final class Staging {
    private Staging() {}

    /**
     * {@code f(arguments)}, compiled; inside a trace one {@code jit} equation.
     *
     * @param donated the arguments whose buffers may be taken over; inside a trace nothing is
     */
    public static Object jit(TreeFunction f, Ints donated, Array<?> arguments) {
        Flat flat = f.flatten("jit", arguments);
        return run(f.trace("jit", flat), donated, flat);
    }

    /** {@code f(argument)} as {@link #jit(TreeFunction, Ints, Array)} gives it, by the shortcut next time. */
    public static Object jit(TreeFunction f, Object argument, Shortcut shortcut) {
        NDArray again = shortcut.call(argument);
        if (again != null) {
            return again;
        }
        Flat flat = f.flatten("jit", Array.of(argument));
        TracedTree traced = f.trace("jit", flat);
        Object result = run(traced, Ints.of(), flat);
        shortcut.learn(argument, result, traced.program(), 0);
        return result;
    }

    /** The result of a traced function for arguments that fit. */
    static Object run(TracedTree traced, Ints donated, Flat flat) {
        if (Trace.current() != null) {
            Array<NDArray> inputs = flat.leaves().appendAll(traced.captures());
            return traced.result().unflatten(SubPrograms.call(traced.label(), traced.jaxpr(), inputs));
        }
        if (!donated.isEmpty()) {
            return traced.result().unflatten(Donation.call(traced, donated, flat));
        }
        return traced.result().unflatten(traced.program().call(flat.leaves().appendAll(traced.captures())));
    }

    /** {@code f(arguments)}, compiled; inside a trace its equations. */
    public static Object inline(TreeFunction f, Array<?> arguments) {
        Flat flat = f.flatten("compilation", arguments);
        TracedTree traced = f.trace("compilation", flat);
        return traced.result().unflatten(traced.program().call(flat.leaves().appendAll(traced.captures())));
    }

    /**
     * As {@link #inline}, for derivatives that may be large.
     *
     * @throws dev.fluxion.ir.FluxionException when the program needs more memory than this JVM may use (FX0409)
     */
    public static Object inlineIfItFits(TreeFunction f, Array<?> arguments, String hint) {
        if (Trace.current() == null) {
            Program program =
                    f.trace("compilation", f.flatten("compilation", arguments)).program();
            AnswerSize.requireMemory(
                    f.label(), program.compiled().memory(), Runtime.getRuntime().maxMemory(), hint);
        }
        return inline(f, arguments);
    }

    /** The program of f at the given arguments, simplified; sub-programs stay. */
    public static Jaxpr makeJaxpr(TreeFunction f, Array<?> arguments) {
        return Passes.tidy(
                f.trace("makeJaxpr", f.flatten("makeJaxpr", arguments)).jaxpr());
    }

    /** The result of f with shape-only arrays for leaves. */
    public static Object evalShape(TreeFunction f, Array<?> arguments) {
        TracedTree traced = f.trace("evalShape", f.flatten("evalShape", arguments));
        return traced.result().unflatten(traced.jaxpr().outputTypes().map(Staging::shapeOnly));
    }

    /** An array that has a type and no data. */
    public static NDArray shapeOnly(ArrayType type) {
        NDArray[] result = new NDArray[1];
        Trace.of("evalShape", Array.of(type), in -> {
            result[0] = in.get(0);
            return in;
        });
        return result[0];
    }
}
