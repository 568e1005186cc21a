package dev.fluxion;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.SourceInfo;

/**
 * An array that the backward pass keeps.
 *
 * @param type its type, with the axes of loops it is stacked over in front
 * @param steps how many steps of loops it is stacked over; 1 when it is not
 * @param what what it is: {@code argument 0.weights}, {@code named "state"}, {@code output of sin}, {@code carry of scan}
 * @param source the user's line that made it
 */
public record SavedResidual(ArrayType type, int steps, String what, SourceInfo source) {
    /** The size of its data. */
    public long bytes() {
        return (long) type.size() * type.dtype().byteSize();
    }

    /** Whether it is there anyway: an argument of the function, or an array that it closes over. */
    public boolean isGiven() {
        return what.startsWith("argument") || what.startsWith("closed over");
    }
}
