package dev.fluxion.transforms;

import dev.fluxion.ir.SourceInfo;
import io.vavr.collection.Array;

/**
 * Why a function was traced.
 *
 * @param function its name
 * @param purpose the transform that asked: {@code grad}
 * @param caller the line of the call
 * @param reasons what was new, a line each
 */
public record Retrace(String function, String purpose, SourceInfo caller, Array<String> reasons) {
    /**
     * <pre>
     * traced loss for jit at Train.java:42
     *   argument 0.w is f64[4], was f64[3]
     * </pre>
     */
    @Override
    public String toString() {
        return "traced " + function + " for " + purpose + " at " + caller
                + reasons.map(line -> "\n  " + line).mkString();
    }
}
