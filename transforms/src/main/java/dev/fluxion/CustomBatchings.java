package dev.fluxion;

import dev.fluxion.transforms.ClosureConversion;
import dev.fluxion.transforms.CustomBatching;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.collection.Array;

/** Batching by hand, and functions apart from what they close over. */
abstract class CustomBatchings extends TaylorSeries {
    /**
     * f with a batching rule of its own, which {@code vmap} takes: {@code customVmap(f).defVmap((size, batched, x) ->
     * Batched.all(...))}. The derivative of f over a batch is the derivative of the rule. Reverse mode transposes the
     * derivative of f itself; of {@code grad(vmap(f))} that of the rule.
     */
    public static <A, R> CustomVmap<A, R> customVmap(Function1<A, R> f) {
        return new CustomVmap<>(f);
    }

    /** As {@link #customVmap(Function1)}. */
    public static <A, B, R> CustomVmap2<A, B, R> customVmap(Function2<A, B, R> f) {
        return new CustomVmap2<>(f);
    }

    /** f that under {@code vmap} computes one example after the other, in a loop: less memory, and no masked loops inside. */
    public static <A, R> Function1<A, R> sequentialVmap(Function1<A, R> f) {
        CustomBatching function = CustomBatching.sequential(TreeFunction.of(f));
        return a -> cast(function.apply(Array.of(a)));
    }

    /** As {@link #sequentialVmap(Function1)}. */
    public static <A, B, R> Function2<A, B, R> sequentialVmap(Function2<A, B, R> f) {
        CustomBatching function = CustomBatching.sequential(TreeFunction.of(f));
        return (a, b) -> cast(function.apply(Array.of(a, b)));
    }

    /**
     * f at the types of an example, apart from the floating arrays of enclosing traces that it closes over: for functions
     * given to a function with rules of its own, whose derivative has to reach those arrays as arguments. Concrete arrays and
     * traced integers stay inside.
     *
     * @throws dev.fluxion.ir.FluxionException when the result is applied to arguments of other types (FX0201, FX0501)
     */
    public static <A, R> ClosureConverted<A, R> closureConvert(Function1<A, R> f, A example) {
        ClosureConversion conversion = ClosureConversion.of(TreeFunction.of(f), Array.of(example));
        return new ClosureConverted<>(
                (a, constants) -> cast(conversion.apply(Array.of(a), constants)), conversion.constants());
    }
}
