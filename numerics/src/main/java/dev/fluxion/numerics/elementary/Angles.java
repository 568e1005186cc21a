package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;

/** Multiples of pi/2, and sums with them. */
final class Angles {
    private Angles() {}

    /** {@code pi/2}, rounded. */
    static double half(Steps s) {
        return s.pick(1.5707963267948966, 1.5707963705062866);
    }

    /** {@code multiple + what it lacks + t + cube series} for a multiple of pi/2, rounded; {@code multiple} is 0 or larger than t. */
    static Atom sum(Steps s, Atom multiple, Atom t, Atom cube, Atom series) {
        Atom lacking = s.mul(multiple, lit(s.pick(3.8981718325193755e-17, -2.7827534054836178e-08)));
        Atom sum = s.add(multiple, t);
        Atom lost = s.add(s.sub(multiple, sum), t);
        return s.add(sum, s.fma(cube, series, s.add(lacking, lost)));
    }
}
