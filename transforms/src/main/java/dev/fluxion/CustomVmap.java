package dev.fluxion;

import dev.fluxion.transforms.CustomBatching;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function3;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.List;

/** A function waiting for its batching rule; see {@code Fluxion.customVmap}. */
public final class CustomVmap<A, R> {
    private final Function1<A, R> f;

    CustomVmap(Function1<A, R> f) {
        this.f = f;
    }

    /**
     * The function with the rule {@code (size, batched, x) -> f over the batch}. {@code batched} says for each array of x
     * whether it has the batch axis, of that size, in front; at least one has.
     */
    public Function1<A, R> defVmap(Function3<Integer, List<Boolean>, A, Batched<R>> rule) {
        CustomBatching function = new CustomBatching(TreeFunction.of(f), (size, batched, args) -> {
            Batched<R> out = rule.apply(size, batched, Fluxion.cast(args.get(0)));
            return new Tuple2<>(out.result(), out.batched());
        });
        return a -> Fluxion.cast(function.apply(Array.of(a)));
    }
}
