package dev.fluxion.numerics.elementary;

import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;

/**
 * {@code op(x) = guard.excludes(x) ? function(x) : body(x)}: an elementary function as a scalar program.
 *
 * <p>{@code body} takes one scalar and gives one of the same dtype, without branches, by operations whose results are
 * exact or correctly rounded. Where the guard excludes the argument it means nothing: there the value is the reference
 * meaning, rounded to the dtype. Which of the two an element takes depends on the element only, so every evaluation gives
 * the same bits. NaN is never excluded.
 *
 * @param function the function, of one operand
 * @param body the program for arguments that are not excluded
 * @param guard what is excluded
 */
public record ElementaryProgram(Elementwise function, Jaxpr body, Guard guard) {
    /** Which arguments a program leaves to the reference meaning. */
    public sealed interface Guard {
        boolean excludes(double x);
    }

    /** None. */
    public record Nowhere() implements Guard {
        @Override
        public boolean excludes(double x) {
            return false;
        }
    }

    /** {@code |x| > limit}, compared in the operand's dtype. */
    public record Beyond(double limit) implements Guard {
        @Override
        public boolean excludes(double x) {
            return Math.abs(x) > limit;
        }
    }

    /** {@code x < 0}. */
    public record Negative() implements Guard {
        @Override
        public boolean excludes(double x) {
            return x < 0;
        }
    }
}
