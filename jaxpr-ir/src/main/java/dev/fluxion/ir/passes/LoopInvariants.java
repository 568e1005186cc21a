package dev.fluxion.ir.passes;

import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;

/**
 * What a loop computes in every step from its constants alone is computed once, in front of it: {@code c = c*sin(w)} over
 * 100 steps takes one sine. Parts of the carry that a step hands on as they are, slices that are all the same, and numbers
 * among the constants become part of the body; results that are the same in every step are repeated behind the loop; and a
 * scan of no steps is what it begins with.
 *
 * <p>Exact: the same operations on the same elements, fewer times. What it pays to move is said by {@link Invariants}. What
 * has an effect stays where it is, and so does what might not come to an end or fail in a loop that may run no step.
 *
 * <p>Inner loops come first, so that values move as far out as they can.
 */
public final class LoopInvariants implements Pass {
    @Override
    public String name() {
        return "loop_invariants";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        boolean any = Rewriting.exists(jaxpr, p -> p instanceof Control.Scan || p instanceof Control.While);
        return any ? new Moving().rewrite(jaxpr) : jaxpr;
    }

    private static final class Moving extends Rewriting {
        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            return (equation, primitive, operands) -> switch (primitive) {
                case Control.Scan scan -> new ScanInvariants(scan, operands, equation.source(), builder).append();
                case Control.While loop -> new WhileInvariants(loop, operands, equation.source(), builder).append();
                default -> builder.append(primitive, operands, equation.source());
            };
        }
    }
}
