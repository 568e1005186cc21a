package dev.fluxion.transforms;

import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.collection.Array;

/**
 * The derivatives of the cumulative operations, as derivatives of the parallel prefix: {@code log2 n} rounds, each combining
 * every element with the one {@code 1, 2, 4, ...} places before it. No division, so right where elements are zero.
 *
 * <p>Source: W. D. Hillis, G. L. Steele, "Data parallel algorithms", CACM 29 (1986).
 */
final class CumulativeDerivatives {
    private CumulativeDerivatives() {}

    /** The tangent of the cumulative operation along {@code axis}. Where elements tie in cummax and cummin they share. */
    static NDArray of(CumulativeOp op, NDArray x, int axis, boolean reverse, NDArray t) {
        return ReductionDerivatives.alongFormula(x, t, formula(op, axis, reverse));
    }

    /** The operation as a parallel prefix. */
    static Function1<NDArray, NDArray> formula(CumulativeOp op, int axis, boolean reverse) {
        return x -> prefix(op, x, axis, reverse);
    }

    private static NDArray prefix(CumulativeOp op, NDArray x, int axis, boolean reverse) {
        int size = x.shape().dim(axis);
        NDArray y = x;
        for (int shift = 1; shift < size; shift *= 2) {
            NDArray early = Lax.sliceInDim(y, 0, size - shift, 1, axis);
            NDArray late = Lax.sliceInDim(y, shift, size, 1, axis);
            NDArray combined = combine(op, early, late);
            y = Lax.concatenate(
                    reverse
                            ? Array.of(combined, Lax.sliceInDim(y, size - shift, size, 1, axis))
                            : Array.of(Lax.sliceInDim(y, 0, shift, 1, axis), combined),
                    axis);
        }
        return y;
    }

    private static NDArray combine(CumulativeOp op, NDArray a, NDArray b) {
        return switch (op) {
            case CUMSUM -> a.plus(b);
            case CUMPROD -> a.times(b);
            case CUMMAX -> Lax.max(a, b);
            case CUMMIN -> Lax.min(a, b);
            case CUMLOGSUMEXP -> logAddExp(a, b);
        };
    }

    /** {@code log(e^a + e^b)}; the shift that avoids overflow has no influence and so no derivative. */
    private static NDArray logAddExp(NDArray a, NDArray b) {
        NDArray largest = Lax.stopGradient(Lax.max(a, b));
        NDArray shift = Lax.select(Lax.isFinite(largest), largest, Scalars.like(a, 0));
        return Lax.log(Lax.exp(a.minus(shift)).plus(Lax.exp(b.minus(shift)))).plus(shift);
    }
}
