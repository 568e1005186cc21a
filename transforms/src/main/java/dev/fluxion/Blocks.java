package dev.fluxion;

import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * A derivative of a function of trees: {@code block(o, i)} is d(leaf o of the result)/d(leaf i of the argument), of shape
 * (shape of o) + (shape of i). Leaves are counted in the order of the trees.
 */
public record Blocks(Array<Array<NDArray>> rows) {
    public NDArray block(int result, int argument) {
        return rows.get(result).get(argument);
    }
}
