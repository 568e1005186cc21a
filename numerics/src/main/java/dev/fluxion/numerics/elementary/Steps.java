package dev.fluxion.numerics.elementary;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.util.function.BiFunction;

/**
 * The steps elementary functions are written in: operations whose result is exact or correctly rounded, so that every
 * way of evaluating them gives the same bits.
 */
final class Steps {
    private final JaxprBuilder builder;

    Steps(JaxprBuilder builder) {
        this.builder = builder;
    }

    /**
     * The program of {@code function}, a function of one FLOAT64 scalar, on {@code dtype}. FLOAT32 is converted, which is
     * exact, and the result rounded back.
     */
    static Jaxpr unary(DType dtype, BiFunction<Steps, Atom, Atom> function) {
        JaxprBuilder builder = new JaxprBuilder();
        Steps steps = new Steps(builder);
        Atom x = steps.convert(builder.input(ArrayType.scalar(dtype)), DType.FLOAT64);
        return builder.build(Array.of(steps.convert(function.apply(steps, x), dtype)));
    }

    static Atom lit(double value) {
        return Literal.of(value);
    }

    static Atom lit(long value) {
        return Literal.of(DType.INT64, value);
    }

    Atom add(Atom x, Atom y) {
        return binary(BinaryOp.ADD, x, y);
    }

    Atom sub(Atom x, Atom y) {
        return binary(BinaryOp.SUB, x, y);
    }

    Atom mul(Atom x, Atom y) {
        return binary(BinaryOp.MUL, x, y);
    }

    Atom div(Atom x, Atom y) {
        return binary(BinaryOp.DIV, x, y);
    }

    Atom and(Atom x, Atom y) {
        return binary(BinaryOp.AND, x, y);
    }

    Atom or(Atom x, Atom y) {
        return binary(BinaryOp.OR, x, y);
    }

    Atom xor(Atom x, Atom y) {
        return binary(BinaryOp.XOR, x, y);
    }

    Atom shiftLeft(Atom x, Atom bits) {
        return binary(BinaryOp.SHIFT_LEFT, x, bits);
    }

    Atom shiftRightLogical(Atom x, Atom bits) {
        return binary(BinaryOp.SHIFT_RIGHT_LOGICAL, x, bits);
    }

    Atom shiftRightArithmetic(Atom x, Atom bits) {
        return binary(BinaryOp.SHIFT_RIGHT_ARITHMETIC, x, bits);
    }

    /** {@code x*y + z}, rounded once. */
    Atom fma(Atom x, Atom y, Atom z) {
        return builder.append(new Elementwise.Fma(), x, y, z);
    }

    Atom neg(Atom x) {
        return builder.append(new Elementwise.Unary(UnaryOp.NEG), x);
    }

    Atom abs(Atom x) {
        return builder.append(new Elementwise.Unary(UnaryOp.ABS), x);
    }

    Atom compare(CompareOp op, Atom x, Atom y) {
        return builder.append(new Elementwise.Compare(op), x, y);
    }

    /** {@code condition ? ifTrue : ifFalse}. */
    Atom select(Atom condition, Atom ifTrue, Atom ifFalse) {
        return builder.append(new Elementwise.SelectN(), condition, ifFalse, ifTrue);
    }

    Atom convert(Atom x, DType to) {
        return builder.append(new Elementwise.ConvertElementType(to), x);
    }

    /** The IEEE bits of a FLOAT64 as INT64. */
    Atom bits(Atom x) {
        return builder.append(new Elementwise.BitcastConvertType(DType.INT64), x);
    }

    /** The FLOAT64 with the given IEEE bits. */
    Atom fromBits(Atom bits) {
        return builder.append(new Elementwise.BitcastConvertType(DType.FLOAT64), bits);
    }

    /** {@code c[0] + c[1] x + c[2] x^2 + ...}, even and odd terms as two chains that run side by side. */
    Atom polynomial(Atom x, double... c) {
        Atom square = mul(x, x);
        Atom even = chain(square, (c.length - 1) / 2 * 2, c);
        Atom odd = chain(square, c.length / 2 * 2 - 1, c);
        return fma(x, odd, even);
    }

    /** {@code c[0] + c[1] x + c[2] x^2 + ...}, one chain of fma. */
    Atom horner(Atom x, double... c) {
        Atom sum = lit(c[c.length - 1]);
        for (int i = c.length - 2; i >= 0; i--) {
            sum = fma(x, sum, lit(c[i]));
        }
        return sum;
    }

    private Atom chain(Atom square, int last, double... c) {
        Atom sum = lit(c[last]);
        for (int i = last - 2; i >= 0; i -= 2) {
            sum = fma(square, sum, lit(c[i]));
        }
        return sum;
    }

    private Atom binary(BinaryOp op, Atom x, Atom y) {
        return builder.append(new Elementwise.Binary(op), x, y);
    }
}
