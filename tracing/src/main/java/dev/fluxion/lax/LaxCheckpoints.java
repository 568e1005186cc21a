package dev.fluxion.lax;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;

/**
 * Long loops of which reverse mode keeps a few carries, and computes the steps between them again. They compute what the loops
 * without {@code Checkpointed} compute, and their derivatives are the same.
 */
abstract class LaxCheckpoints extends LaxScans {
    /**
     * {@link #scan(Function2, Object, Object)} whose gradient over n steps keeps about {@code 2 sqrt(n)} carries and computes
     * each step three times: {@link Segments#SQUARE_ROOT}.
     */
    public static <C, X, Y> Scan<C, Y> scanCheckpointed(Function2<C, X, Tuple2<C, Y>> f, C init, X xs) {
        return scanCheckpointed(f, init, xs, ScanOptions.DEFAULT, Segments.SQUARE_ROOT);
    }

    /**
     * {@link #scan(Function2, Object, Object, ScanOptions)} whose gradient keeps the carries that {@code segments} says, and
     * xs; nothing of what f computes inside.
     *
     * @throws FluxionException FX0104 when {@code segments} does not fit the number of steps, and as the scan
     */
    public static <C, X, Y> Scan<C, Y> scanCheckpointed(
            Function2<C, X, Tuple2<C, Y>> f, C init, X xs, ScanOptions options, Segments segments) {
        String name = "scanCheckpointed";
        ScanStep<C, X, Y> step = new ScanStep<>(name, f, init, xs);
        SegmentedScan loop = new SegmentedScan(name, step::apply, options);
        return step.result(loop.run(step.init(), step.xs(), step.length(options), segments));
    }

    /**
     * {@link #foriLoop(int, int, Function2, Object)} whose gradient over n steps keeps about {@code 2 sqrt(n)} carries and
     * computes each step three times: {@link Segments#SQUARE_ROOT}.
     */
    public static <C> C foriLoopCheckpointed(int lower, int upper, Function2<NDArray, C, C> body, C init) {
        return foriLoopCheckpointed(lower, upper, body, init, Segments.SQUARE_ROOT);
    }

    /**
     * {@link #foriLoop(int, int, Function2, Object)} whose gradient keeps the carries that {@code segments} says.
     *
     * @throws FluxionException FX0104 when {@code segments} does not fit the number of steps, and as the loop
     */
    public static <C> C foriLoopCheckpointed(
            int lower, int upper, Function2<NDArray, C, C> body, C init, Segments segments) {
        String name = "foriLoopCheckpointed";
        Carry carry = Carry.of(name, init);
        SegmentedScan loop = new SegmentedScan(name, leaves -> step(carry, body, leaves), ScanOptions.DEFAULT);
        Array<NDArray> first = carry.leaves().prepend(Numpy.scalar(lower));
        return carry.tree(
                loop.run(first, Array.empty(), steps(lower, upper), segments).tail());
    }
}
