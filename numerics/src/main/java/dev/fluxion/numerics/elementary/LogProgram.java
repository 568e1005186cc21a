package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code log x} and {@code log(1 + x)}: {@code log x = k ln 2 + log(1 + f)}, see {@link Mantissa}.
 *
 * <p>{@code log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2))} with {@code s = f / (2 + f)}: the arrangement of fdlibm's
 * {@code e_log.c}, whose error stays below one ulp.
 */
final class LogProgram {
    private LogProgram() {}

    static Atom log(Steps s, Atom x) {
        return specials(s, x, lit(0.0), of(s, Mantissa.of(s, x), lit(0.0)));
    }

    /** {@code log u + c/u}, {@code c} being what the sum {@code u = 1 + x} loses. */
    static Atom log1p(Steps s, Atom x) {
        Atom result = ofSum(s, x, lit(0.0));
        Atom signed = s.select(s.compare(CompareOp.EQ, x, lit(0.0)), x, result);
        return specials(s, x, lit(-1.0), signed);
    }

    /** {@code log(1 + x + low)} for {@code x > -1}, neither infinite nor NaN; {@code low} is small beside x. */
    static Atom ofSum(Steps s, Atom x, Atom low) {
        Atom u = s.add(x, lit(1.0));
        Atom added = s.sub(u, lit(1.0));
        Atom lost = s.add(s.sub(lit(1.0), s.sub(u, added)), s.sub(x, added));
        return of(s, Mantissa.ofNormal(s, u, lit(s.magic())), s.div(s.add(lost, low), u));
    }

    /** {@code log(2^k (1 + f)) + correction}. */
    static Atom of(Steps s, Mantissa x, Atom correction) {
        Atom f = x.f();
        Atom half = s.mul(s.mul(f, f), lit(0.5));
        Atom t = s.div(f, s.add(f, lit(2.0)));
        Atom low = s.fma(x.k(), lit(ln2Low(s)), correction);
        Atom tail = s.fma(t, s.add(half, remainder(s, t)), low);
        Atom head = s.mul(x.k(), lit(ln2High(s)));
        return s.sub(head, s.sub(s.sub(half, tail), f));
    }

    /** So few bits of {@code ln 2} that their product with an exponent is exact. */
    static double ln2High(Steps s) {
        return s.pick(0x1.62e42fefa3800p-1, 0x1.62e4p-1);
    }

    /** The rest of {@code ln 2}. */
    static double ln2Low(Steps s) {
        return s.pick(5.497923018708371e-14, 1.428606765330187e-06);
    }

    /** {@code R = (2 atanh(t) - 2 t) / t}, of {@code t^2}. */
    static Atom remainder(Steps s, Atom t) {
        Atom square = s.mul(t, t);
        return s.mul(
                square,
                s.polynomial(
                        square,
                        s.pick(
                                new double[] {
                                    0.6666666666666734,
                                    0.39999999999416647,
                                    0.28571428742047184,
                                    0.2222219860067985,
                                    0.18183563200278965,
                                    0.15314073027409486,
                                    0.1479577815520065
                                },
                                0.6666677594184875,
                                0.39977580308914185,
                                0.29870954155921936)));
    }

    /** Infinity and NaN stay, {@code pole} gives minus infinity, numbers below it NaN. */
    static Atom specials(Steps s, Atom x, Atom pole, Atom result) {
        Atom finite = s.compare(CompareOp.LT, x, lit(Double.POSITIVE_INFINITY));
        Atom kept = s.select(finite, result, x);
        Atom negative = s.select(s.compare(CompareOp.LT, x, pole), lit(Double.NaN), kept);
        return s.select(s.compare(CompareOp.EQ, x, pole), lit(Double.NEGATIVE_INFINITY), negative);
    }
}
