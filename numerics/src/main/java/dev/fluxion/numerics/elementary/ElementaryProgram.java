package dev.fluxion.numerics.elementary;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.UnaryOp;

/**
 * {@code op(x) = |x| > limit ? op.apply(x) : body(x)}: an elementary function as a scalar program.
 *
 * <p>{@code body} takes one scalar and gives one of the same dtype, without branches, by operations whose results are
 * exact or correctly rounded. Beyond {@code limit}, compared in the operand's dtype, it means nothing: there the value is
 * the reference meaning, rounded to the dtype. Which of the two an element takes depends on the element only, so every
 * evaluation gives the same bits. NaN is not beyond the limit.
 *
 * @param op the function
 * @param body the program for {@code !(|x| > limit)}
 * @param limit infinite when {@code body} is right everywhere; representable as FLOAT32
 */
public record ElementaryProgram(UnaryOp op, Jaxpr body, double limit) {

    /** Whether some finite or infinite operands are beyond the limit. */
    public boolean isGuarded() {
        return limit != Double.POSITIVE_INFINITY;
    }
}
