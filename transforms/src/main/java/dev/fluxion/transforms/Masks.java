package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Lists of which only the marked places hold something; null stands at the others. */
final class Masks {
    private Masks() {}

    /** The values at the marked places. */
    static <T> Array<T> select(Array<Boolean> mask, Array<T> values) {
        List<T> result = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (mask.get(i)) {
                result.add(values.get(i));
            }
        }
        return Array.ofAll(result);
    }

    /** The values, in order, at the marked places, null at the others: undoes {@link #select}. */
    static <T> Array<T> spread(Array<Boolean> mask, Array<T> values) {
        List<T> result = new ArrayList<>();
        int next = 0;
        for (boolean marked : mask) {
            result.add(marked ? values.get(next++) : null);
        }
        return Array.ofAll(result);
    }

    /** The values, in order, at the marked places, zeros of the right type at the others. */
    static Array<NDArray> spread(Array<Boolean> mask, Array<NDArray> values, Array<ArrayType> types) {
        return Transpose.withZeros(spread(mask, values), types);
    }

    /** Marks the places that hold something. */
    static <T> Array<Boolean> present(Array<T> values) {
        return values.map(Objects::nonNull);
    }

    /** Whether no place holds anything. */
    static <T> boolean isEmpty(Array<T> values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                return false;
            }
        }
        return true;
    }

    /** Marks what either marks. */
    static Array<Boolean> or(Array<Boolean> a, Array<Boolean> b) {
        return a.zipWith(b, (x, y) -> x || y);
    }

    static Array<Boolean> not(Array<Boolean> mask) {
        return mask.map(marked -> !marked);
    }
}
