package dev.fluxion.transforms;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;

/**
 * What each operation does to power series. One file for each family: {@link UnaryJets} ({@code tanh}), {@link BinaryJets}
 * ({@code pow}), {@link ElementwiseJets} ({@code integer_pow}), {@link ControlJets} ({@code jit}, {@code scan}).
 *
 * <p>An operation that is linear, or linear around the point (a maximum, a choice), maps each coefficient as it maps a tangent.
 */
final class JetRules {
    private JetRules() {}

    /** The series of the results; at least one of {@code in} is not constant. */
    static Array<Taylor> of(Primitive primitive, Array<Taylor> in) {
        return switch (primitive) {
            case Elementwise p -> Array.of(ElementwiseJets.of(p, in, primal(p, in)));
            case Movement p -> Array.of(linear(p, in, primal(p, in)));
            case Reduction p -> Array.of(reduction(p, in.get(0)));
            case DotGeneral p -> Array.of(dot(p, in.get(0), in.get(1)));
            case Threefry2x32 _ -> throw new IllegalStateException("threefry2x32 takes integers, which have no series");
            case Control p -> ControlJets.of(p, in);
            case Custom p -> ControlJets.custom(p, in);
        };
    }

    private static Taylor reduction(Reduction p, Taylor x) {
        return switch (p) {
            case Reduction.Reduce(ReduceOp op, Ints axes) ->
                switch (op) {
                    case SUM, MAX, MIN, AND, OR -> linear(p, Array.of(x), primal(p, Array.of(x)));
                    case PROD -> {
                        NDArray out = primal(p, Array.of(x));
                        yield x.primal().size() == 0
                                ? Taylor.constant(out, x.order())
                                : along(ReductionDerivatives.productFormula(axes), x, out);
                    }
                };
            case Reduction.ArgReduce _ -> linear(p, Array.of(x), primal(p, Array.of(x)));
            case Reduction.Cumulative(CumulativeOp op, int axis, boolean reverse) ->
                switch (op) {
                    case CUMSUM, CUMMAX, CUMMIN -> linear(p, Array.of(x), primal(p, Array.of(x)));
                    case CUMPROD, CUMLOGSUMEXP ->
                        along(CumulativeDerivatives.formula(op, axis, reverse), x, primal(p, Array.of(x)));
                };
        };
    }

    /** The series of an operation as if it were written as the formula; its value is its own. */
    private static Taylor along(Function1<NDArray, NDArray> formula, Taylor x, NDArray out) {
        Jaxpr program = ReductionDerivatives.program(x.primal(), formula);
        return new Taylor(out, Jet.push(program, Array.of(x), x.order()).get(0).terms());
    }

    /** {@code z_k = sum_i dot(x_i, y_{k-i})}. */
    private static Taylor dot(DotGeneral p, Taylor x, Taylor y) {
        NDArray[] z = new NDArray[x.order() + 1];
        for (int k = 0; k < z.length; k++) {
            for (int i = 0; i <= k; i++) {
                NDArray a = x.get(i);
                NDArray b = y.get(k - i);
                z[k] = JvpRules.sum(z[k], a == null || b == null ? null : Lax.dotGeneral(a, b, p.dimensionNumbers()));
            }
        }
        return Taylor.of(z);
    }

    private static NDArray primal(Primitive p, Array<Taylor> in) {
        return Tracing.bindAll(p, in.map(Taylor::primal)).get(0);
    }

    /** Every coefficient mapped as a tangent is. */
    static Taylor linear(Primitive p, Array<Taylor> in, NDArray out) {
        Array<NDArray> primals = in.map(Taylor::primal);
        Array<NDArray> terms = Array.range(1, in.get(0).order() + 1).map(k -> {
            Array<NDArray> t = in.map(x -> x.get(k));
            return t.forAll(term -> term == null)
                    ? null
                    : JvpRules.of(p, primals, t).tangents().get(0);
        });
        return new Taylor(out, terms);
    }

    /**
     * Through the derivative {@code y' = J(x) x'}, a program of its own, in series of an order less: for operations whose
     * series has no recurrence, and for those whose derivative is a user's rule.
     */
    static Array<Taylor> byDerivative(Primitive p, Array<Taylor> in) {
        Array<NDArray> primals = in.map(Taylor::primal);
        Array<NDArray> out = Tracing.bindAll(p, primals);
        int order = in.get(0).order();
        Array<Boolean> active = in.map(x -> !x.isConstant());
        Jaxpr operation = Trace.of("taking a jet", primals.map(NDArray::type), x -> Tracing.bindAll(p, x))
                .jaxpr();
        JvpProgram derivative = Jvp.of(operation, active).tangentsOnly();
        Array<Taylor> arguments = in.map(x -> x.truncated(order - 1))
                .appendAll(Masks.select(active, in).map(Taylor::derivative));
        Array<Taylor> slopes =
                Masks.spread(derivative.activeOutputs(), Jet.push(derivative.jaxpr(), arguments, order - 1));
        return out.zipWith(slopes, (y, slope) -> slope == null ? Taylor.constant(y, order) : antiderivative(y, slope));
    }

    /** {@code y} of {@code y' = slope}, of an order more. */
    static Taylor antiderivative(NDArray primal, Taylor slope) {
        Array<NDArray> terms =
                Array.of(slope.coefficients()).zipWithIndex((term, i) -> term == null ? null : term.div(i + 1));
        return new Taylor(primal, terms);
    }
}
