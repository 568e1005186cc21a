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

    /** Programs of f64 inputs and outputs, smooth where they are defined: for derivatives. */
    public static Arbitrary<Jaxpr> smooth() {
        return choices().map(list -> RandomProgram.make(list, RandomProgram.Kind.SMOOTH));
    }

    private static Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers().between(0, 1_000_000).list().ofMaxSize(24);
    }
}
