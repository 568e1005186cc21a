package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;

/** {@code (n + nLow) / (d + dLow)} for unevaluated sums of two doubles, to a little over half an ulp. */
final class Quotient {
    private Quotient() {}

    /** One division: the quotient by the reciprocal, then corrected by its remainder. */
    static Atom of(Steps s, Atom n, Atom nLow, Atom d, Atom dLow) {
        Atom inverse = s.div(lit(1.0), d);
        Atom quotient = s.mul(n, inverse);
        Atom minus = s.neg(quotient);
        Atom remainder = s.fma(minus, dLow, s.add(s.fma(minus, d, n), nLow));
        return s.fma(remainder, inverse, quotient);
    }
}
