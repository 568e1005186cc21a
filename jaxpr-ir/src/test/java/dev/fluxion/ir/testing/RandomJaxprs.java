package dev.fluxion.ir.testing;

import dev.fluxion.ir.Jaxpr;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Random well-typed programs for jqwik. A program is made from a list of numbers: each chooses an operation and operands
 * that fit among the values so far. Removing numbers gives shorter programs and smaller numbers simpler ones, so that
 * counterexamples shrink to what matters.
 */
public final class RandomJaxprs {
    private RandomJaxprs() {}

    /** Programs over all primitives and dtypes. */
    public static Arbitrary<Jaxpr> any() {
        return choices().map(list -> RandomProgram.make(list, RandomProgram.Kind.ANY));
    }

    /** Programs of f64 outputs that have all derivatives in their f64 inputs, of moderate size for inputs in [-1, 1]. */
    public static Arbitrary<Jaxpr> smooth() {
        return choices().map(list -> RandomProgram.make(list, RandomProgram.Kind.SMOOTH));
    }

    /** As {@link #smooth}, with functions that have a reverse rule only: no forward mode, no derivatives of derivatives. */
    public static Arbitrary<Jaxpr> smoothInReverse() {
        return choices().map(list -> RandomProgram.make(list, RandomProgram.Kind.REVERSE));
    }

    private static Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers().between(0, 1_000_000).list().ofMaxSize(24);
    }
}
