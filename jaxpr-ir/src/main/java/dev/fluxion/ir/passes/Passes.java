package dev.fluxion.ir.passes;

import dev.fluxion.ir.Jaxpr;
import io.vavr.collection.Array;

/** The passes in use, in order. Each takes time proportional to the size of the program. */
public final class Passes {
    private static final Array<Pass> STANDARD = Array.of(
            new InlineCalls(),
            new DeadCode(),
            new LiteralPowers(),
            new Simplify(),
            new LoopInvariants(),
            new PadSums(),
            new PadShifts(),
            new Transposes(),
            new LoopSums(),
            new LoopResiduals(),
            new DeadCode());

    private Passes() {}

    /** Inlining, dead code, and the simplification that keeps nested derivatives small. */
    public static Array<Pass> standard() {
        return STANDARD;
    }

    /** {@code jaxpr} without dead code and simplified, its calls kept: the form to read. */
    public static Jaxpr tidy(Jaxpr jaxpr) {
        return new Simplify().apply(new DeadCode().apply(jaxpr));
    }

    /** {@code jaxpr} through all {@link #standard} passes. */
    public static Jaxpr simplify(Jaxpr jaxpr) {
        return STANDARD.foldLeft(jaxpr, (program, pass) -> pass.apply(program));
    }
}
