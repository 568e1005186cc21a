package dev.fluxion.random;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.Optional;

/**
 * The positions that sort unsigned words (INT32) along the last axis, stable: {@code x[out[0]] <= x[out[1]] <= ...}.
 * A host function computes them, since the IR has no sort.
 *
 * @param size the size of the last axis
 */
record SortOrder(int size) implements Custom {
    static NDArray of(NDArray words) {
        return Tracing.bind(new SortOrder(words.shape().dim(words.ndim() - 1)), words);
    }

    @Override
    public String name() {
        return "sort_order";
    }

    @Override
    public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
        return inputs;
    }

    @Override
    public Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int count) {
        ArrayType words = inputs.get(0);
        Array<ArrayType> stacked = Array.of(words.withShape(words.shape().insert(0, count)));
        return Optional.of(Trace.of("batching sort_order", stacked, x -> x.map(SortOrder::of))
                .jaxpr());
    }

    @Override
    public Optional<HostFunction> host() {
        return Optional.of(inputs -> Array.of(order((int[]) inputs.get(0))));
    }

    /** Sorts longs made of the word and, below it, its position: ties stay in order. */
    private Object order(int[] words) {
        int[] order = new int[words.length];
        long[] row = new long[size];
        for (int start = 0; start < words.length; start += size) {
            for (int i = 0; i < size; i++) {
                row[i] = (long) (words[start + i] ^ Integer.MIN_VALUE) << 32 | i;
            }
            Arrays.sort(row);
            for (int i = 0; i < size; i++) {
                order[start + i] = (int) row[i];
            }
        }
        return order;
    }
}
