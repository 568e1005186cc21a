package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;

/**
 * {@code sinh x} and {@code cosh x} from {@code exp|x| = 2^k (1 + high + tail)} and
 * {@code exp(-|x|) = 2^-k (1 - high + mirroredTail)}, see {@link Exponential}.
 *
 * <p>With {@code p = 2^(k-2)}, {@code m = 2^(-k-2)}: {@code sinh|x| = 2 ((p - m) + (p + m) high + p tail - m mirroredTail)},
 * and {@code cosh x} with the signs of {@code m} turned. The factor 2 keeps {@code p} finite up to the overflow of the result.
 */
final class SinhCoshProgram {
    private final Steps s;
    private final Atom magnitude;
    private final Exponential exponential;
    private final Atom p;
    private final Atom m;

    private SinhCoshProgram(Steps s, Atom x) {
        this.s = s;
        this.magnitude = s.abs(x);
        int bias = s.bias() - 2;
        this.exponential = Exponential.natural(s, magnitude, bias);
        Atom biased = s.bits(exponential.shifted());
        this.p = Exponential.powerOfTwo(s, biased);
        Atom mirrored = Exponential.powerOfTwo(s, s.sub(lit(2L * bias), biased));
        // exp(-|x|) no longer counts beyond.
        this.m = s.select(s.compare(CompareOp.GT, magnitude, lit(s.pick(40, 18))), lit(0.0), mirrored);
    }

    static Atom sinh(Steps s, Atom x) {
        SinhCoshProgram program = new SinhCoshProgram(s, x);
        Atom difference = s.sub(program.p, program.m);
        Atom lost = s.sub(s.sub(program.p, difference), program.m);
        Atom minusMirrored = s.neg(s.mul(program.m, program.exponential.mirroredTail(s)));
        Atom result = program.sum(difference, lost, s.add(program.p, program.m), minusMirrored);
        Atom isLinear = s.compare(CompareOp.LT, program.magnitude, lit(s.pick(0x1p-28, 0x1p-13)));
        return s.select(isLinear, x, s.withSignOf(x, result));
    }

    static Atom cosh(Steps s, Atom x) {
        SinhCoshProgram program = new SinhCoshProgram(s, x);
        Atom sum = s.add(program.p, program.m);
        Atom lost = s.add(s.sub(program.p, sum), program.m);
        Atom mirrored = s.mul(program.m, program.exponential.mirroredTail(s));
        return program.sum(sum, lost, s.sub(program.p, program.m), mirrored);
    }

    /** {@code 2 (head + lost + slope high + p tail + mirrored)}. */
    private Atom sum(Atom head, Atom lost, Atom slope, Atom mirrored) {
        Atom linear = s.mul(slope, exponential.high());
        Atom sum = s.add(head, linear);
        Atom sumLow = s.add(s.add(s.sub(head, sum), linear), lost);
        Atom rest = s.fma(p, exponential.tail(s), mirrored);
        Atom result = s.mul(s.add(sum, s.add(rest, sumLow)), lit(2.0));
        // The largest argument with a finite result is ln(2 MAX_VALUE); beyond, p itself would overflow.
        Atom overflows = s.compare(CompareOp.GT, magnitude, lit(s.pick(710.4758600739439, 89.41598510742188)));
        return s.select(overflows, lit(Double.POSITIVE_INFINITY), result);
    }
}
