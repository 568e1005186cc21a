package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;

/** Constants of the dtype that a rule needs. */
final class Scalars {
    private Scalars() {}

    /** The scalar {@code value} in the dtype of x. */
    static NDArray like(NDArray x, double value) {
        return Tracing.literal(Literal.of(x.dtype(), value));
    }

    /** Zeros of the given type, inside a trace or outside. */
    static NDArray zeros(ArrayType type) {
        return Numpy.zeros(type.dtype(), type.shape().toArray());
    }

    /** Ones of the given type, inside a trace or outside. */
    static NDArray ones(ArrayType type) {
        return Numpy.ones(type.dtype(), type.shape().toArray());
    }
}
