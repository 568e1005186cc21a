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
import io.vavr.Function3;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * The steps elementary functions are written in: operations whose result is exact or correctly rounded, so that every
 * way of evaluating them gives the same bits.
 *
 * <p>Steps are taken in the arithmetic of one dtype. Literals may be written as doubles and longs all the same: in FLOAT32
 * steps they are rounded to floats, and integers to 32 bits.
 */
final class Steps {
    private final JaxprBuilder builder;
    private final boolean isSingle;

    /** In FLOAT64 arithmetic. */
    Steps(JaxprBuilder builder) {
        this(builder, DType.FLOAT64);
    }

    private Steps(JaxprBuilder builder, DType dtype) {
        this.builder = builder;
        this.isSingle = dtype == DType.FLOAT32;
    }

    /** The program of {@code function} in the arithmetic of {@code dtype}. */
    static Jaxpr ownUnary(DType dtype, BiFunction<Steps, Atom, Atom> function) {
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(ArrayType.scalar(dtype));
        return builder.build(Array.of(function.apply(new Steps(builder, dtype), x)));
    }

    /** The program of {@code function}, of two scalars, in the arithmetic of {@code dtype}. */
    static Jaxpr ownBinary(DType dtype, Function3<Steps, Atom, Atom, Atom> function) {
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(ArrayType.scalar(dtype));
        Atom y = builder.input(ArrayType.scalar(dtype));
        return builder.build(Array.of(function.apply(new Steps(builder, dtype), x, y)));
    }

    /** The program of {@code function} of two FLOAT64 scalars on FLOAT32, between conversions. */
    static Jaxpr widenedBinary(Function3<Steps, Atom, Atom, Atom> function) {
        JaxprBuilder builder = new JaxprBuilder();
        Steps steps = new Steps(builder);
        Atom x = steps.convert(builder.input(ArrayType.scalar(DType.FLOAT32)), DType.FLOAT64);
        Atom y = steps.convert(builder.input(ArrayType.scalar(DType.FLOAT32)), DType.FLOAT64);
        return builder.build(Array.of(steps.convert(function.apply(steps, x, y), DType.FLOAT32)));
    }

    static Atom lit(double value) {
        return Literal.of(value);
    }

    static Atom lit(long value) {
        return Literal.of(DType.INT64, value);
    }

    /** Whether the steps are in FLOAT32 arithmetic. */
    boolean isSingle() {
        return isSingle;
    }

    /** The one for FLOAT64 or the one for FLOAT32. */
    double pick(double wide, double single) {
        return isSingle ? single : wide;
    }

    /** The ones for FLOAT64 or the ones for FLOAT32. */
    double[] pick(double[] wide, double... single) {
        return isSingle ? single : wide;
    }

    /** Bits of the significand without the leading one. */
    int fractionBits() {
        return isSingle ? 23 : 52;
    }

    /** The exponent bias. */
    int bias() {
        return isSingle ? 127 : 1023;
    }

    /** Added to a number a quarter as large, it leaves the nearest integer in the last bits of the sum. */
    double magic() {
        return pick(0x1.8p52, 0x1.8p23);
    }

    /** The smallest normal number. */
    double minNormal() {
        return pick(Double.MIN_NORMAL, Float.MIN_NORMAL);
    }

    /** The bits of a literal. */
    long bitsOf(double value) {
        return isSingle ? Float.floatToIntBits((float) value) : Double.doubleToLongBits(value);
    }

    /** The bit of the sign alone. */
    Atom signBit(Atom x) {
        return and(bits(x), lit(isSingle ? Integer.MIN_VALUE : Long.MIN_VALUE));
    }

    /** {@code magnitude} with the sign of {@code x}, for magnitudes without a sign. */
    Atom withSignOf(Atom x, Atom magnitude) {
        return fromBits(or(bits(magnitude), signBit(x)));
    }

    /** {@code x} with its sign turned where {@code bit}, a sign bit, is set. */
    Atom turned(Atom x, Atom bit) {
        return fromBits(xor(bits(x), bit));
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
        return append(new Elementwise.Fma(), x, y, z);
    }

    Atom neg(Atom x) {
        return append(new Elementwise.Unary(UnaryOp.NEG), x);
    }

    Atom abs(Atom x) {
        return append(new Elementwise.Unary(UnaryOp.ABS), x);
    }

    Atom compare(CompareOp op, Atom x, Atom y) {
        return append(new Elementwise.Compare(op), x, y);
    }

    /** {@code condition ? ifTrue : ifFalse}. */
    Atom select(Atom condition, Atom ifTrue, Atom ifFalse) {
        return append(new Elementwise.SelectN(), condition, ifFalse, ifTrue);
    }

    Atom convert(Atom x, DType to) {
        return append(new Elementwise.ConvertElementType(to), x);
    }

    /** The IEEE bits as an integer of the same size. */
    Atom bits(Atom x) {
        return append(new Elementwise.BitcastConvertType(isSingle ? DType.INT32 : DType.INT64), x);
    }

    /** The float with the given IEEE bits. */
    Atom fromBits(Atom bits) {
        return append(new Elementwise.BitcastConvertType(isSingle ? DType.FLOAT32 : DType.FLOAT64), bits);
    }

    Atom sqrt(Atom x) {
        return append(new Elementwise.Unary(UnaryOp.SQRT), x);
    }

    Atom max(Atom x, Atom y) {
        return binary(BinaryOp.MAX, x, y);
    }

    Atom min(Atom x, Atom y) {
        return binary(BinaryOp.MIN, x, y);
    }

    /** {@code c[0] + c[1] x + c[2] x^2 + ...}, even and odd terms as two chains that run side by side. */
    Atom polynomial(Atom x, double... c) {
        Atom square = mul(x, x);
        Atom even = chain(square, (c.length - 1) / 2 * 2, c);
        Atom odd = chain(square, c.length / 2 * 2 - 1, c);
        return fma(x, odd, even);
    }

    /** As {@link #polynomial}, but the first four steps, whose rounding counts, in one chain: for large terms of changing sign. */
    Atom steadyPolynomial(Atom x, double... c) {
        Atom sum = polynomial(x, Arrays.copyOfRange(c, 4, c.length));
        for (int i = 3; i >= 0; i--) {
            sum = fma(x, sum, lit(c[i]));
        }
        return sum;
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
        return append(new Elementwise.Binary(op), x, y);
    }

    private Atom append(Elementwise p, Atom... operands) {
        for (int i = 0; i < operands.length; i++) {
            operands[i] = own(operands[i]);
        }
        return builder.append(p, operands);
    }

    /** A literal in the dtype of the steps. */
    private Atom own(Atom atom) {
        if (!isSingle || !(atom instanceof Literal literal)) {
            return atom;
        }
        return switch (literal.dtype()) {
            case FLOAT64 -> Literal.of(DType.FLOAT32, literal.doubleValue());
            case INT64 -> Literal.of(DType.INT32, literal.longValue());
            case BOOL, INT32, FLOAT32 -> literal;
        };
    }
}
