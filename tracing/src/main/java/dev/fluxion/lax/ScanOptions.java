package dev.fluxion.lax;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;
import java.util.OptionalInt;

/**
 * How a scan goes: {@code ScanOptions.DEFAULT.withReverse(true).withUnroll(4)}.
 *
 * @param length the number of steps; needed when there are no xs, and otherwise their size along axis 0
 * @param reverse from the last x to the first; ys stay in the order of xs
 * @param unroll how many steps an engine may write out in one round of the loop, with the same result; the engine there is runs
 *     step by step, which measured faster
 */
public record ScanOptions(OptionalInt length, boolean reverse, int unroll) {
    /** As many steps as there are xs, from the first to the last, one at a time. */
    public static final ScanOptions DEFAULT = new ScanOptions(OptionalInt.empty(), false, 1);

    public ScanOptions {
        if (length.isPresent() && length.getAsInt() < 0) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_PARAMETER, "scan: the length is " + length.getAsInt())
                            .hint("it is zero or more"));
        }
        if (unroll < 1) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "scan: unroll is " + unroll)
                    .hint("it is at least 1"));
        }
    }

    /** As this, with the given number of steps. */
    public ScanOptions withLength(int steps) {
        return new ScanOptions(OptionalInt.of(steps), reverse, unroll);
    }

    /** As this, from the last to the first or from the first to the last. */
    public ScanOptions withReverse(boolean backwards) {
        return new ScanOptions(length, backwards, unroll);
    }

    /** As this, with the given number of steps in one round. */
    public ScanOptions withUnroll(int steps) {
        return new ScanOptions(length, reverse, steps);
    }
}
