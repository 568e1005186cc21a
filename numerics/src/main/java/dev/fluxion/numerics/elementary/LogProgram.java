package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code log x} and {@code log(1 + x)}: {@code log x = k ln 2 + log(1 + f)}, {@code x = 2^k (1 + f)} with {@code 1 + f} in {@code [sqrt(1/2), sqrt(2))}.
 *
 * <p>{@code log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2))} with {@code s = f / (2 + f)}: the arrangement of fdlibm's
 * {@code e_log.c}, whose error stays below one ulp. Subnormal numbers are scaled by 2^54 first.
 */
final class LogProgram {
    private static final long SQRT_HALF_BITS = Double.doubleToLongBits(0.7071067811865476);
    private static final double MAGIC = 0x1.8p52;
    /** 42 bits, so that its product with the exponent is exact. */
    private static final double LN2_HIGH = 0x1.62e42fefa3800p-1;

    private static final double LN2_LOW = 5.497923018708371e-14;

    private LogProgram() {}

    static Atom log(Steps s, Atom x) {
        Atom subnormal = s.compare(CompareOp.LT, x, lit(Double.MIN_NORMAL));
        Atom scaled = s.select(subnormal, s.mul(x, lit(0x1p54)), x);
        Atom bias = s.select(subnormal, lit(MAGIC + 54), lit(MAGIC));
        return specials(s, x, lit(0.0), reduced(s, scaled, bias, lit(0.0)));
    }

    /** {@code log u + c/u}, {@code c} being what the sum {@code u = 1 + x} loses. */
    static Atom log1p(Steps s, Atom x) {
        Atom u = s.add(x, lit(1.0));
        Atom added = s.sub(u, lit(1.0));
        Atom lost = s.add(s.sub(lit(1.0), s.sub(u, added)), s.sub(x, added));
        Atom result = reduced(s, u, lit(MAGIC), s.div(lost, u));
        Atom signed = s.select(s.compare(CompareOp.EQ, x, lit(0.0)), x, result);
        return specials(s, x, lit(-1.0), signed);
    }

    /** {@code log x + correction} for normal {@code x} and an exponent biased by {@code bias}. */
    private static Atom reduced(Steps s, Atom x, Atom bias, Atom correction) {
        Atom bits = s.bits(x);
        Atom exponent = s.shiftRightArithmetic(s.sub(bits, lit(SQRT_HALF_BITS)), lit(52L));
        Atom f = s.sub(s.fromBits(s.sub(bits, s.shiftLeft(exponent, lit(52L)))), lit(1.0));
        Atom k = s.sub(s.fromBits(s.add(exponent, lit(Double.doubleToLongBits(MAGIC)))), bias);

        Atom half = s.mul(s.mul(f, f), lit(0.5));
        Atom t = s.div(f, s.add(f, lit(2.0)));
        Atom low = s.add(s.mul(k, lit(LN2_LOW)), correction);
        Atom tail = s.fma(t, s.add(half, remainder(s, t)), low);
        return s.sub(s.mul(k, lit(LN2_HIGH)), s.sub(s.sub(half, tail), f));
    }

    /** {@code R = (2 atanh(t) - 2 t) / t}, of {@code t^2}. */
    private static Atom remainder(Steps s, Atom t) {
        Atom square = s.mul(t, t);
        return s.mul(
                square,
                s.polynomial(
                        square,
                        0.6666666666666734,
                        0.39999999999416647,
                        0.28571428742047184,
                        0.2222219860067985,
                        0.18183563200278965,
                        0.15314073027409486,
                        0.1479577815520065));
    }

    /** Infinity and NaN stay, {@code pole} gives minus infinity, numbers below it NaN. */
    private static Atom specials(Steps s, Atom x, Atom pole, Atom result) {
        Atom finite = s.compare(CompareOp.LT, x, lit(Double.POSITIVE_INFINITY));
        Atom kept = s.select(finite, result, x);
        Atom negative = s.select(s.compare(CompareOp.LT, x, pole), lit(Double.NaN), kept);
        return s.select(s.compare(CompareOp.EQ, x, pole), lit(Double.NEGATIVE_INFINITY), negative);
    }
}
