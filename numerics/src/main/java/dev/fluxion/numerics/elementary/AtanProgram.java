package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code atan x} and {@code atan2(y, x)}: {@code offset + (t + t^3 P(t^2))} for {@code t} in [-1, 1].
 *
 * <p>{@code t} is {@code |x|}, or beyond 1 {@code -1/|x|} with offset pi/2; of two operands the smaller magnitude over the
 * larger, signed, with offset 0, pi/2 or pi. The sign of {@code x}, of two operands that of {@code y}, comes last.
 */
final class AtanProgram {
    private AtanProgram() {}

    static Atom atan(Steps s, Atom x) {
        Atom a = s.abs(x);
        Atom beyond = s.compare(CompareOp.GT, a, lit(1.0));
        Atom t = s.div(s.select(beyond, lit(-1.0), a), s.select(beyond, a, lit(1.0)));
        return s.withSignOf(x, shifted(s, s.select(beyond, lit(Angles.half(s)), lit(0.0)), t));
    }

    static Atom atan2(Steps s, Atom y, Atom x) {
        Atom height = s.abs(y);
        Atom width = s.abs(x);
        Atom isSteep = s.compare(CompareOp.GT, height, width);
        Atom n = s.select(isSteep, width, height);
        Atom d = s.select(isSteep, height, width);
        Atom diagonal = s.select(s.compare(CompareOp.EQ, d, lit(0.0)), lit(0.0), lit(1.0));
        Atom t = s.select(s.compare(CompareOp.EQ, n, d), diagonal, s.div(n, d));

        Atom isLeft = s.compare(CompareOp.LT, s.bits(x), lit(0L));
        Atom mirrored = s.turned(t, s.signBit(x));
        Atom turn = s.select(isSteep, s.neg(mirrored), mirrored);
        Atom flat = s.select(isLeft, lit(2 * Angles.half(s)), lit(0.0));
        return s.withSignOf(y, shifted(s, s.select(isSteep, lit(Angles.half(s)), flat), turn));
    }

    /** {@code offset + atan t}. */
    private static Atom shifted(Steps s, Atom offset, Atom t) {
        Atom square = s.mul(t, t);
        Atom series = s.steadyPolynomial(
                square,
                s.pick(
                        new double[] {
                            -0.3333333333333307,
                            0.19999999999951756,
                            -0.14285714282588588,
                            0.11111111007359921,
                            -0.09090907008159435,
                            0.07692279893571981,
                            -0.06666404464816615,
                            0.0588053007480471,
                            -0.05253528058053306,
                            0.047223530047954834,
                            -0.04219256560019782,
                            0.03664344100237029,
                            -0.02990621885471729,
                            0.02198768790582439,
                            -0.013903179837202283,
                            0.007198329200833637,
                            -0.002885846326402314,
                            0.0008316460500995982,
                            -0.00015223047554724847,
                            1.3231997058997119e-05
                        },
                        -0.33333298563957214,
                        0.1999852955341339,
                        -0.14264017343521118,
                        0.10950905084609985,
                        -0.0839945524930954,
                        0.05788571760058403,
                        -0.031103510409593582,
                        0.010873601771891117,
                        -0.0017842809902504086));
        return Angles.sum(s, offset, t, s.mul(square, t), series);
    }
}
