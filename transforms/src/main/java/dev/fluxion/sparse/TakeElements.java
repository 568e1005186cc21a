package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;

/**
 * {@code out[.., k] = x[.., indices[k]]} along the last axis, of {@code size} elements. Operands {@code (x, indices)}, an
 * INT32 vector of indices that are in range.
 */
record TakeElements(int size) implements Custom {
    static NDArray of(NDArray x, NDArray indices) {
        return Tracing.bind(new TakeElements(x.shape().dims().last()), x, indices);
    }

    @Override
    public String name() {
        return "take_elements";
    }

    @Override
    public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
        return Array.of(ElementMaps.resized(inputs.get(0), inputs.get(1).size()));
    }

    @Override
    public Optional<HostFunction> host() {
        return Optional.of(in -> Array.of(ElementMaps.take(in.get(0), (int[]) in.get(1), size)));
    }

    @Override
    public Optional<Jaxpr> transpose(Array<ArrayType> inputs, Array<Boolean> linear) {
        ArrayType cotangent = outputTypes(inputs).get(0);
        return ElementMaps.transposed(new AddElements(size), inputs.get(1), cotangent, linear);
    }

    @Override
    public Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int batch) {
        return ElementMaps.batched(this, inputs, batched, batch);
    }
}
