package dev.fluxion.lax;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.List;

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

    /**
     * {@code c = init; for (k = 0; k < maxIterations && cond(c); k++) c = body(c); return c}: a while loop that reverse mode
     * goes through.
     *
     * <p>Its gradient keeps about {@code 2 sqrt(maxIterations)} carries at a time, and computes each step three times. Where
     * the loop ends early, the steps that are left cost a test for each of at most {@code 2 sqrt(maxIterations)} segments and
     * steps. A loop that has not ended by then stops: look at the carry.
     *
     * @param cond gives one truth value
     * @throws FluxionException FX0104 when {@code maxIterations} is negative, FX0304 when the body gives another carry than it
     *     takes, FX0306 when {@code cond} does not give one truth value
     */
    public static <C> C whileLoop(Function1<C, NDArray> cond, Function1<C, C> body, C init, int maxIterations) {
        String name = "whileLoop";
        if (maxIterations < 0) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_PARAMETER, name + ": maxIterations is " + maxIterations)
                            .hint("it is zero or more"));
        }
        Carry carry = Carry.of(name, init);
        Function1<Array<NDArray>, Array<NDArray>> goingFirst =
                leaves -> leaves.prepend(Predicate.ofCondition(name, cond.apply(carry.tree(leaves))));
        SegmentedScan loop = new SegmentedScan(
                name,
                leaves -> goingFirst.apply(carry.next(body.apply(carry.tree(leaves.tail())))),
                ScanOptions.DEFAULT,
                (leaves, run) -> Branches.choose(
                        name, Lax.convertElementType(leaves.get(0), DType.INT32), List.of(c -> c, run), leaves));
        return carry.tree(loop.run(goingFirst.apply(carry.leaves()), Array.empty(), maxIterations, Segments.SQUARE_ROOT)
                .tail());
    }
}
