package dev.fluxion;

import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import java.util.List;

/**
 * What a batching rule gives, see {@code Fluxion.customVmap}.
 *
 * @param result the result over the batch
 * @param batched for each array in it whether it has the batch axis, in front; the others are the same for all examples
 */
public record Batched<R>(R result, List<Boolean> batched) {
    public Batched {
        batched = List.copyOf(batched);
    }

    /** A result all of whose arrays have the batch axis in front. */
    public static <R> Batched<R> all(R result) {
        return new Batched<>(
                result, Array.fill(Tree.leaves(result).size(), true).toJavaList());
    }
}
