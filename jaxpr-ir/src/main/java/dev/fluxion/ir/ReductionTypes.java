package dev.fluxion.ir;

import static dev.fluxion.ir.TypeRules.axes;
import static dev.fluxion.ir.TypeRules.count;

import io.vavr.collection.Array;

/** Types of the reductions and cumulative operations. */
final class ReductionTypes {
    private ReductionTypes() {}

    static ArrayType infer(Reduction p, Array<ArrayType> in) {
        count(p, in.size(), 1);
        ArrayType x = in.get(0);
        return switch (p) {
            case Reduction.Reduce(ReduceOp op, Ints axes) -> {
                axes(p, axes, x.rank());
                accept(
                        p,
                        x,
                        switch (op) {
                            case SUM, PROD -> x.dtype().isNumeric();
                            case MAX, MIN -> true;
                            case AND, OR -> !x.dtype().isFloating();
                        });
                yield x.withShape(x.shape().without(axes));
            }
            case Reduction.ArgReduce(var _, int axis, DType indexDtype) -> {
                axes(p, Ints.of(axis), x.rank());
                accept(p, x, indexDtype.isInteger());
                if (x.shape().dim(axis) == 0) {
                    throw FluxionException.of(
                            ErrorCode.EMPTY_REDUCTION, p.name() + ": axis " + axis + " of " + x + " is empty");
                }
                yield new ArrayType(indexDtype, x.shape().without(Ints.of(axis)));
            }
            case Reduction.Cumulative(CumulativeOp op, int axis, var _) -> {
                axes(p, Ints.of(axis), x.rank());
                accept(
                        p,
                        x,
                        op == CumulativeOp.CUMLOGSUMEXP
                                ? x.dtype().isFloating()
                                : x.dtype().isNumeric());
                yield x;
            }
        };
    }

    private static void accept(Reduction p, ArrayType x, boolean accepted) {
        if (!accepted) {
            throw FluxionException.of(ErrorCode.DTYPE_MISMATCH, p.name() + ": not defined for " + x)
                    .hint("convert with astype");
        }
    }
}
