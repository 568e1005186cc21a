package dev.fluxion.numerics.reference;

import dev.fluxion.ir.ArgOp;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.ScalarMeaning;
import dev.fluxion.ir.Shape;
import dev.fluxion.numerics.HostArray;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;

/** Reductions, one element after the other in row-major order. */
final class ReductionMeaning {
    private ReductionMeaning() {}

    static HostArray of(Reduction p, HostArray x, ArrayType type) {
        Object out = HostData.allocate(type.dtype(), type.size());
        switch (p) {
            case Reduction.Reduce(ReduceOp op, Ints axes) -> reduce(op, axes, x, type, out);
            case Reduction.ArgReduce(ArgOp op, int axis, DType indexDtype) -> {
                for (int i = 0; i < type.size(); i++) {
                    Shape line = type.shape().insert(axis, 1);
                    long best = argument(op, x, axis, Index.of(line, i));
                    HostData.put(out, i, Literal.of(indexDtype, best));
                }
            }
            case Reduction.Cumulative(CumulativeOp op, int axis, boolean reverse) -> {
                int step = reverse ? 1 : -1;
                int first = reverse ? type.shape().dim(axis) - 1 : 0;
                for (int k = 0; k < type.size(); k++) {
                    // The element before i along the axis, in the direction of travel, is done before i.
                    int i = reverse ? type.size() - 1 - k : k;
                    int[] index = Index.of(type.shape(), i);
                    Literal value = x.literalAt(i);
                    if (index[axis] != first) {
                        index[axis] += step;
                        value = combine(op, HostData.literal(out, Index.flat(type.shape(), index)), value);
                    }
                    HostData.put(out, i, value);
                }
            }
        }
        return HostArray.wrap(type, out);
    }

    private static void reduce(ReduceOp op, Ints axes, HostArray x, ArrayType type, Object out) {
        for (int i = 0; i < type.size(); i++) {
            HostData.put(out, i, op.identity(type.dtype()));
        }
        Shape shape = x.type().shape();
        Ints kept = axes.complement(shape.rank());
        for (int i = 0; i < x.type().size(); i++) {
            int target = Index.flat(type.shape(), Index.select(Index.of(shape, i), kept));
            HostData.put(out, target, binary(op.binary(), HostData.literal(out, target), x.literalAt(i)));
        }
    }

    private static long argument(ArgOp op, HostArray x, int axis, int... index) {
        Shape shape = x.type().shape();
        int best = 0;
        for (int k = 0; k < shape.dim(axis); k++) {
            index[axis] = best;
            Literal old = x.literalAt(Index.flat(shape, index));
            index[axis] = k;
            if (beats(op, x.literalAt(Index.flat(shape, index)), old)) {
                best = k;
            }
        }
        return best;
    }

    private static boolean beats(ArgOp op, Literal value, Literal old) {
        if (value.dtype().isFloating()) {
            double a = value.doubleValue();
            double b = old.doubleValue();
            return !Double.isNaN(b) && (Double.isNaN(a) || (op == ArgOp.ARGMAX ? a > b : a < b));
        }
        return op == ArgOp.ARGMAX ? value.longValue() > old.longValue() : value.longValue() < old.longValue();
    }

    private static Literal combine(CumulativeOp op, Literal sofar, Literal value) {
        return switch (op) {
            case CUMSUM -> binary(BinaryOp.ADD, sofar, value);
            case CUMPROD -> binary(BinaryOp.MUL, sofar, value);
            case CUMMAX -> binary(BinaryOp.MAX, sofar, value);
            case CUMMIN -> binary(BinaryOp.MIN, sofar, value);
            case CUMLOGSUMEXP -> {
                double a = sofar.doubleValue();
                double b = value.doubleValue();
                double high = Math.max(a, b);
                double sum = high + StrictMath.log1p(StrictMath.exp(-Math.abs(a - b)));
                yield Literal.of(value.dtype(), a == b ? a + StrictMath.log(2) : sum);
            }
        };
    }

    private static Literal binary(BinaryOp op, Literal x, Literal y) {
        return ScalarMeaning.of(new Elementwise.Binary(op), Array.of(x, y));
    }
}
