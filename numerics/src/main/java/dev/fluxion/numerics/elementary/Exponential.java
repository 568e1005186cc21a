package dev.fluxion.numerics.elementary;

import dev.fluxion.ir.Atom;

/** What the functions built on {@code exp} share. */
final class Exponential {
    static final double LOG2_E = 1.4426950408889634;
    static final double LN2_HIGH = 0.6931471805599453;
    static final double LN2_LOW = 2.3190468138462996e-17;

    private Exponential() {}

    /** {@code q(r) = (exp(r) - 1 - r) / r^2} for {@code |r| <= ln(2)/2}; the error is 2^-57.9 relative to exp. */
    static Atom q(Steps s, Atom r) {
        return s.polynomial(
                r,
                0.5000000000000011,
                0.16666666666666438,
                0.04166666666652687,
                0.008333333333479553,
                0.0013888888944388633,
                0.0001984126953690948,
                2.4801492382405233e-05,
                2.7557560400973344e-06,
                2.763048686264917e-07,
                2.500804723438338e-08);
    }
}
