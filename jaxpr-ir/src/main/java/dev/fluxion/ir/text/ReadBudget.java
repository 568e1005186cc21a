package dev.fluxion.ir.text;

import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Parameters;
import dev.fluxion.ir.Primitive;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** What has been read so far, compared with the limits. */
public final class ReadBudget {
    private final ReadLimits limits;
    private final Map<Jaxpr, Integer> depths = new IdentityHashMap<>();
    private int equations;

    public ReadBudget(ReadLimits limits) {
        this.limits = limits;
    }

    /**
     * Counts equations before they are read.
     *
     * @throws dev.fluxion.ir.FluxionException FX0703 when there are too many
     */
    public void equations(int more) {
        if (more > limits.maxEquations() - equations) {
            throw ReadLimits.exceeded("there are more than " + limits.maxEquations() + " equations");
        }
        equations += more;
    }

    /**
     * Notes a program whose sub-programs were noted before.
     *
     * @throws dev.fluxion.ir.FluxionException FX0703 when it is nested too deep
     */
    public void program(Jaxpr jaxpr) {
        int depth = 0;
        Set<Primitive> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Equation equation : jaxpr.equations()) {
            if (seen.add(equation.primitive())) {
                for (Jaxpr inner : Parameters.subPrograms(equation.primitive())) {
                    depth = Math.max(depth, depths.get(inner));
                }
            }
        }
        depths.put(jaxpr, depth + 1);
        nesting(depth + 1);
    }

    /** Refuses a depth at which something is about to be read. */
    void nesting(int depth) {
        if (depth > limits.maxNesting()) {
            throw ReadLimits.exceeded("programs are nested more than " + limits.maxNesting() + " deep");
        }
    }
}
