package dev.fluxion.transforms;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.io.Serializable;

/**
 * Which arguments of a custom function its rules do not differentiate. Inside, the differentiated ones come first, then
 * the others, which may be any Java values.
 *
 * @param count how many arguments there are
 * @param nondiff the positions of those that are not differentiated
 */
record Argnums(int count, Array<Integer> nondiff) implements Serializable {
    /** An argument that is not differentiated: a tree, or a static value such as a number, an enum or a function. */
    record Nondiff(Object value) {}

    /** @throws FluxionException FX0104 when a position is no argument's or given twice, or none is left */
    static Argnums of(int count, Array<Integer> nondiff) {
        if (nondiff.exists(i -> i < 0 || i >= count)) {
            throw refuse("nondiffArgnums: " + nondiff.mkString(", ") + " of a function of " + count + " arguments")
                    .hint("arguments are counted from 0");
        }
        if (nondiff.distinct().size() != nondiff.size() || nondiff.size() == count) {
            throw refuse("nondiffArgnums: " + nondiff.mkString(", ") + " leaves nothing to differentiate or repeats")
                    .hint("name each argument once, and not all of them");
        }
        return new Argnums(count, nondiff.sorted());
    }

    private static FluxionException refuse(String what) {
        return Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, what));
    }

    int differentiated() {
        return count - nondiff.size();
    }

    /** The differentiated arguments, then the others. */
    Array<?> arrange(Array<?> arguments) {
        return diff(arguments).appendAll(nondiff.map(i -> new Nondiff(arguments.get(i))));
    }

    /** Undoes {@link #arrange}. */
    Array<?> restore(Array<?> arranged) {
        return places((i, next) -> i < 0 ? arranged.get(next) : ((Nondiff) arranged.get(differentiated() + i)).value());
    }

    /** Of what {@link #arrange} gave, the arguments that are not differentiated at their places; null at the others. */
    Array<?> nondiffOnly(Array<?> arranged) {
        return places((i, next) -> i < 0 ? null : ((Nondiff) arranged.get(differentiated() + i)).value());
    }

    /** Values of the differentiated arguments at their places; null at the others. */
    Array<?> spread(Array<?> diff) {
        return places((i, next) -> i < 0 ? diff.get(next) : null);
    }

    /** The values at the places of the differentiated arguments. */
    Array<Object> diff(Array<?> arguments) {
        return Array.range(0, count).reject(nondiff::contains).map(arguments::get);
    }

    /** What stands at a place: the number of the argument among the others or -1, and among the differentiated ones. */
    private interface Place {
        Object of(int nondiff, int diff);
    }

    private Array<?> places(Place place) {
        Object[] all = new Object[count];
        int next = 0;
        for (int i = 0; i < count; i++) {
            int other = nondiff.indexOf(i);
            all[i] = place.of(other, next);
            next += other < 0 ? 1 : 0;
        }
        return Array.of(all);
    }
}
