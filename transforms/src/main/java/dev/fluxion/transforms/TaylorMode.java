package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import io.vavr.collection.Array;

/** Power series through functions of trees: at the border coefficients are derivatives, inside they are divided by factorials. */
public final class TaylorMode {
    /** The value, and the derivatives of order 1, 2, ...; trees of one structure. */
    public record Expansion(Object primal, Array<Object> series) {}

    private TaylorMode() {}

    /**
     * {@code y(t) = f(x(t))} and its derivatives at 0.
     *
     * @param series for each order the derivatives of all arguments
     */
    public static Expansion jet(TreeFunction f, Array<?> primals, Array<? extends Array<?>> series) {
        Flat flat = f.flatten("jet", primals);
        Array<ArrayType> types = flat.leaves().map(NDArray::type);
        Array<Array<NDArray>> given = series.zipWithIndex(
                (trees, k) -> Leaves.matching("jet series, order " + (k + 1), trees, flat.treeDef(), types));
        TracedTree traced = f.trace("jet", flat);
        int order = series.size();
        record Key(int order) {}
        record Prepared(Program program, Array<Boolean> activeOutputs) {}
        Prepared prepared = traced.derive(new Key(order), t -> {
            Array<Boolean> active =
                    Leaves.floating(types).appendAll(Leaves.none(t.captures().size()));
            JvpProgram jet = Jet.mode(order).of(t.jaxpr(), Jet.repeated(active, order));
            Differentiation.checkForward("jet", f, jet.jaxpr());
            return new Prepared(new Program(ofDerivatives(jet, t.jaxpr(), order)), jet.activeOutputs());
        });
        Array<NDArray> terms = Array.range(0, types.size())
                .filter(i -> types.get(i).dtype().isFloating())
                .flatMap(i -> given.map(leaves -> leaves.get(i)));
        Array<NDArray> results = prepared.program()
                .call(flat.leaves().appendAll(traced.captures()).appendAll(terms));
        int outs = traced.jaxpr().outputs().size();
        Array<NDArray> found = Masks.spread(
                prepared.activeOutputs(),
                results.drop(outs),
                Jet.repeated(traced.jaxpr().outputTypes(), order));
        return new Expansion(
                traced.result().unflatten(results.take(outs)),
                Array.range(0, order)
                        .map(k -> traced.result().unflatten(Array.range(0, outs).map(i -> found.get(i * order + k)))));
    }

    /** The program of values and derivatives for one of values and coefficients. */
    private static Jaxpr ofDerivatives(JvpProgram jet, Jaxpr function, int order) {
        int inputs = function.inputs().size();
        return Trace.of("taking a jet", jet.jaxpr().inputTypes(), in -> {
                    Array<NDArray> terms = in.drop(inputs).zipWithIndex((x, i) -> x.div(factorial(i % order + 1)));
                    Duals out =
                            jet.duals(Tracing.call(jet.jaxpr(), in.take(inputs).appendAll(terms)));
                    Array<NDArray> derivatives = out.tangents()
                            .zipWithIndex((y, i) -> y == null ? null : y.times(factorial(i % order + 1)))
                            .filter(y -> y != null);
                    return out.primals().appendAll(derivatives);
                })
                .jaxpr();
    }

    /** {@code d^n/dt^n f(x + t)} at 0. */
    public static NDArray nthDerivative(TreeFunction f, int n, NDArray x) {
        Flat flat = f.flatten("nthDerivative", Array.of(x));
        TracedTree traced = f.trace("nthDerivative", flat);
        record Key(int n) {}
        Program program = traced.derive(new Key(n), t -> {
            Array<ArrayType> types = t.jaxpr().inputTypes();
            Jvp.requireFloats("nthDerivative", types.take(1));
            Jaxpr derivative = Trace.of("taking a jet", types, in -> {
                        Array<NDArray> along = Array.fill(n, () -> null);
                        Taylor point =
                                new Taylor(in.head(), n == 0 ? along : along.update(0, Scalars.like(in.head(), 1)));
                        Array<Taylor> captured = in.tail().map(c -> Taylor.constant(c, n));
                        return Jet.push(t.jaxpr(), captured.prepend(point), n).map(y -> scaledBack(y, n));
                    })
                    .jaxpr();
            Differentiation.checkForward("nthDerivative", f, derivative);
            return new Program(derivative);
        });
        return program.call(flat.leaves().appendAll(traced.captures())).get(0);
    }

    private static NDArray scaledBack(Taylor y, int n) {
        NDArray term = y.get(n);
        return term == null ? Scalars.zeros(y.primal().type()) : term.times(factorial(n));
    }

    private static double factorial(int k) {
        double product = 1;
        for (int i = 2; i <= k; i++) {
            product *= i;
        }
        return product;
    }

    /** Refuses the order of a derivative below 0. */
    public static void requireOrder(int n) {
        if (n < 0) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "nthDerivative: order " + n)
                    .hint("the order is 0 or more; order 0 is the function itself"));
        }
    }

    /** Refuses series of two arguments that end at different orders. */
    public static void requireEqualLengths(int first, int second) {
        if (first != second) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "jet: series of different lengths")
                    .detail("the first argument has " + first + " coefficients, the second one " + second)
                    .hint("fill the shorter one up with zeros"));
        }
    }
}
