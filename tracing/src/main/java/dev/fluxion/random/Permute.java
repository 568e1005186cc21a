package dev.fluxion.random;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.Optional;

/**
 * {@code out[b, i, ...] = x[b, order[b, i], ...]} where each {@code order[b]} (INT32) is a permutation; linear in x. A host
 * function moves the elements, since the IR has no gather.
 *
 * @param size the size of the permuted axis, the last one of order
 */
record Permute(int size) implements Custom {
    static NDArray of(NDArray x, NDArray order) {
        return Tracing.bind(new Permute(order.shape().dim(order.ndim() - 1)), x, order);
    }

    @Override
    public String name() {
        return "permute";
    }

    @Override
    public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
        return Array.of(inputs.get(0));
    }

    @Override
    public Optional<Jaxpr> jvp(Array<ArrayType> inputs) {
        return Optional.of(program(
                "differentiating",
                inputs.append(inputs.get(0)),
                in -> Array.of(of(in.get(0), in.get(1)), of(in.get(2), in.get(1)))));
    }

    /** The cotangent goes back by the inverse permutation, which is what sorts the order. */
    @Override
    public Optional<Jaxpr> transpose(Array<ArrayType> inputs, Array<Boolean> linear) {
        return Optional.of(program(
                "transposing",
                Array.of(inputs.get(1), inputs.get(0)),
                in -> Array.of(of(in.get(1), SortOrder.of(in.get(0))))));
    }

    @Override
    public Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int count) {
        Array<ArrayType> types = inputs.zipWith(
                batched, (type, b) -> b ? type.withShape(type.shape().insert(0, count)) : type);
        return Optional.of(program("batching", types, in -> {
            Array<NDArray> stacked = in.zipWith(batched, (x, b) -> b ? x : repeat(x, count));
            return Array.of(of(stacked.get(0), stacked.get(1)));
        }));
    }

    @Override
    public Optional<HostFunction> host() {
        return Optional.of(inputs -> Array.of(moved(inputs.get(0), (int[]) inputs.get(1))));
    }

    /** Each position of the order moves a row of {@code length(x) / length(order)} elements. */
    private Object moved(Object x, int[] order) {
        int length = java.lang.reflect.Array.getLength(x);
        Object out = java.lang.reflect.Array.newInstance(x.getClass().getComponentType(), length);
        int row = order.length == 0 ? 0 : length / order.length;
        for (int i = 0; i < order.length; i++) {
            int group = i - i % size;
            System.arraycopy(x, (group + order[i]) * row, out, i * row, row);
        }
        return out;
    }

    private static NDArray repeat(NDArray x, int count) {
        return Lax.broadcastInDim(x, x.shape().insert(0, count), Ints.range(1, x.ndim() + 1));
    }

    private static Jaxpr program(String what, Array<ArrayType> types, Function1<Array<NDArray>, Array<NDArray>> f) {
        return Trace.of(what + " permute", types, f).jaxpr();
    }
}
