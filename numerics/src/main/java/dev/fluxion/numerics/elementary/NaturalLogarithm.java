package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;

/**
 * {@code log x = high + low}, {@code high} being the sum rounded: for functions that multiply a logarithm or subtract from it. The
 * error of the sum is 2^-57 of the logarithm.
 *
 * <p>The arrangement of {@link LogProgram}, whose sums keep what they lose.
 */
record NaturalLogarithm(Atom high, Atom low) {
    /** For positive finite {@code x}; anything for others. */
    static NaturalLogarithm of(Steps s, Atom x) {
        return of(s, Mantissa.of(s, x), lit(0.0));
    }

    /** Of {@code x + lost}, {@code x} positive and normal, {@code lost} below its last place. */
    static NaturalLogarithm of(Steps s, Atom x, Atom lost) {
        Mantissa mantissa = Mantissa.ofNormal(s, x, lit(s.magic()));
        // lost/x to a twentieth is enough: 1/(1+f) is about 1 - f + f^2.
        Atom scaled = s.mul(lost, s.fromBits(s.sub(lit(s.bitsOf(1.0)), mantissa.shifted())));
        Atom f = mantissa.f();
        return of(s, mantissa, s.fma(scaled, s.mul(f, s.sub(f, lit(1.0))), scaled));
    }

    private static NaturalLogarithm of(Steps s, Mantissa x, Atom correction) {
        Atom f = x.f();
        Atom square = s.mul(f, f);
        Atom half = s.mul(square, lit(0.5));
        Atom halfLost = s.mul(s.fma(f, f, s.neg(square)), lit(0.5));
        Atom t = s.div(f, s.add(f, lit(2.0)));
        Atom tail = s.mul(t, s.add(half, LogProgram.remainder(s, t)));

        Atom whole = s.mul(x.k(), lit(LogProgram.ln2High(s)));
        Atom linear = s.add(whole, f);
        Atom linearLost = s.sub(f, s.sub(linear, whole));
        Atom sum = s.sub(linear, half);
        Atom sumLost = s.sub(s.sub(s.sub(linear, sum), half), halfLost);
        Atom lost = s.add(s.add(linearLost, sumLost), correction);
        Atom low = s.add(tail, s.fma(x.k(), lit(LogProgram.ln2Low(s)), lost));
        Atom high = s.add(sum, low);
        return new NaturalLogarithm(high, s.add(s.sub(sum, high), low));
    }
}
