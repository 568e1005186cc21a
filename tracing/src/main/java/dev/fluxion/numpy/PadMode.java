package dev.fluxion.numpy;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import java.util.ArrayList;
import java.util.List;

/** How {@link Numpy#pad} continues an array beyond its edges; the examples continue {@code a b c d}. */
public enum PadMode {
    /** The outermost element repeats: {@code a a | a b c d | d d}. */
    EDGE,
    /** Mirrored at the outermost element: {@code c b | a b c d | c b}. */
    REFLECT,
    /** Mirrored at the edge: {@code b a | a b c d | d c}. */
    SYMMETRIC,
    /** Periodic: {@code c d | a b c d | a b}. */
    WRAP;

    NDArray pad(NDArray x, int axis, int before, int after) {
        int size = x.shape().dim(axis);
        if (before == 0 && after == 0) {
            return x;
        }
        if (size == 0) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_PARAMETER, "pad: axis " + axis + " of " + x.type() + " is empty: nothing to repeat"));
        }
        List<NDArray> parts = new ArrayList<>();
        int period = this == REFLECT ? Math.max(1, 2 * (size - 1)) : this == SYMMETRIC ? 2 * size : size;
        switch (this) {
            case EDGE -> {
                addEdge(parts, x, axis, 0, before);
                parts.add(x);
                addEdge(parts, x, axis, size - 1, after);
            }
            case REFLECT, SYMMETRIC, WRAP -> addRuns(parts, x, axis, -before, size + after, period);
        }
        return Numpy.concatenate(parts, axis);
    }

    private static void addEdge(List<NDArray> parts, NDArray x, int axis, int place, int count) {
        if (count > 0) {
            NDArray edge = x.slice(axis, place, place + 1);
            parts.add(Lax.broadcastInDim(edge, x.shape().with(axis, count), Ints.range(x.ndim())));
        }
    }

    /** The places from..to-1 of the periodic continuation, as runs that read x forward or backward. */
    private void addRuns(List<NDArray> parts, NDArray x, int axis, int from, int to, int period) {
        int size = x.shape().dim(axis);
        int place = from;
        while (place < to) {
            int phase = Math.floorMod(place, period);
            if (phase < size) {
                int length = Math.min(size - phase, to - place);
                parts.add(x.slice(axis, phase, phase + length));
                place += length;
            } else {
                int length = Math.min(period - phase, to - place);
                int last = this == REFLECT ? period - phase : period - 1 - phase;
                parts.add(Numpy.flip(x.slice(axis, last - length + 1, last + 1), axis));
                place += length;
            }
        }
    }
}
