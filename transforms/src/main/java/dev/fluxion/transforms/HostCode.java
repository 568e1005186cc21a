package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tracing.Value;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A user's function on concrete arrays, as programs carry it. Two are equal when they are the same object. */
final class HostCode {
    private static final AtomicLong COUNT = new AtomicLong();

    private final String label;
    private final Function1<Array<NDArray>, Array<NDArray>> function;
    private final SourceInfo source = Tracing.caller();
    private final long number = COUNT.incrementAndGet();

    HostCode(String label, Function1<Array<NDArray>, Array<NDArray>> function) {
        this.label = label;
        this.function = function;
    }

    String label() {
        return label;
    }

    /** The code's name and number: no other code has the same, so that plans of programs with it are told apart. */
    @Override
    public String toString() {
        return label + "#" + number;
    }

    /**
     * One call.
     *
     * @param types of the results
     * @throws FluxionException FX0602 when the function gives others
     */
    Array<NDArray> apply(Array<NDArray> inputs, Array<ArrayType> types) {
        Array<NDArray> results = function.apply(inputs);
        Array<ArrayType> given = results.map(NDArray::type);
        if (!given.equals(types)) {
            throw FluxionException.of(
                            ErrorCode.BAD_DATA, "pureCallback: " + label + " gives something else than promised")
                    .detail("expected " + types.mkString(", "))
                    .detail("given    " + given.mkString(", "))
                    .hint("resultTypes has the shapes and dtypes of the result; over a batch that is handed over as a"
                            + " whole, the results have its axis in front")
                    .at(source, "");
        }
        return results;
    }

    /** A loop over a batch: which inputs have the batch axis in front. */
    record Level(int size, Array<Boolean> marks) {}

    /**
     * Java arrays to Java arrays.
     *
     * @param types of the inputs of one call of the function
     * @param results of one call
     * @param levels loops around that call, the innermost first
     */
    Array<Object> run(Array<ArrayType> types, Array<ArrayType> results, Array<Level> levels, Array<Object> data) {
        if (levels.isEmpty()) {
            return apply(
                            types.zipWith(
                                    data, (type, x) -> NDArray.of(Backend.get().array(type, x))),
                            results)
                    .map(HostCode::elements);
        }
        Level level = levels.last();
        List<Array<Object>> examples = new ArrayList<>();
        for (int i = 0; i < level.size(); i++) {
            int at = i;
            Array<Object> example = data.zipWith(level.marks(), (x, marked) -> marked ? slice(x, at, level.size()) : x);
            examples.add(run(types, results, levels.init(), example));
        }
        return transposed(results, examples);
    }

    private static Object elements(NDArray result) {
        return ((Value.Concrete) result.value()).data().toHostArray();
    }

    private static Object slice(Object data, int i, int parts) {
        int size = java.lang.reflect.Array.getLength(data) / parts;
        Object part = java.lang.reflect.Array.newInstance(data.getClass().getComponentType(), size);
        System.arraycopy(data, i * size, part, 0, size);
        return part;
    }

    /** One array of all examples for each result. */
    private static Array<Object> transposed(Array<ArrayType> types, List<Array<Object>> examples) {
        return Array.range(0, types.size())
                .map(k -> examples.isEmpty()
                        ? elements(Scalars.zeros(types.get(k).withShape(Shape.of(0))))
                        : joined(
                                examples.stream().map(example -> example.get(k)).toList()));
    }

    private static Object joined(List<Object> parts) {
        int size = java.lang.reflect.Array.getLength(parts.get(0));
        Object whole =
                java.lang.reflect.Array.newInstance(parts.get(0).getClass().getComponentType(), size * parts.size());
        for (int i = 0; i < parts.size(); i++) {
            System.arraycopy(parts.get(i), 0, whole, i * size, size);
        }
        return whole;
    }
}
