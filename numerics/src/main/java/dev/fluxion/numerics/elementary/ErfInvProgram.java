package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * The inverse of erf: {@code sqrt(w) (C + N(w)/D(w))} with {@code w = -log(1 - x^2)}, and the sign of {@code x}.
 *
 * <p>{@code w} is at most 36.05, and the factor beside the root within six hundredths of {@code C}, so the errors of the polynomials
 * count little. {@code 1 - x^2} and {@code w} are carried as sums of two doubles, and the root is corrected by its remainder;
 * one division serves the correction and the quotient.
 */
final class ErfInvProgram {
    private static final double C = 0.9375;
    /** Numerator and denominator on [0, 36.1]; error 2^-59.7. */
    private static final double[] N = {
        -0.05127307454724198,
        -0.0012308765099129627,
        -0.0021686716137100173,
        3.1164303608780886e-05,
        -1.8755875968217832e-05,
        3.0617749075240243e-06,
        2.498545920891334e-07,
        5.599629421421804e-08,
        4.641581051614705e-09,
        4.021810113556185e-10,
        2.3850515072794738e-11,
        1.1168946460452046e-12,
        4.51298928196377e-14,
        9.697555150823837e-16,
        3.816267052494489e-18
    };

    private static final double[] D = {
        1.0,
        0.22795222998786477,
        0.08300518575111059,
        0.013792922830320149,
        0.002507602153074637,
        0.0003053550751521532,
        3.514907925411869e-05,
        3.1096710392757212e-06,
        2.4194174713730843e-07,
        1.5114869973838595e-08,
        7.812067575043133e-10,
        3.176261300125832e-11,
        1.0304451259119056e-12,
        1.710401598423851e-14,
        6.134286920225402e-17
    };

    /** The same on [0, 16]; error 2^-27.9. */
    private static final double[] N_SINGLE = {
        -0.05127307027578354,
        0.0002481125120539218,
        -9.984491771319881e-05,
        7.504685345338657e-05,
        1.024001176119782e-05,
        1.1639682107045246e-08
    };

    private static final double[] D_SINGLE = {
        1.0, 0.1991049349308014, 0.036780450493097305, 0.003664911026135087, 0.00018733975593931973
    };

    private ErfInvProgram() {}

    static Atom erfInv(Steps s, Atom x) {
        Atom square = s.mul(x, x);
        Atom squareLow = s.fma(x, x, s.neg(square));
        Atom rounded = s.sub(lit(1.0), square);
        Atom rest = s.sub(s.sub(s.sub(lit(1.0), rounded), square), squareLow);
        Atom complement = s.add(rounded, rest);
        Atom complementLow = s.add(s.sub(rounded, complement), rest);
        NaturalLogarithm log = NaturalLogarithm.of(s, complement, complementLow);
        Atom w = s.neg(log.high());
        Atom root = s.sqrt(w);
        Atom remainder = s.sub(s.neg(s.fma(root, root, log.high())), log.low());

        Atom denominator = s.polynomial(w, s.pick(D, D_SINGLE));
        Atom inverse = s.div(lit(1.0), s.mul(denominator, root));
        Atom excess = s.mul(s.mul(s.polynomial(w, s.pick(N, N_SINGLE)), inverse), w);
        Atom correction = s.mul(s.mul(remainder, lit(0.5)), s.mul(denominator, inverse));
        Atom result = s.fma(root, lit(C), s.add(excess, correction));
        Atom magnitude = s.abs(x);
        // sqrt(pi)/2 x, the factor in two parts: x^2 must not underflow.
        Atom slopeLow = s.mul(magnitude, lit(s.pick(-3.8332932499128993e-17, -2.662320023830404e-08)));
        Atom linear = s.fma(magnitude, lit(s.pick(0.886226925452758, 0.8862269520759583)), slopeLow);
        Atom isLinear = s.compare(CompareOp.LT, magnitude, lit(s.pick(0x1p-28, 0x1p-13)));
        Atom inside = s.withSignOf(x, s.select(isLinear, linear, result));
        Atom infinite = s.mul(x, lit(Double.POSITIVE_INFINITY));
        Atom edge = s.select(s.compare(CompareOp.EQ, magnitude, lit(1.0)), infinite, inside);
        return s.select(s.compare(CompareOp.GT, magnitude, lit(1.0)), lit(Double.NaN), edge);
    }
}
