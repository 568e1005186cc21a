package dev.fluxion.transforms;

import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** Values and their tangents, side by side; a null tangent is zero. */
record Duals(Array<NDArray> primals, Array<NDArray> tangents) {
    static Duals of(NDArray primal, NDArray tangent) {
        return new Duals(Array.of(primal), Array.of(tangent));
    }
}
