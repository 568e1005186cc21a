package dev.fluxion.transforms;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Tree;
import io.vavr.Function1;
import io.vavr.collection.Array;

/**
 * Directions {@code 0, ..., count - 1}, of which {@code size} are computed at the same time and {@code steps} times in a
 * loop. Directions after the last one are there to fill the last step.
 */
public record Chunks(int count, int size, int steps) {
    /** Elements that the directions of one step may have together when nothing else is said. */
    private static final int MOST_ELEMENTS = 1 << 22;

    /**
     * Steps of at most {@code chunk} directions, equally many in each; none left over where that takes steps no smaller
     * than half.
     *
     * @throws FluxionException when chunk is not positive (FX0104)
     */
    public static Chunks of(String what, int count, int chunk) {
        if (chunk < 1) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_PARAMETER, what + ": chunk " + chunk + " is not positive")
                            .hint("the chunk is the number of directions that are computed at the same time"));
        }
        for (int size = Math.min(chunk, count); 2 * size > chunk && size > 0; size--) {
            if (count % size == 0) {
                return new Chunks(count, size, count / size);
            }
        }
        int steps = Math.ceilDiv(count, chunk);
        return new Chunks(count, steps == 0 ? 0 : Math.ceilDiv(count, steps), steps);
    }

    /** Steps that keep arrays of {@code width} elements for each direction to moderate memory. */
    public static Chunks ofWidth(int count, int width) {
        return of("chunk", count, Math.max(1, MOST_ELEMENTS / Math.max(1, width)));
    }

    /**
     * The rows of all directions, {@code [count, ..]}.
     *
     * @param block the first direction of a step, INT32 -> the rows of its directions, {@code [size, ..]}
     */
    public Array<NDArray> rows(Function1<NDArray, Array<NDArray>> block) {
        if (steps <= 1) {
            return block.apply(Numpy.scalar(0));
        }
        return perStep(block)
                .map(rows -> Lax.reshape(rows, rows.shape().without(Ints.of(0)).with(0, steps * size)))
                .map(rows -> steps * size == count ? rows : Lax.sliceInDim(rows, 0, count, 1, 0));
    }

    /** The sum over all steps of what {@code block} gives for one. */
    public Array<NDArray> sum(Function1<NDArray, Array<NDArray>> block) {
        return steps <= 1
                ? block.apply(Numpy.scalar(0))
                : perStep(block).map(parts -> Lax.reduceSum(parts, Ints.of(0)));
    }

    private Array<NDArray> perStep(Function1<NDArray, Array<NDArray>> block) {
        NDArray starts = Lax.iota(DType.INT32, steps).times(size);
        return Tree.leaves(Lax.map(block::apply, starts));
    }

    /** The unit vectors of one step in a space of {@code count} dimensions, {@code [size, count]}. */
    NDArray unitVectors(NDArray start, DType dtype) {
        return Lax.convertElementType(indicators(start, Lax.iota(DType.INT32, count)), dtype);
    }

    /** For each direction of one step, which of the numbers are its own: {@code [size, numbers]}. */
    public NDArray indicators(NDArray start, NDArray numbers) {
        Shape shape = Shape.of(size, numbers.size());
        NDArray direction = Lax.broadcastedIota(DType.INT32, shape, 0).plus(Lax.broadcast(start, shape));
        return Lax.eq(direction, Lax.broadcastInDim(numbers, shape, Ints.of(1)));
    }
}
