package dev.fluxion;

import dev.fluxion.numpy.NDArray;
import io.vavr.Function2;
import java.util.List;

/**
 * A function without what it closed over, see {@code Fluxion.closureConvert}.
 *
 * @param function (argument, constants) to result
 * @param constants the floating arrays of enclosing traces that the function closed over
 */
public record ClosureConverted<A, R>(Function2<A, List<NDArray>, R> function, List<NDArray> constants) {}
