package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Threefry2x32;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * What each linear operation does to cotangents; the others refuse. One file for each family:
 * {@link ElementwiseTransposes} ({@code mul}), {@link MovementTransposes} ({@code pad}), {@link DotTranspose},
 * {@link ControlTransposes} ({@code jit}).
 */
final class TransposeRules {
    private TransposeRules() {}

    /**
     * The cotangents of the operands; null where zero, and for operands that are not linear.
     *
     * @param ct the cotangents of the results, null where zero; at least one is not
     * @throws FluxionException when the operation is not linear in the linear operands together
     */
    static Array<NDArray> of(Primitive primitive, Array<Operand> in, Array<NDArray> ct, Array<ArrayType> types) {
        return switch (primitive) {
            case Elementwise p -> ElementwiseTransposes.of(p, in, ct.get(0));
            case Movement p -> MovementTransposes.of(p, in, ct.get(0));
            case Reduction p -> Array.of(reduction(p, in.get(0), ct.get(0)));
            case DotGeneral p -> DotTranspose.of(p, in.get(0), in.get(1), ct.get(0));
            case Threefry2x32 p -> throw notLinear(p);
            case Control p -> ControlTransposes.of(p, in, ct, types);
            case Custom p -> ControlTransposes.custom(p, in, ct, types);
        };
    }

    private static NDArray reduction(Reduction p, Operand x, NDArray ct) {
        return switch (p) {
            case Reduction.Reduce(ReduceOp op, Ints axes) ->
                switch (op) {
                    case SUM ->
                        Lax.broadcastInDim(
                                ct, x.shape(), axes.complement(x.shape().rank()));
                    case PROD, MAX, MIN, AND, OR -> throw notLinear(p);
                };
            case Reduction.Cumulative(CumulativeOp op, int axis, boolean reverse) ->
                switch (op) {
                    case CUMSUM -> Lax.cumsum(ct, axis, !reverse);
                    case CUMPROD, CUMMAX, CUMMIN, CUMLOGSUMEXP -> throw notLinear(p);
                };
            case Reduction.ArgReduce _ -> throw notLinear(p);
        };
    }

    static FluxionException notLinear(Primitive p) {
        return FluxionException.of(ErrorCode.NOT_LINEAR, p.name() + ": not linear in its operands")
                .hint("only linear functions have a transpose; of others take vjp, or linearize first");
    }
}
