package dev.fluxion.lax;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tracing.Value;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.collection.Array;

/**
 * Loops. Condition and body are traced once, whatever the number of steps; the carry is any tree, whose structure, shapes and
 * dtypes stay the same. Arrays that they close over are as good as arguments, and so are their derivatives.
 */
abstract class LaxLoops extends LaxBranches {
    /**
     * {@code c = init; while (cond(c)) c = body(c); return c}.
     *
     * <p>Forward mode (jvp, jacfwd) goes through it; reverse mode cannot, since nobody knows how many steps to remember:
     * {@link #foriLoop(int, int, Function2, Object)} and scan can, and the while loop that takes a largest number of steps.
     *
     * @param cond gives one truth value
     * @throws FluxionException FX0304 when the body gives another carry than it takes, FX0306 when {@code cond} does not give
     *     one truth value
     */
    public static <C> C whileLoop(Function1<C, NDArray> cond, Function1<C, C> body, C init) {
        return whileLoop("whileLoop", cond, body, init);
    }

    private static <C> C whileLoop(String name, Function1<C, NDArray> cond, Function1<C, C> body, C init) {
        Carry carry = Carry.of(name, init);
        return carry.tree(Loops.whileLoop(
                name,
                carry.leaves(),
                leaves -> Array.of(Predicate.ofCondition(name, cond.apply(carry.tree(leaves)))),
                leaves -> carry.next(body.apply(carry.tree(leaves)))));
    }

    /**
     * {@code c = init; for (i = lower; i < upper; i++) c = body(i, c); return c}, with i a scalar of dtype INT32.
     *
     * @throws FluxionException FX0304 when the body gives another carry than it takes
     */
    public static <C> C foriLoop(int lower, int upper, Function2<NDArray, C, C> body, C init) {
        return counted(Numpy.scalar(lower), steps(lower, upper), body, init);
    }

    /**
     * {@code c = init; for (i = lower; i < upper; i++) c = body(i, c); return c}, with bounds that are computed.
     *
     * <p>While both bounds have values it is the loop with static bounds; where one of them is traced, it is a
     * {@link #whileLoop(Function1, Function1, Object)}, and has no reverse mode.
     *
     * @param lower an integer scalar
     * @param upper an integer scalar of the same dtype, which is that of i
     * @throws FluxionException FX0306 when a bound is not an integer scalar, FX0202 when their dtypes differ, FX0304 when the
     *     body gives another carry than it takes
     */
    public static <C> C foriLoop(NDArray lower, NDArray upper, Function2<NDArray, C, C> body, C init) {
        checkBounds(lower, upper);
        if (lower.value() instanceof Value.Concrete(var from) && upper.value() instanceof Value.Concrete(var to)) {
            return counted(lower, steps(from.longAt(0), to.longAt(0)), body, init);
        }
        Carry carry = Carry.of("foriLoop", init);
        return carry.tree(Loops.whileLoop(
                        "foriLoop",
                        carry.leaves().prepend(lower),
                        leaves -> Array.of(leaves.get(0).lt(upper)),
                        leaves -> step(carry, body, leaves))
                .tail());
    }

    private static <C> C counted(NDArray lower, int steps, Function2<NDArray, C, C> body, C init) {
        Carry carry = Carry.of("foriLoop", init);
        return carry.tree(Loops.scan(
                        "foriLoop",
                        carry.leaves().prepend(lower),
                        Array.empty(),
                        steps,
                        ScanOptions.DEFAULT,
                        leaves -> step(carry, body, leaves))
                .tail());
    }

    static <C> Array<NDArray> step(Carry carry, Function2<NDArray, C, C> body, Array<NDArray> leaves) {
        NDArray i = leaves.get(0);
        return carry.next(body.apply(i, carry.tree(leaves.tail()))).prepend(i.plus(1));
    }

    static int steps(long lower, long upper) {
        long steps = Math.max(0, upper - lower);
        if (steps > Integer.MAX_VALUE) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_PARAMETER, "foriLoop: " + steps + " steps, from " + lower + " to " + upper)
                    .hint("a loop has at most " + Integer.MAX_VALUE + " steps; nest two"));
        }
        return (int) steps;
    }

    private static void checkBounds(NDArray lower, NDArray upper) {
        for (NDArray bound : new NDArray[] {lower, upper}) {
            if (!bound.shape().isScalar() || !bound.dtype().isInteger()) {
                throw Tracing.located(
                        FluxionException.of(ErrorCode.BAD_PREDICATE, "foriLoop: a bound must be one integer")
                                .detail("given " + bound.type())
                                .hint("convert it with astype(DType.INT32)"));
            }
        }
        if (lower.dtype() != upper.dtype()) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.DTYPE_MISMATCH, "foriLoop: the dtypes of the bounds differ")
                            .detail("lower " + lower.type())
                            .detail("upper " + upper.type())
                            .hint("convert one of them with astype"));
        }
    }
}
