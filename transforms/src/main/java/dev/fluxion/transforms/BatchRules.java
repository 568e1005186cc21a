package dev.fluxion.transforms;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** What each operation becomes over a batch, whose axis is axis 0. At least one operand is batched. */
final class BatchRules {
    private BatchRules() {}

    static Lanes of(Primitive primitive, Lanes in) {
        return switch (primitive) {
            case Elementwise p -> Lanes.batched(Tracing.bind(p, besideLiterals(in)), in.size());
            case Threefry2x32 p -> Lanes.batched(Tracing.bindAll(p, in.fronts()), in.size());
            case Movement p -> Lanes.batched(MovementBatching.of(p, in), in.size());
            case Reduction p -> Lanes.batched(reduction(p, in.get(0)), in.size());
            case DotGeneral p -> Lanes.batched(dot(p.dimensionNumbers(), in), in.size());
            case Control p -> ControlBatching.of(p, in);
            case Custom p -> ControlBatching.custom(p, in);
        };
    }

    /** All operands batched, but for literals, which stand beside arrays as they are. */
    private static NDArray[] besideLiterals(Lanes in) {
        return Array.range(0, in.arrays().size())
                .map(i -> in.get(i).value().isLiteral() ? in.get(i) : in.front(i))
                .toJavaArray(NDArray[]::new);
    }

    private static NDArray reduction(Reduction p, NDArray x) {
        return switch (p) {
            case Reduction.Reduce(var op, Ints axes) -> Lax.reduce(op, x, inner(axes));
            case Reduction.ArgReduce(var op, int axis, var dtype) ->
                Tracing.bind(new Reduction.ArgReduce(op, axis + 1, dtype), x);
            case Reduction.Cumulative(var op, int axis, boolean reverse) -> Lax.cumulative(op, x, axis + 1, reverse);
        };
    }

    private static NDArray dot(DotDimensionNumbers d, Lanes in) {
        NDArray lhs = in.get(0);
        NDArray rhs = in.get(1);
        int batches = d.lhsBatch().size();
        if (in.isBatched(0) && in.isBatched(1)) {
            return Lax.dotGeneral(
                    lhs,
                    rhs,
                    new DotDimensionNumbers(
                            inner(d.lhsContracting()),
                            inner(d.rhsContracting()),
                            inner(d.lhsBatch()).prepend(0),
                            inner(d.rhsBatch()).prepend(0)));
        }
        if (in.isBatched(0)) {
            // axis 0 of lhs is the first of its free axes, which follow the batch axes
            NDArray out = Lax.dotGeneral(
                    lhs,
                    rhs,
                    new DotDimensionNumbers(
                            inner(d.lhsContracting()), d.rhsContracting(), inner(d.lhsBatch()), d.rhsBatch()));
            return toFront(out, batches);
        }
        NDArray out = Lax.dotGeneral(
                lhs,
                rhs,
                new DotDimensionNumbers(
                        d.lhsContracting(), inner(d.rhsContracting()), d.lhsBatch(), inner(d.rhsBatch())));
        return toFront(out, batches + d.lhsFree(lhs.ndim()).size());
    }

    /** The axes of one example as axes of the batch. */
    static Ints inner(Ints axes) {
        return axes.map(axis -> axis + 1);
    }

    private static NDArray toFront(NDArray x, int axis) {
        return Lax.transpose(x, Ints.of(axis).complement(x.ndim()).prepend(axis));
    }
}
