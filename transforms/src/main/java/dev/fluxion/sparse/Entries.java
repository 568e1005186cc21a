package dev.fluxion.sparse;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;

/** Vectors read and written through lists of indices. */
final class Entries {
    private Entries() {}

    /** {@code out[k] = x[indices[k]]}. */
    static NDArray take(NDArray x, Ints indices) {
        return indices.isEmpty() ? zeros(x, 0) : TakeElements.of(x, Numpy.array(indices.toArray()));
    }

    /** {@code out[i]}, {@code i < size}, is the sum of the x[k] with {@code indices[k] = i}. */
    static NDArray add(NDArray x, Ints indices, int size) {
        return indices.isEmpty() ? zeros(x, size) : AddElements.of(x, Numpy.array(indices.toArray()), size);
    }

    private static NDArray zeros(NDArray like, int size) {
        return Numpy.zeros(like.dtype(), size);
    }

    static void requireValues(String what, int count, NDArray values) {
        if (values.ndim() != 1 || values.size() != count || !values.dtype().isFloating()) {
            throw Tracing.located(FluxionException.of(ErrorCode.SHAPE_MISMATCH, what + ": the values do not fit")
                    .detail("expected a floating vector of " + count + " elements")
                    .detail("given " + values.type()));
        }
    }

    static void requireInRange(String what, Ints indices, int size) {
        for (int k = 0; k < indices.size(); k++) {
            if (indices.get(k) < 0 || indices.get(k) >= size) {
                throw Tracing.located(FluxionException.of(
                        ErrorCode.BAD_INDEX,
                        what + ": index " + k + " is " + indices.get(k) + ", outside 0 to " + (size - 1)));
            }
        }
    }
}
