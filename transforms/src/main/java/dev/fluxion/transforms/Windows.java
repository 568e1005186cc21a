package dev.fluxion.transforms;

import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** Windows at start indices that are counted from the front already, as the operands of equations are. */
final class Windows {
    private Windows() {}

    static NDArray slice(NDArray x, Array<NDArray> starts, Shape sizes) {
        return Tracing.bindAll(new Movement.DynamicSlice(sizes), starts.prepend(x))
                .get(0);
    }

    static NDArray update(NDArray x, NDArray update, Array<NDArray> starts) {
        return Tracing.bindAll(
                        new Movement.DynamicUpdateSlice(),
                        starts.prepend(update).prepend(x))
                .get(0);
    }
}
