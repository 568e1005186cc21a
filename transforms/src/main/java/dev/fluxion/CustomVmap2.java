package dev.fluxion;

import dev.fluxion.transforms.CustomBatching;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function2;
import io.vavr.Function4;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.List;

/** A function of two arguments waiting for its batching rule; see {@code Fluxion.customVmap}. */
public final class CustomVmap2<A, B, R> {
    private final Function2<A, B, R> f;

    CustomVmap2(Function2<A, B, R> f) {
        this.f = f;
    }

    /**
     * The function with the rule {@code (size, batched, a, b) -> f over the batch}. {@code batched} says for each array of a,
     * then of b, whether it has the batch axis, of that size, in front; at least one has.
     */
    public Function2<A, B, R> defVmap(Function4<Integer, List<Boolean>, A, B, Batched<R>> rule) {
        CustomBatching function = new CustomBatching(TreeFunction.of(f), (size, batched, args) -> {
            Batched<R> out = rule.apply(size, batched, Fluxion.cast(args.get(0)), Fluxion.cast(args.get(1)));
            return new Tuple2<>(out.result(), out.batched());
        });
        return (a, b) -> Fluxion.cast(function.apply(Array.of(a, b)));
    }
}
