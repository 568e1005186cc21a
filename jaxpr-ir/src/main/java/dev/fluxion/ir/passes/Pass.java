package dev.fluxion.ir.passes;

import dev.fluxion.ir.Jaxpr;

/** A rewriting of programs that keeps their types and their meaning. */
public interface Pass {
    /** The name in reports: {@code dead_code}. */
    String name();

    /** The rewritten program; the same object when there was nothing to do, where that is cheap to see. */
    Jaxpr apply(Jaxpr jaxpr);
}
