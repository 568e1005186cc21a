package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code asin x} and {@code acos x} from {@code asin t = t + t^3 P(t^2)} on [0, 1/2]: beyond 1/2,
 * {@code asin|x| = pi/2 - 2 asin sqrt((1 - |x|)/2)}. Outside [-1, 1] the root is NaN.
 */
final class AsinProgram {
    private final Steps s;
    private final Atom isLarge;
    /** {@code |x|} or the root. */
    private final Atom t;

    private final Atom square;
    private final Atom series;

    private AsinProgram(Steps s, Atom x) {
        this.s = s;
        Atom a = s.abs(x);
        this.isLarge = s.compare(CompareOp.GT, a, lit(0.5));
        this.square = s.select(isLarge, s.mul(s.sub(lit(1.0), a), lit(0.5)), s.mul(a, a));
        this.t = s.select(isLarge, s.sqrt(square), a);
        this.series = s.polynomial(
                square,
                s.pick(
                        new double[] {
                            0.1666666666666676,
                            0.07499999999970863,
                            0.044642857174565696,
                            0.030381942709597827,
                            0.022372214944078053,
                            0.017351612699418827,
                            0.013980813199448692,
                            0.011398966747987944,
                            0.01077997258132195,
                            0.003707387829680221,
                            0.021705226884957865,
                            -0.020996115525783513,
                            0.032626885658200724
                        },
                        0.16666752099990845,
                        0.074953094124794,
                        0.04546913877129555,
                        0.024184899404644966,
                        0.04215800389647484));
    }

    static Atom asin(Steps s, Atom x) {
        AsinProgram p = new AsinProgram(s, x);
        Atom offset = s.select(p.isLarge, lit(Angles.half(s)), lit(0.0));
        return s.withSignOf(x, p.sum(offset, s.select(p.isLarge, s.mul(p.t, lit(-2.0)), p.t)));
    }

    /** {@code pi/2 - asin x}; beyond 1/2 {@code 2 asin t}, below -1/2 {@code pi - 2 asin t}. */
    static Atom acos(Steps s, Atom x) {
        AsinProgram p = new AsinProgram(s, x);
        Atom sign = s.signBit(x);
        Atom near = s.turned(p.t, s.xor(sign, s.signBit(lit(-1.0))));
        Atom far = s.turned(s.mul(p.t, lit(2.0)), sign);
        Atom half = lit(Angles.half(s));
        Atom farOffset = s.select(s.compare(CompareOp.LT, x, lit(0.0)), lit(2 * Angles.half(s)), lit(0.0));
        return p.sum(s.select(p.isLarge, farOffset, half), s.select(p.isLarge, far, near));
    }

    private Atom sum(Atom offset, Atom multiple) {
        return Angles.sum(s, offset, multiple, s.mul(square, multiple), series);
    }
}
