package dev.fluxion.numerics.elementary;

import static dev.fluxion.numerics.elementary.Steps.lit;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import java.util.function.UnaryOperator;

/**
 * {@code sin x}, {@code cos x} and {@code tan x} for {@code |x| <= 2^22}, on FLOAT32 2^17.
 *
 * <p>{@code x = k pi/2 + r + rLow} with {@code |r| <= pi/4}, {@code k} the nearest integer to {@code x 2/pi}; then one
 * polynomial for the sine and one for the cosine of the reduced argument, chosen and signed by the last two bits of
 * {@code k}. Functions inlined into one program share all of it but the last steps.
 *
 * <p>The reduction is that of Cody and Waite, compensated. {@code x - k P1} is exact by fma. {@code P2} has 31 bits, so
 * that {@code k P2} is exact for {@code k < 2^22}; what the subtraction of it loses goes to {@code rLow} together with
 * {@code k P3}. The three parts give pi/2 to 137 bits, 2^-57 relative to the smallest remainder a double can leave. On
 * FLOAT32, with so few bits to share, {@code P2} has 24, and what {@code k P2} loses goes to {@code rLow} too.
 */
final class SinCosProgram {
    private SinCosProgram() {}

    /** Beyond this magnitude the reduction is not exact. */
    static double limit(DType dtype) {
        return dtype == DType.FLOAT32 ? 0x1p17 : 0x1p22;
    }

    static Atom sin(Steps s, Atom x) {
        return new Reduced(s, x).sin();
    }

    static Atom cos(Steps s, Atom x) {
        return new Reduced(s, x).cos();
    }

    static Atom tan(Steps s, Atom x) {
        return new Reduced(s, x).tan();
    }

    /** The unevaluated sum {@code high + low}; {@code value} is it rounded. */
    private record Sum(Atom value, Atom high, Atom low) {
        static Sum of(Steps s, Atom high, Atom low) {
            return new Sum(s.add(high, low), high, low);
        }

        /** What {@code value} lost. */
        Atom lost(Steps s) {
            return s.add(s.sub(high, value), low);
        }
    }

    /** The argument {@code r - minusLow} in quadrant {@code k}, and what both polynomials read. */
    private static final class Reduced {
        private final Steps s;
        private final Atom k;
        private final Atom r;
        private final Atom minusLow;
        private final Atom square;
        private final Atom minusHalf;
        private final Atom even;

        Reduced(Steps s, Atom x) {
            this.s = s;
            Atom shifted = s.fma(x, lit(0.6366197723675814), lit(s.magic()));
            Atom nearest = s.sub(shifted, lit(s.magic()));
            Atom r0 = s.fma(nearest, lit(-s.pick(1.5707963267948966, 1.570796251296997)), x);
            this.k = s.bits(shifted);
            // Positive parts: -0.0 stays -0.0.
            if (s.isSingle()) {
                Atom p2 = lit(7.549790126404332e-08);
                Atom kP2 = s.mul(nearest, p2);
                this.r = s.sub(r0, kP2);
                Atom lost = s.sub(kP2, s.sub(r0, r));
                Atom lostToo = s.add(lost, s.fma(nearest, p2, s.neg(kP2)));
                this.minusLow = s.fma(nearest, lit(-1.7151245100058819e-15), lostToo);
            } else {
                double p2 = 6.12323399409214e-17;
                this.r = s.fma(nearest, lit(-p2), r0);
                Atom lost = s.fma(nearest, lit(p2), s.sub(r, r0));
                this.minusLow = s.fma(nearest, lit(1.6446256936324258e-26), lost);
            }
            this.square = s.mul(r, r);
            this.minusHalf = s.mul(square, lit(-0.5));
            this.even = s.compare(CompareOp.EQ, s.and(k, lit(1L)), lit(0L));
        }

        Atom sin() {
            return turned(s.select(even, sine().value(), cosine().value()), k);
        }

        Atom cos() {
            return turned(s.select(even, cosine().value(), sine().value()), s.add(k, lit(1L)));
        }

        /** {@code sin/cos}, or {@code -cos/sin} in odd quadrants. */
        Atom tan() {
            Sum sine = sine();
            Sum cosine = fineCosine();
            Atom quotient = Quotient.of(
                    s,
                    s.select(even, sine.value(), cosine.value()),
                    s.select(even, sine.lost(s), cosine.lost(s)),
                    s.select(even, cosine.value(), sine.value()),
                    s.select(even, cosine.lost(s), sine.lost(s)));
            return s.turned(quotient, s.shiftLeft(k, lit(s.isSingle() ? 31L : 63L)));
        }

        /** {@code r + r^3 S(r^2) - minusLow (1 - r^2/2)}; differences only, so that -0.0 stays -0.0. */
        private Sum sine() {
            Atom minusS = s.polynomial(
                    square,
                    s.pick(
                            new double[] {
                                0.1666666666666663,
                                -0.008333333333321903,
                                0.00019841269829441594,
                                -2.7557313575784204e-06,
                                2.5050741267732606e-08,
                                -1.589588186206272e-10
                            },
                            0.16666653752326965,
                            -0.00833209604024887,
                            0.0001950562436832115));
            Atom turned = s.fma(minusHalf, minusLow, minusLow);
            return Sum.of(s, r, s.neg(s.fma(s.mul(square, r), minusS, turned)));
        }

        /** {@code 1 - r^2/2 + r^4 C(r^2) + r minusLow}, with the rounding error of {@code 1 - r^2/2} added back. */
        private Sum cosine() {
            return cosine(lost -> lost);
        }

        /** With what the square lost, which quotients near 1 would show. */
        private Sum fineCosine() {
            return cosine(lost -> s.fma(s.fma(r, r, s.neg(square)), lit(-0.5), lost));
        }

        private Sum cosine(UnaryOperator<Atom> allLost) {
            Atom c = s.polynomial(
                    square,
                    s.pick(
                            new double[] {
                                0.041666666666666595,
                                -0.0013888888888873338,
                                2.4801587288997116e-05,
                                -2.7557314215042325e-07,
                                2.087570505752112e-09,
                                -1.1358728630768601e-11
                            },
                            0.04166664555668831,
                            -0.0013887288514524698,
                            2.4428209144389257e-05));
            Atom head = s.add(lit(1.0), minusHalf);
            Atom lost = s.add(s.sub(lit(1.0), head), minusHalf);
            Atom tail = s.fma(s.mul(square, square), c, s.fma(r, minusLow, allLost.apply(lost)));
            return Sum.of(s, head, tail);
        }

        /** With the sign of quadrants 2 and 3: their second bit. */
        private Atom turned(Atom magnitude, Atom quadrant) {
            Atom second = s.shiftLeft(quadrant, lit(s.isSingle() ? 30L : 62L));
            return s.turned(magnitude, s.and(second, s.signBit(lit(-1.0))));
        }
    }
}
