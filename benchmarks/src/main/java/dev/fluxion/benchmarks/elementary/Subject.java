package dev.fluxion.benchmarks.elementary;

import dev.fluxion.numpy.NDArray;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A function whose error and speed are measured, and where to look.
 *
 * @param name as the reference program knows it
 * @param function of one operand or two
 * @param regions where errors may be largest; points are spread over each of them evenly. Both operands of a function of two
 *     draw from the same regions
 * @param step multiples of it are neighboured by points at all distances; 0 for none: where arguments are reduced, poles, zeros
 */
record Subject(String name, Function function, List<Region> regions, double step) {
    /** The engine's function of arrays. */
    sealed interface Function {}

    record One(UnaryOperator<NDArray> apply) implements Function {}

    record Two(BinaryOperator<NDArray> apply) implements Function {}

    record Region(double low, double high) {}

    int arity() {
        return function instanceof One ? 1 : 2;
    }

    NDArray apply(NDArray x, NDArray y) {
        return switch (function) {
            case One one -> one.apply().apply(x);
            case Two two -> two.apply().apply(x, y);
        };
    }
}
