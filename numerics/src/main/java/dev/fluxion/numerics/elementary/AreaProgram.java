package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * The inverse hyperbolic functions as logarithms of {@code 1 + w + wLow}, see {@link LogProgram}; {@code wLow} is what the
 * rounding of {@code w} lost. Large arguments of the first two are {@code log|x| + ln 2}.
 */
final class AreaProgram {
    /** Where a half of {@code 1/x^2} is lost beside 1. */
    private static final double LARGE = 0x1p28;

    private AreaProgram() {}

    /** {@code w = a + a^2 / (1 + sqrt(1 + a^2))} for {@code a = |x|}. */
    static Atom asinh(Steps s, Atom x) {
        Atom a = s.abs(x);
        Atom square = s.mul(a, a);
        Atom rest = s.div(square, s.add(s.sqrt(s.add(square, lit(1.0))), lit(1.0)));
        Atom w = s.add(a, rest);
        Atom result = logarithm(s, a, w, s.add(s.sub(a, w), rest));
        return s.withSignOf(x, s.select(s.compare(CompareOp.LT, a, lit(Double.POSITIVE_INFINITY)), result, a));
    }

    /** {@code w = t + sqrt(2t + t^2)} for {@code t = x - 1}. */
    static Atom acosh(Steps s, Atom x) {
        Atom t = s.sub(x, lit(1.0));
        Atom radicand = s.fma(t, t, s.mul(t, lit(2.0)));
        Atom root = s.sqrt(radicand);
        Atom w = s.add(root, t);
        Atom result = logarithm(s, x, w, s.add(s.sub(root, w), t));
        Atom kept = s.select(s.compare(CompareOp.LT, x, lit(Double.POSITIVE_INFINITY)), result, x);
        return s.select(s.compare(CompareOp.LT, x, lit(1.0)), lit(Double.NaN), kept);
    }

    /** Half of the logarithm for {@code w = 2a / (1 - a)}, {@code a = |x|}. */
    static Atom atanh(Steps s, Atom x) {
        Atom a = s.abs(x);
        Atom twice = s.mul(a, lit(2.0));
        Atom d = s.sub(lit(1.0), a);
        Atom dLow = s.sub(s.sub(lit(1.0), d), a);
        Atom inverse = s.div(lit(1.0), d);
        Atom w = s.mul(twice, inverse);
        Atom excess = s.fma(w, dLow, s.fma(w, d, s.neg(twice)));
        Atom result = s.mul(LogProgram.ofSum(s, w, s.neg(s.mul(excess, inverse))), lit(0.5));
        Atom inside = s.select(s.compare(CompareOp.LT, a, lit(1.0)), result, lit(Double.NaN));
        Atom closed = s.select(s.compare(CompareOp.EQ, a, lit(1.0)), lit(Double.POSITIVE_INFINITY), inside);
        return s.withSignOf(x, closed);
    }

    /** {@code log(1 + w + low)}, or {@code log(2 x)} for large {@code x}. */
    private static Atom logarithm(Steps s, Atom x, Atom w, Atom low) {
        Atom isLarge = s.compare(CompareOp.GT, x, lit(LARGE));
        Atom u = s.add(w, lit(1.0));
        Atom added = s.sub(u, lit(1.0));
        Atom lost = s.add(s.sub(lit(1.0), s.sub(u, added)), s.sub(w, added));
        Atom correction = s.select(isLarge, lit(0.0), s.div(s.add(lost, low), u));
        Atom bias = s.select(isLarge, lit(s.magic() - 1), lit(s.magic()));
        return LogProgram.of(s, Mantissa.ofNormal(s, s.select(isLarge, x, u), bias), correction);
    }
}
