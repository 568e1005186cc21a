package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Literal;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;

/** Constants of the dtype that a rule needs. */
final class Scalars {
    private Scalars() {}

    /** The scalar {@code value} in the dtype of x. */
    static NDArray like(NDArray x, double value) {
        return Tracing.literal(Literal.of(x.dtype(), value));
    }

    /** An array of the given type, filled with {@code value}. */
    static NDArray fill(ArrayType type, double value) {
        return Lax.broadcast(Tracing.literal(Literal.of(type.dtype(), value)), type.shape());
    }

    static NDArray zeros(ArrayType type) {
        return fill(type, 0);
    }
}
