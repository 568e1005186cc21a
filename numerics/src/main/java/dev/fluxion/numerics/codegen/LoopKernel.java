package dev.fluxion.numerics.codegen;

import io.vavr.control.Option;

/** Compiled code for a {@link LoopSpec}. Safe for use by several threads at once. */
public final class LoopKernel {
    /** Larger bodies do not gain by it, and methods of some thousand bytecodes are compiled badly or not at all. */
    private static final int LIMIT = 400;

    private final KernelCode code;
    private final int operations;

    private LoopKernel(KernelCode code, int operations) {
        this.code = code;
        this.operations = operations;
    }

    /** The kernel for a specification, or none when it is too large for one method. */
    public static Option<LoopKernel> of(LoopSpec spec) {
        LoopSpec lowered = spec.lowered();
        int size = lowered.body().equations().size()
                + lowered.body().inputs().size()
                + lowered.body().outputs().size()
                + lowered.cond().map(cond -> cond.equations().size()).getOrElse(0);
        return size > LIMIT
                ? Option.none()
                : Option.of(new LoopKernel(KernelClass.define(LoopEmitter.emit(lowered)), size));
    }

    /** About how many operations each step has; one takes about a nanosecond. */
    public int operations() {
        return operations;
    }

    /**
     * Runs the loop.
     *
     * @param arrays those of the specification; an array of the last carry may be that of the initial one
     * @param offsets the first element of each array
     * @param length the number of steps, where there is no cond
     * @param strides how far the elements of one step are from those of the next; read for xs and ys only
     */
    public void run(Object[] arrays, int[] offsets, int length, int[] strides) {
        code.loop(arrays, offsets, 0, 1, 0, length, strides, 0, null);
    }
}
