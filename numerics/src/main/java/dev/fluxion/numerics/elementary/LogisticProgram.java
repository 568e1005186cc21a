package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code 1 / (1 + exp(-x))}: {@code 1 / (1 + e)} for positive and {@code e / (1 + e)} for negative {@code x}, with
 * {@code e = exp(-|x|)}; the quotient is corrected by its remainder.
 */
final class LogisticProgram {
    private LogisticProgram() {}

    static Atom logistic(Steps s, Atom x) {
        Atom e = ExpProgram.exp(s, s.neg(s.abs(x)));
        Atom d = s.add(e, lit(1.0));
        Atom dLow = s.add(s.sub(lit(1.0), d), e);
        Atom numerator = s.select(s.compare(CompareOp.LT, x, lit(0.0)), e, lit(1.0));
        return Quotient.of(s, numerator, lit(0.0), d, dLow);
    }
}
