package dev.fluxion.ir.passes;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;

/**
 * Powers with exponents for which a few operations do: {@code x^2 = x*x}, {@code x^(1/2) = sqrt(x)},
 * {@code x^(3/2) = x*sqrt(x)}. Derivatives of powers lower the exponent and come to these.
 *
 * <table>
 * <caption>What becomes of a power</caption>
 * <tr><td>0, 2, -1, 1/2</td><td>rounded correctly, as accurate as a power can be</td></tr>
 * <tr><td>3, -2, 3/2, -1/2</td><td>rounded twice, a power once</td></tr>
 * <tr><td>of integers</td><td>products, the same bits</td></tr>
 * </table>
 *
 * <p>All other exponents stay: their products would round three times or more. NaN, infinities and zeros with their signs
 * are those of {@link BinaryOp#POW}, for which the square root of minus infinity is infinite and that of -0 is 0.
 *
 * <p>A pass for engines, not a way to write programs: the derivatives of a power at 0 are those of a power.
 */
public final class LiteralPowers implements Pass {
    /** The largest exponent of integers. */
    private static final int MOST = 64;

    @Override
    public String name() {
        return "literal_powers";
    }

    @Override
    public Jaxpr apply(Jaxpr jaxpr) {
        boolean any = Rewriting.exists(jaxpr, new Elementwise.Binary(BinaryOp.POW)::equals);
        return any ? new Reducing().rewrite(jaxpr) : jaxpr;
    }

    private static final class Reducing extends Rewriting {
        @Override
        Step begin(Jaxpr jaxpr, JaxprBuilder builder) {
            return (equation, primitive, operands) -> {
                boolean isPower = primitive instanceof Elementwise.Binary(BinaryOp op) && op == BinaryOp.POW;
                Atom power = isPower ? new Power(builder, equation).of(operands.get(0), operands.get(1)) : null;
                return power == null ? builder.append(primitive, operands, equation.source()) : Array.of(power);
            };
        }
    }

    private record Power(JaxprBuilder builder, Equation equation) {
        /** {@code x^y} as other operations, or null. */
        Atom of(Atom x, Atom exponent) {
            if (!(exponent instanceof Literal y) || x instanceof Literal) {
                return null;
            }
            if (x.dtype().isInteger()) {
                return y.longValue() >= 0 && y.longValue() <= MOST ? product((int) y.longValue(), x) : null;
            }
            double twice = 2 * y.doubleValue();
            return twice == Math.rint(twice) && Math.abs(twice) <= 6 ? halves((int) twice, x) : null;
        }

        /** {@code x^(n/2)}, or null. */
        private Atom halves(int n, Atom x) {
            return switch (n) {
                case 0, 4, 6, -2, -4 -> product(n / 2, x);
                case 1 -> root(x);
                case -1 -> unary(UnaryOp.RECIPROCAL, root(x));
                case 3 -> {
                    Atom above = withoutMinusInfinity(x);
                    Atom root = unary(UnaryOp.SQRT, above);
                    yield unary(UnaryOp.ABS, append(new Elementwise.Binary(BinaryOp.MUL), above, root));
                }
                default -> null;
            };
        }

        private Atom product(int y, Atom x) {
            return switch (y) {
                case 0 -> append(new Movement.BroadcastInDim(x.shape(), Ints.of()), Literal.of(x.dtype(), 1L));
                case 1 -> x;
                case 2 -> unary(UnaryOp.SQUARE, x);
                case -1 -> unary(UnaryOp.RECIPROCAL, x);
                default -> append(new Elementwise.IntegerPow(y), x);
            };
        }

        private Atom root(Atom x) {
            return unary(UnaryOp.ABS, unary(UnaryOp.SQRT, withoutMinusInfinity(x)));
        }

        private Atom withoutMinusInfinity(Atom x) {
            DType dtype = x.dtype();
            Atom isBelow =
                    append(new Elementwise.Compare(CompareOp.EQ), x, Literal.of(dtype, Double.NEGATIVE_INFINITY));
            return append(new Elementwise.SelectN(), isBelow, x, Literal.of(dtype, Double.POSITIVE_INFINITY));
        }

        private Atom unary(UnaryOp op, Atom x) {
            return append(new Elementwise.Unary(op), x);
        }

        private Atom append(Primitive primitive, Atom... operands) {
            return builder.append(primitive, Array.of(operands), equation.source())
                    .get(0);
        }
    }
}
