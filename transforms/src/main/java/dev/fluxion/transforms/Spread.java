package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;

/** Dense lists from sparse ones. */
final class Spread {
    private Spread() {}

    /** The given arrays at the marked places, zeros of the right type elsewhere. */
    static Array<NDArray> over(Array<Boolean> marks, Array<NDArray> values, Array<ArrayType> types) {
        List<NDArray> result = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < types.size(); i++) {
            result.add(marks.get(i) ? values.get(next++) : Leaves.zeros(types.get(i)));
        }
        return Array.ofAll(result);
    }
}
