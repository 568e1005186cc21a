package dev.fluxion.ir.passes;

import dev.fluxion.ir.Jaxpr;

/**
 * Leaves out equations and constants that no output needs; in sub-programs also the outputs that nobody reads, the inputs
 * they do not need, and what a loop carries for itself alone. The program's own inputs and outputs stay.
 */
public final class DeadCode implements Pass {
    @Override
    public String name() {
        return "dead_code";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        return new Pruning().all(jaxpr);
    }
}
