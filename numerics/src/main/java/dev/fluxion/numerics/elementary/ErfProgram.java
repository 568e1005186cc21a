package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code erf x}: {@code x + x P(x^2)} up to 7/8, {@code 1 - exp(-G(|x|))} beyond, with polynomials {@code P} and {@code G}.
 *
 * <p>{@code G = -log(erfc)} need be right only as far as erfc counts beside 1. From 6 (FLOAT32: 4) on the result is 1.
 */
final class ErfProgram {
    private static final double CENTRE = 0.875;

    /** {@code erf(x)/x - 1}, of {@code x^2}; error 2^-61.4. */
    private static final double[] CENTRAL = {
        0.1283791670955126,
        -0.3761263890318374,
        0.11283791670954368,
        -0.02686617064494555,
        0.005223977623090287,
        -0.0008548326847568145,
        0.00012055324632984053,
        -1.4925388939350255e-05,
        1.6456634810815938e-06,
        -1.628950725852667e-07,
        1.4124232165632782e-08,
        -8.669728748287094e-10
    };

    /** {@code log(erfc x)}; its error is 2^-57.8 of {@code 1/erfc x}. */
    private static final double[] EDGE = {
        -5.253806846778099e-08,
        -1.1283786052572602,
        -0.6366225194484924,
        -0.10276453723861025,
        0.01911286147085745,
        0.00022918535311426257,
        -0.001711148340242641,
        0.0005902965801480363,
        -9.456064671901615e-06,
        -8.994310710062582e-05,
        5.368572849819359e-05,
        -1.9555710476503562e-05,
        5.1724333257858275e-06,
        -1.0337155151981454e-06,
        1.5594975874452702e-07,
        -1.730077752167597e-08,
        1.3348689254901403e-09,
        -6.404300842837284e-11,
        1.4388702658867295e-12
    };

    private static final double[] CENTRAL_SINGLE = {
        0.12837915122509003,
        -0.3761255741119385,
        0.11282524466514587,
        -0.026793956756591797,
        0.005035873502492905,
        -0.0006222421070560813
    };

    private static final double[] EDGE_SINGLE = {
        -0.00014424958499148488,
        -1.1278891563415527,
        -0.6368210315704346,
        -0.10424982756376266,
        0.022380825132131577,
        -0.003081937786191702,
        0.0001998947118408978
    };

    private ErfProgram() {}

    static Atom erf(Steps s, Atom x) {
        Atom magnitude = s.abs(x);
        Atom central = s.fma(x, s.polynomial(s.mul(x, x), s.pick(CENTRAL, CENTRAL_SINGLE)), x);

        Atom saturated = lit(s.pick(6, 4));
        Atom capped = s.select(s.compare(CompareOp.GT, magnitude, saturated), saturated, magnitude);
        Exponential exponential = Exponential.natural(s, s.polynomial(capped, s.pick(EDGE, EDGE_SINGLE)), s.bias());
        Atom power = Exponential.powerOfTwo(s, s.bits(exponential.shifted()));
        Atom rest = s.mul(power, s.add(exponential.high(), exponential.tail(s)));
        Atom edge = s.sub(s.sub(lit(1.0), power), rest);
        return s.select(s.compare(CompareOp.LT, magnitude, lit(CENTRE)), central, s.withSignOf(x, edge));
    }
}
