package dev.fluxion.lax;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;

/** What chooses a branch or ends a loop: one truth value. */
final class Predicate {
    private Predicate() {}

    /** A truth value, or a number: whether it is not zero. */
    static NDArray truth(String name, NDArray pred) {
        if (pred == null || !pred.shape().isScalar()) {
            throw refuse(name + ": the predicate must be one truth value", pred)
                    .hint("reduce it with any() or all(); to choose element by element take where(...), or vmap");
        }
        return pred.dtype() == DType.BOOL ? pred : pred.ne(0);
    }

    /** What the condition of a loop gave. */
    static NDArray ofCondition(String name, NDArray pred) {
        if (pred == null || !pred.shape().isScalar() || pred.dtype() != DType.BOOL) {
            throw refuse(name + ": the condition must give one truth value", pred)
                    .hint("compare (x.lt(1.0)), and reduce with any() or all() where there are several values");
        }
        return pred;
    }

    /** The number of a branch among {@code count}, as an i32; what is outside is clamped. */
    static NDArray index(String name, NDArray index, int count) {
        if (index == null || !index.shape().isScalar() || !index.dtype().isInteger()) {
            throw refuse(name + ": the index must be one integer", index).hint("convert it with astype(DType.INT32)");
        }
        if (index.dtype() == DType.INT32) {
            return index;
        }
        // Before it is converted: a large number is the last branch, whatever its low bits are.
        return Lax.convertElementType(Numpy.clip(index, 0, count - 1), DType.INT32);
    }

    private static FluxionException refuse(String summary, NDArray given) {
        return Tracing.located(FluxionException.of(ErrorCode.BAD_PREDICATE, summary)
                .detail("given " + (given == null ? "null" : given.type().toString())));
    }
}
