package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import io.vavr.collection.Array;
import java.util.Random;

/** A program over a batch gives for every example what the program gives alone. */
final class BatchLaw {
    private BatchLaw() {}

    /** @param marks which inputs are batched */
    static void check(Jaxpr f, Array<Boolean> marks, int size, Random random, double rounding) {
        check(f, marks, size, DerivativeLaws.draw(random, over(f.inputTypes(), marks, size)), rounding);
    }

    static void check(Jaxpr f, Array<Boolean> marks, int size, Array<ArrayData> inputs, double rounding) {
        BatchedProgram batched = Batch.of(f, marks, size);
        Array<ArrayData> results = Programs.run(batched.jaxpr(), inputs);
        assertEquals(over(f.outputTypes(), batched.batched(), size), results.map(ArrayData::type));
        for (int i = 0; i < size; i++) {
            Array<ArrayData> expected = Programs.run(f, examples(inputs, f.inputTypes(), i));
            DerivativeLaws.same("example " + i, expected, examples(results, f.outputTypes(), i), rounding);
        }
    }

    private static Array<ArrayType> over(Array<ArrayType> types, Array<Boolean> marks, int size) {
        return types.zipWith(marks, (type, batched) -> batched ? Batch.over(type, size) : type);
    }

    /** Example {@code i} of what has a batch axis; the rest is shared. */
    private static Array<ArrayData> examples(Array<ArrayData> batch, Array<ArrayType> types, int i) {
        return batch.zipWith(types, (data, type) -> data.type().equals(type) ? data : slice(data, i));
    }

    private static ArrayData slice(ArrayData batch, int i) {
        Jaxpr program = Programs.trace(batch.type(), x -> Lax.squeeze(Lax.sliceInDim(x, i, i + 1, 1, 0), Ints.of(0)));
        return Programs.run(program, Array.of(batch)).get(0);
    }
}
