package dev.fluxion.transforms;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/**
 * What each operation does to tangents. One file for each family: {@link UnaryDerivatives} ({@code tanh}),
 * {@link BinaryDerivatives} ({@code pow}), {@link ElementwiseDerivatives} ({@code clamp}), {@link ReductionDerivatives}
 * ({@code reduce_max}, {@code cumprod}), {@link ControlDerivatives} ({@code jit}, {@code custom_jvp_call}).
 *
 * <p>Rules never see a zero tangent. Integers and truth values have none.
 */
final class JvpRules {
    private JvpRules() {}

    /**
     * The results and their tangents.
     *
     * @param t tangents of {@code in}, null where zero; at least one is not
     */
    static Duals of(Primitive primitive, Array<NDArray> in, Array<NDArray> t) {
        return switch (primitive) {
            case Elementwise p -> {
                NDArray out = primal(p, in);
                yield Duals.of(out, ElementwiseDerivatives.of(p, in, out, t));
            }
            case Movement p -> Duals.of(primal(p, in), linear(p, in, t));
            case Reduction p -> {
                NDArray out = primal(p, in);
                yield Duals.of(out, reduction(p, in.get(0), out, t));
            }
            case DotGeneral p -> Duals.of(primal(p, in), dot(p.dimensionNumbers(), in, t));
            case Threefry2x32 _ ->
                throw new IllegalStateException("threefry2x32 takes integers, which have no tangent");
            case Control p -> ControlDerivatives.of(p, in, t);
            case Custom p -> CustomDerivatives.of(p, in, t);
        };
    }

    private static NDArray reduction(Reduction p, NDArray x, NDArray out, Array<NDArray> t) {
        return switch (p) {
            case Reduction.Reduce(ReduceOp op, Ints axes) ->
                switch (op) {
                    case SUM -> linear(p, Array.of(x), t);
                    case PROD -> ReductionDerivatives.product(x, axes, t.get(0));
                    case MAX, MIN -> ReductionDerivatives.chosen(x, out, axes, t.get(0));
                    case AND, OR -> null;
                };
            case Reduction.ArgReduce _ -> null;
            case Reduction.Cumulative(CumulativeOp op, int axis, boolean reverse) ->
                switch (op) {
                    case CUMSUM -> linear(p, Array.of(x), t);
                    case CUMPROD, CUMMAX, CUMMIN, CUMLOGSUMEXP ->
                        CumulativeDerivatives.of(op, x, axis, reverse, t.get(0));
                };
        };
    }

    private static NDArray dot(DotDimensionNumbers numbers, Array<NDArray> in, Array<NDArray> t) {
        return sum(
                t.get(0) == null ? null : Lax.dotGeneral(t.get(0), in.get(1), numbers),
                t.get(1) == null ? null : Lax.dotGeneral(in.get(0), t.get(1), numbers));
    }

    /** Operations that are linear in all their float operands together: the tangent is the operation of the tangents. */
    static NDArray linear(Primitive p, Array<NDArray> in, Array<NDArray> t) {
        Array<NDArray> operands = in.zipWithIndex(
                (x, i) -> t.get(i) != null ? t.get(i) : x.dtype().isFloating() ? Scalars.zeros(x.type()) : x);
        return primal(p, operands);
    }

    private static NDArray primal(Primitive p, Array<NDArray> in) {
        return Tracing.bindAll(p, in).get(0);
    }

    /** The sum of tangents, either of which may be null, which is zero. */
    static NDArray sum(NDArray a, NDArray b) {
        return a == null ? b : b == null ? a : a.plus(b);
    }
}
