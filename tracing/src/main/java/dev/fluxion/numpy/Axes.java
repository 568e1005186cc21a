package dev.fluxion.numpy;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.lax.Lax;

/**
 * What a reduction runs over, where more than axis numbers is to be said: {@code mean(x, axes(-1).keepdims())},
 * {@code sum(x, allAxes().where(mask))}. Made by {@link Numpy#axes} and {@link Numpy#allAxes}; immutable.
 */
public final class Axes {
    private final Ints numbers;
    private final boolean kept;
    private final NDArray mask;

    private Axes(Ints numbers, boolean kept, NDArray mask) {
        this.numbers = numbers;
        this.kept = kept;
        this.mask = mask;
    }

    /** The given axes; negative ones count from the end. */
    static Axes of(int... numbers) {
        return new Axes(Ints.of(numbers), false, null);
    }

    /** All axes. */
    static Axes all() {
        return new Axes(null, false, null);
    }

    /** The given axes; none given means all. */
    static Axes orAll(int... numbers) {
        return numbers.length == 0 ? all() : of(numbers);
    }

    /** These axes, which stay in the result with size 1. */
    public Axes keepdims() {
        return new Axes(numbers, true, mask);
    }

    /** These axes, only over the elements where {@code mask} (it broadcasts) is true. */
    public Axes where(NDArray mask) {
        return new Axes(numbers, kept, mask);
    }

    /** The axes of an array of the given rank, counted from 0, ascending. */
    Ints in(String name, int rank) {
        return numbers == null
                ? Ints.range(rank)
                : Shapes.axes(name, rank, numbers.toArray()).sorted();
    }

    NDArray mask() {
        return mask;
    }

    /** These axes without their mask. */
    Axes unmasked() {
        return new Axes(numbers, kept, null);
    }

    /** x with everything outside the mask replaced by what does not change {@code op}. */
    NDArray masked(NDArray x, ReduceOp op) {
        return mask == null ? x : Numpy.where(mask, x, Operators.scalar(op.identity(x.dtype())));
    }

    /** The result of reducing the axes of an array, its axes put back with size 1 if they are to stay. */
    NDArray finish(NDArray reduced, Ints axes) {
        return kept ? Lax.expandDims(reduced, axes) : reduced;
    }
}
