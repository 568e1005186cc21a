package dev.fluxion.ir.passes;

import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;

/** Arrays with zeros around them, as the transposes of slices make them. */
final class ZeroPads {
    private ZeroPads() {}

    /** The pad that an equation is, of zeros around and none between; else null. */
    static Movement.Pad of(Equation equation) {
        return equation != null
                        && equation.primitive() instanceof Movement.Pad pad
                        && equation.input(1) instanceof Literal zero
                        && zero.is(0)
                        && pad.interior().stream().allMatch(gap -> gap == 0)
                        && pad.low().stream().allMatch(edge -> edge >= 0)
                        && pad.high().stream().allMatch(edge -> edge >= 0)
                ? pad
                : null;
    }
}
