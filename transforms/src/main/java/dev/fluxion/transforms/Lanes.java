package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * Arrays of which some have a leading batch axis of the given size: the operands or the results of one operation under
 * vmap.
 */
record Lanes(Array<NDArray> arrays, Array<Boolean> marks, int size) {
    /** Results that all have the batch axis. */
    static Lanes batched(Array<NDArray> arrays, int size) {
        return new Lanes(arrays, Array.fill(arrays.size(), true), size);
    }

    static Lanes batched(NDArray array, int size) {
        return batched(Array.of(array), size);
    }

    NDArray get(int i) {
        return arrays.get(i);
    }

    boolean isBatched(int i) {
        return marks.get(i);
    }

    boolean anyBatched() {
        return marks.contains(true);
    }

    /** Operand i with the batch axis, repeated along it where it has none. */
    NDArray front(int i) {
        NDArray x = arrays.get(i);
        return marks.get(i) ? x : Lax.broadcastInDim(x, x.shape().insert(0, size), Ints.range(1, x.ndim() + 1));
    }

    /** All operands with the batch axis. */
    Array<NDArray> fronts() {
        return Array.range(0, arrays.size()).map(this::front);
    }

    /** The type of operand i of one example. */
    ArrayType exampleType(int i) {
        ArrayType type = arrays.get(i).type();
        return marks.get(i) ? type.withShape(type.shape().without(Ints.of(0))) : type;
    }

    /** With the batch axis in the arrays at the marked places too. */
    Lanes batchedAt(Array<Boolean> wanted) {
        Array<Boolean> all = Masks.or(marks, wanted);
        return new Lanes(all.zipWithIndex((mark, i) -> mark ? front(i) : arrays.get(i)), all, size);
    }
}
