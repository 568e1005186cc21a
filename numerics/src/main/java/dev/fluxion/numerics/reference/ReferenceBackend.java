package dev.fluxion.numerics.reference;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numerics.HostArray;

/**
 * The engine that does everything in the most obvious way: one equation after the other, one element after the other, by
 * the reference meaning of each operation. Slow and trustworthy: what the fast engine is tested against. Chosen with
 * {@code -Dfluxion.backend=reference}.
 */
public final class ReferenceBackend implements Backend {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public ArrayData array(ArrayType type, Object values) {
        return HostArray.copyOf(type, values);
    }

    @Override
    public Executable compile(Jaxpr jaxpr) {
        return new ReferenceExecutable(jaxpr);
    }
}
