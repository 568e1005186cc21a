package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;
import java.util.function.BinaryOperator;

/**
 * {@code x^y = 2^(y log2|x|)} with the sign of {@code x} for odd integers {@code y}; C's special cases.
 *
 * <p>The logarithm is a sum of two doubles, right to 2^-66: with {@code |x| = 2^k (1 + f)} and {@code t = f / (2 + f)} it is
 * {@code k + t (2/ln 2 + t^2 (2/(3 ln 2) + t^2 P(t^2)))}, all but the last product to twice the digits. {@code 2^e} is that of
 * {@link ExpProgram}, with the low part of {@code e} in the reduced argument.
 *
 * <p>On FLOAT32 a logarithm to 2^-45 in plain FLOAT64 is enough, and {@code 2^e} is in range.
 *
 * <p>Zero and infinite bases go through as infinite logarithms, negative ones with other exponents than integers as NaN. From
 * 2^64 on the exponent no longer counts but by its sign.
 */
final class PowProgram {
    private PowProgram() {}

    /** Of doubles. */
    static Atom pow(Steps s, Atom x, Atom y) {
        Logarithm log = Logarithm.of(s, Mantissa.of(s, s.abs(x)));
        return of(s, x, y, log.high(), (exponent, high) -> {
            Atom product = s.mul(exponent, high);
            Atom productLow = s.fma(exponent, log.low(), s.fma(exponent, high, s.neg(product)));
            return ExpProgram.exp2(s, product, productLow);
        });
    }

    /** Of floats that became doubles, for a result that is rounded to float. */
    static Atom powOfSingles(Steps s, Atom x, Atom y) {
        Mantissa m = Mantissa.ofNormal(s, s.abs(x), lit(s.magic()));
        Atom t = s.div(m.f(), s.add(m.f(), lit(2.0)));
        Atom slope = s.polynomial(
                s.mul(t, t),
                2.8853900817778495,
                0.9617966941142152,
                0.5770779421178686,
                0.41220927681611647,
                0.31990471112556307,
                0.28291406011086384);
        return of(s, x, y, s.fma(t, slope, m.k()), (exponent, high) -> {
            // Beyond 2^200 all floats are infinite, below 2^-200 zero.
            Atom e = s.max(s.min(s.mul(exponent, high), lit(200.0)), lit(-200.0));
            Atom magic = lit(s.magic() + s.bias());
            Atom shifted = s.add(e, magic);
            Atom fraction = s.sub(e, s.sub(shifted, magic));
            Atom power = s.polynomial(
                    fraction,
                    0.9999999999608674,
                    0.6931471807210875,
                    0.2402265120603449,
                    0.05550410388065285,
                    0.009618026195298016,
                    0.0013333886054807923,
                    0.00015469631323626737,
                    1.5212268467489528e-05);
            return s.mul(power, Exponential.powerOfTwo(s, s.bits(shifted)));
        });
    }

    /** {@code 2^(y log)} by {@code power(y, log)} with the special cases; {@code log} is {@code log2|x|} where that is finite. */
    private static Atom of(Steps s, Atom x, Atom y, Atom log, BinaryOperator<Atom> power) {
        Atom a = s.abs(x);
        Atom exponent = s.max(s.min(y, lit(0x1p64)), lit(-0x1p64));
        // The distance of |y| from an even number: 0 for even y, 1 for odd y; even from 2^53 on.
        Atom size = s.abs(exponent);
        Atom halfEven = s.sub(s.fma(size, lit(0.5), lit(0x1p52)), lit(0x1p52));
        Atom distance = s.abs(s.fma(halfEven, lit(-2.0), size));
        Atom isFraction =
                s.and(s.compare(CompareOp.LT, distance, lit(1.0)), s.compare(CompareOp.NE, distance, lit(0.0)));
        Atom isOdd = s.compare(CompareOp.EQ, distance, lit(1.0));

        Atom isImaginary = s.and(isFraction, s.compare(CompareOp.LT, x, lit(0.0)));
        Atom real = s.select(isImaginary, lit(Double.NaN), log);
        Atom finite = s.select(s.compare(CompareOp.LT, a, lit(Double.POSITIVE_INFINITY)), real, a);
        Atom high = s.select(s.compare(CompareOp.EQ, a, lit(0.0)), lit(Double.NEGATIVE_INFINITY), finite);

        Atom isOne = s.or(s.compare(CompareOp.EQ, x, lit(1.0)), s.compare(CompareOp.EQ, y, lit(0.0)));
        Atom result = s.select(isOne, lit(1.0), power.apply(exponent, high));
        return s.turned(result, s.select(isOdd, s.signBit(x), lit(0L)));
    }

    /** {@code log2(2^k (1 + f)) = high + low}. */
    private record Logarithm(Atom high, Atom low) {
        static Logarithm of(Steps s, Mantissa x) {
            Atom f = x.f();
            Atom d = s.add(f, lit(2.0));
            Atom dLow = s.sub(f, s.sub(d, lit(2.0)));
            Atom inverse = s.div(lit(1.0), d);
            Atom t = s.mul(f, inverse);
            Atom excess = s.fma(t, dLow, s.fma(t, d, s.neg(f)));
            Atom tLow = s.neg(s.mul(excess, inverse));

            Atom square = s.mul(t, t);
            Atom squareLow = s.fma(s.add(t, t), tLow, s.fma(t, t, s.neg(square)));
            Atom rest = s.mul(
                    square,
                    s.polynomial(
                            square,
                            0.5770780163555854,
                            0.41219858311110813,
                            0.3205988979824556,
                            0.26230818815913864,
                            0.22195318132272465,
                            0.1923539511914941,
                            0.16991009328744566,
                            0.14829274393392883,
                            0.1735558816637143));
            Atom cubic = s.add(lit(0.9617966939259756), rest);
            Atom cubicLow = s.add(s.add(s.sub(lit(0.9617966939259756), cubic), rest), lit(5.0577616648125907e-17));
            Atom g = s.mul(square, cubic);
            Atom gLow = s.fma(square, cubicLow, s.fma(squareLow, cubic, s.fma(square, cubic, s.neg(g))));
            Atom slope = s.add(lit(2.8853900817779268), g);
            Atom slopeLow =
                    s.add(s.add(s.sub(lit(2.8853900817779268), slope), g), s.add(gLow, lit(4.0710547481862066e-17)));
            Atom log = s.mul(t, slope);
            Atom logLow = s.fma(t, slopeLow, s.fma(tLow, slope, s.fma(t, slope, s.neg(log))));
            Atom sum = s.add(x.k(), log);
            return new Logarithm(sum, s.add(s.add(s.sub(x.k(), sum), log), logLow));
        }
    }
}
