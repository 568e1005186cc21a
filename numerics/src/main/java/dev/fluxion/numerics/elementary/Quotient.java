package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;

/** {@code (n + nLow) / (d + dLow)} for unevaluated sums of two doubles, to a little over half an ulp. */
final class Quotient {
    private Quotient() {}

    /**
     * One division: the quotient by the reciprocal, then corrected by what its product with the denominator has in excess
     * of the numerator; in this direction -0.0 stays -0.0.
     */
    static Atom of(Steps s, Atom n, Atom nLow, Atom d, Atom dLow) {
        return of(s, n, nLow, d, dLow, s.div(lit(1.0), d));
    }

    /** With {@code inverse} for {@code 1/d}, to a few ulp. */
    static Atom of(Steps s, Atom n, Atom nLow, Atom d, Atom dLow, Atom inverse) {
        Atom quotient = s.mul(n, inverse);
        Atom excess = s.fma(quotient, dLow, s.sub(s.fma(quotient, d, s.neg(n)), nLow));
        return s.fma(s.neg(excess), inverse, quotient);
    }
}
