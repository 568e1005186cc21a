package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;

/**
 * {@code log2 x} and {@code log10 x}: {@code k log_b 2 + log(1 + f) / ln b}, see {@link Mantissa} and {@link LogProgram}, in sums
 * of two floats up to the last addition: exact at powers of the base.
 */
final class LogOfBaseProgram {
    private LogOfBaseProgram() {}

    static Atom log2(Steps s, Atom x) {
        Mantissa m = Mantissa.of(s, x);
        return sum(
                s,
                x,
                m.f(),
                m.k(),
                lit(0.0),
                s.pick(1.4426950408889634, 1.4426950216293335),
                s.pick(2.0355273740931033e-17, 1.925963033500011e-08));
    }

    static Atom log10(Steps s, Atom x) {
        Mantissa m = Mantissa.of(s, x);
        // So few bits of log10 2 that their product with the exponent is exact.
        Atom head = s.mul(m.k(), lit(s.pick(0.30102999566395283, 0.301025390625)));
        Atom headLow = s.mul(m.k(), lit(s.pick(2.8363394551044964e-14, 4.605039066518657e-06)));
        return sum(
                s,
                x,
                m.f(),
                head,
                headLow,
                s.pick(0.4342944819032518, 0.4342944920063019),
                s.pick(1.098319650216765e-17, -1.0103049952192578e-08));
    }

    /** {@code head + headLow + log(1 + f) (slope + slopeLow)}, and the special values of the logarithm. */
    private static Atom sum(Steps s, Atom x, Atom f, Atom head, Atom headLow, double slope, double slopeLow) {
        Atom half = s.mul(s.mul(f, f), lit(0.5));
        Atom t = s.div(f, s.add(f, lit(2.0)));
        Atom log = s.sub(f, half);
        Atom logLow = s.fma(t, s.add(half, LogProgram.remainder(s, t)), s.sub(s.sub(f, log), half));
        Atom product = s.mul(log, lit(slope));
        Atom productLow = s.fma(logLow, lit(slope), s.fma(log, lit(slopeLow), s.fma(log, lit(slope), s.neg(product))));
        Atom sum = s.add(head, product);
        Atom sumLow = s.add(s.sub(head, sum), product);
        Atom result = s.add(sum, s.add(sumLow, s.add(productLow, headLow)));
        return LogProgram.specials(s, x, lit(0.0), result);
    }
}
