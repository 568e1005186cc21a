package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.StructuralHash;
import java.util.HashMap;
import java.util.Map;

/** The plans of sub-programs. Equal sub-programs share one, and with it the buffers of their intermediate values. */
final class SubPlans {
    private record Key(StructuralHash body, int consts, int carry, boolean slices) {}

    private final Map<Key, Plan> plans = new HashMap<>();

    /** Runs once on arrays that go on living; the caller gives an array for each result. */
    Plan once(Jaxpr body) {
        return plan(new Key(body.structuralHash(), body.inputs().size(), 0, false), body);
    }

    /** A step that takes over the arrays of the carry. */
    Plan step(Control.While loop) {
        Jaxpr body = loop.body();
        int carry = body.outputs().size();
        return plan(new Key(body.structuralHash(), loop.bodyConsts(), carry, false), body);
    }

    /**
     * A step that takes over the arrays of the carry, reads slices of the xs and writes slices of the ys, whose arrays the
     * caller gives; one more input holds the number of the slice.
     */
    Plan step(Control.Scan scan) {
        return plan(new Key(scan.body().structuralHash(), scan.consts(), scan.carry(), true), scan.body());
    }

    private Plan plan(Key key, Jaxpr body) {
        Plan known = plans.get(key);
        if (known == null) {
            known = Planner.plan(body, key.consts(), key.carry(), key.slices(), this);
            plans.put(key, known);
        }
        return known;
    }
}
