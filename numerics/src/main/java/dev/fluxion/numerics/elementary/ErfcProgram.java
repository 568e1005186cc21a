package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code erfc x = exp(-x^2) (C + N(x)/D(x)) / (x + S)} for positive {@code x}, {@code 2 - erfc(-x)} for negative.
 *
 * <p>{@code exp(x^2) erfc(x) (x + S)} stays within a tenth of {@code C}, so the errors of the polynomials count for a tenth.
 * The square, the power, and the factor beside it are carried as sums of two doubles. The scaling takes two powers of two, see
 * {@link ExpProgram}.
 */
final class ErfcProgram {
    private static final double C = 0.6171875;
    private static final double S = 0.5625;

    /** Numerator and denominator on [0, 28]; error 2^-61.4. */
    private static final double[] N = {
        -0.0546875,
        0.17432204818007513,
        0.3975249336410771,
        0.3699199659296717,
        0.20316860479083354,
        0.07083336413982382,
        0.014584904213251676,
        0.0008351739840309981,
        -0.0004734932829314818,
        -0.000160856838117457,
        -2.3716339512269648e-05,
        -1.5287629091070359e-06
    };

    private static final double[] D = {
        1.0,
        3.491925400296213,
        5.70788333741796,
        5.777261408671304,
        4.033054308467672,
        2.044883958271053,
        0.7711325268653415,
        0.21722115922889887,
        0.04504155228616364,
        0.0065955923655949475,
        0.0006202266356199736,
        2.8845717179971507e-05
    };

    /** The same on [0, 10.5]; error 2^-29. */
    private static final double[] N_SINGLE = {
        -0.0546875,
        0.23351649940013885,
        0.17768603563308716,
        0.048363346606492996,
        -0.002044378314167261,
        -0.003636566922068596
    };

    private static final double[] D_SINGLE = {
        1.0, 2.4095168113708496, 2.497725248336792, 1.4157837629318237, 0.44930723309516907, 0.06862172484397888
    };

    private ErfcProgram() {}

    static Atom erfc(Steps s, Atom x) {
        Atom magnitude = s.abs(x);
        // From here on the result is 0.
        Atom vanished = lit(s.pick(28, 10.5));
        Atom a = s.select(s.compare(CompareOp.GT, magnitude, vanished), vanished, magnitude);
        Atom minusSquare = s.neg(s.mul(a, a));
        Atom squareLow = s.fma(a, a, minusSquare);

        Exponential exponential = Exponential.natural(s, minusSquare, ExpProgram.bias(s));
        Atom high = exponential.high();
        Atom uncorrected = exponential.tail(s);
        Atom roughly = s.add(s.add(high, uncorrected), lit(1.0));
        Atom tail = s.fma(s.neg(squareLow), roughly, uncorrected);
        Atom rest = s.add(high, tail);
        Atom power = s.add(rest, lit(1.0));
        Atom powerLow = s.add(s.add(s.sub(lit(1.0), power), rest), s.add(s.sub(high, rest), tail));

        Atom sum = s.add(a, lit(S));
        Atom shift = s.sub(sum, a);
        Atom sumLow = s.add(s.sub(a, s.sub(sum, shift)), s.sub(lit(S), shift));
        Atom denominator = s.polynomial(a, s.pick(D, D_SINGLE));
        Atom inverse = s.div(lit(1.0), s.mul(denominator, sum));
        Atom excess = s.mul(s.polynomial(a, s.pick(N, N_SINGLE)), s.mul(inverse, sum));
        Atom factor = s.add(excess, lit(C));
        Atom factorLow = s.add(s.sub(lit(C), factor), excess);

        Atom product = s.mul(power, factor);
        Atom productLow = s.fma(power, factor, s.neg(product));
        Atom low = s.fma(power, factorLow, s.fma(powerLow, factor, productLow));
        Atom quotient = Quotient.of(s, product, low, sum, sumLow, s.mul(denominator, inverse));
        Atom result = ExpProgram.scaled(s, quotient, exponential.shifted());
        return s.select(s.compare(CompareOp.LT, x, lit(0.0)), s.sub(lit(2.0), result), result);
    }
}
