package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Optional;

/**
 * {@code out[.., i] = sum of x[.., k] over the k with indices[k] = i}, for {@code i < size}: the transpose of
 * {@link TakeElements}. Operands {@code (x, indices)}; sums are taken in the order of k.
 */
record AddElements(int size) implements Custom {
    static NDArray of(NDArray x, NDArray indices, int size) {
        return Tracing.bind(new AddElements(size), x, indices);
    }

    @Override
    public String name() {
        return "add_elements";
    }

    @Override
    public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
        return Array.of(ElementMaps.resized(inputs.get(0), size));
    }

    @Override
    public Optional<HostFunction> host() {
        return Optional.of(in -> Array.of(ElementMaps.add(in.get(0), (int[]) in.get(1), size)));
    }

    @Override
    public Optional<Jaxpr> transpose(Array<ArrayType> inputs, Array<Boolean> linear) {
        ArrayType cotangent = outputTypes(inputs).get(0);
        return ElementMaps.transposed(new TakeElements(size), inputs.get(1), cotangent, linear);
    }

    @Override
    public Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int batch) {
        return ElementMaps.batched(this, inputs, batched, batch);
    }
}
