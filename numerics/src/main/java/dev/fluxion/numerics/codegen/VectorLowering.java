package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;

/**
 * Rewrites a lowered body over the operations that vectors have: rounding to integers, lax's shifts, signs and the logic of
 * truth values are spelled out. Every rewriting is exact, so the bits stay those of the scalar code.
 */
final class VectorLowering {
    private final JaxprBuilder builder = new JaxprBuilder();

    private VectorLowering() {}

    static Jaxpr lower(Jaxpr body) {
        VectorLowering lowering = new VectorLowering();
        return BodyRewriting.of(body, lowering.builder, VectorLowering::lower, lowering::step);
    }

    private Atom step(Elementwise p, Array<Atom> in) {
        Atom x = in.get(0);
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> unary(op, x);
            case Elementwise.Binary(BinaryOp op) -> binaryStep(op, x, in.get(1));
            case Elementwise.Compare(CompareOp op) -> x.dtype() == DType.BOOL ? logic(op, x, in.get(1)) : append(p, in);
            case Elementwise.SelectN _ ->
                in.get(1).dtype() == DType.BOOL
                        ? or(and(x, in.get(2)), and(not(x), in.get(1)))
                        : select(x, in.get(2), in.get(1));
            case Elementwise.ConvertElementType(DType to) -> convert(x, to);
            case Elementwise.Polygamma _, Elementwise.Fma _, Elementwise.BitcastConvertType _ -> append(p, in);
            case Elementwise.IntegerPow _,
                    Elementwise.Clamp _,
                    Elementwise.StopGradient _,
                    Elementwise.Named _,
                    Elementwise.Copy _ -> throw ScalarOperations.notLowered(p);
        };
    }

    private Atom unary(UnaryOp op, Atom x) {
        DType dtype = x.dtype();
        return switch (op) {
            case SIGN -> {
                Atom zeroOrNaN = dtype.isFloating() ? x : lit(dtype, 0);
                Atom upper = select(compare(CompareOp.GT, x, lit(dtype, 0)), lit(dtype, 1), zeroOrNaN);
                yield select(compare(CompareOp.LT, x, lit(dtype, 0)), lit(dtype, -1), upper);
            }
            case IS_FINITE -> compare(CompareOp.LT, abs(x), Literal.of(dtype, Double.POSITIVE_INFINITY));
            case ROUND_NEAREST_EVEN -> withSignOf(x, nearest(abs(x)));
            case FLOOR -> {
                Atom near = withSignOf(x, nearest(abs(x)));
                Atom below = select(compare(CompareOp.GT, near, x), sub(near, lit(dtype, 1)), near);
                yield withSignOf(x, below);
            }
            case CEIL -> {
                Atom near = withSignOf(x, nearest(abs(x)));
                Atom above = select(compare(CompareOp.LT, near, x), add(near, lit(dtype, 1)), near);
                yield withSignOf(x, above);
            }
            case ROUND -> {
                Atom a = abs(x);
                Atom near = nearest(a);
                Atom below = select(compare(CompareOp.GT, near, a), sub(near, lit(dtype, 1)), near);
                Atom up = compare(CompareOp.GE, sub(a, below), Literal.of(dtype, 0.5));
                yield withSignOf(x, select(up, add(below, lit(dtype, 1)), below));
            }
            case NEG,
                    ABS,
                    SQRT,
                    NOT,
                    SQUARE,
                    RECIPROCAL,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    EXP,
                    EXP2,
                    EXPM1,
                    LOG,
                    LOG1P,
                    LOG2,
                    LOG10,
                    RSQRT,
                    CBRT,
                    LOGISTIC,
                    ERF,
                    ERFC,
                    ERF_INV,
                    LGAMMA,
                    DIGAMMA -> append(new Elementwise.Unary(op), Array.of(x));
        };
    }

    /** The integer nearest to {@code a >= 0}, halves to even: numbers from 2^52 (2^23) on are integers. */
    private Atom nearest(Atom a) {
        Literal magic = Literal.of(a.dtype(), a.dtype() == DType.FLOAT32 ? 0x1p23 : 0x1p52);
        Atom rounded = sub(add(a, magic), magic);
        return select(compare(CompareOp.LT, a, magic), rounded, a);
    }

    private Atom withSignOf(Atom x, Atom magnitude) {
        DType bits = x.dtype() == DType.FLOAT32 ? DType.INT32 : DType.INT64;
        Literal sign = Literal.of(bits, bits == DType.INT32 ? (long) Integer.MIN_VALUE : Long.MIN_VALUE);
        Literal rest = Literal.of(bits, ~sign.longValue());
        Atom result = or(and(bitcast(x, bits), sign), and(bitcast(magnitude, bits), rest));
        return bitcast(result, x.dtype());
    }

    private Atom binaryStep(BinaryOp op, Atom x, Atom y) {
        boolean isBool = x.dtype() == DType.BOOL;
        return switch (op) {
            case MAX -> isBool ? or(x, y) : binary(op, x, y);
            case MIN -> isBool ? and(x, y) : binary(op, x, y);
            case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> shift(op, x, y);
            case ADD, SUB, MUL, DIV, REM, POW, ATAN2, NEXTAFTER, AND, OR, XOR -> binary(op, x, y);
        };
    }

    /** A shift as lax means it by one whose amount counts modulo the width. */
    private Atom shift(BinaryOp op, Atom x, Atom amount) {
        if (amount instanceof Literal literal && ScalarBinary.isShiftInRange(literal)) {
            return binary(op, x, amount);
        }
        DType dtype = x.dtype();
        Literal last = lit(dtype, 8L * dtype.byteSize() - 1);
        Atom inRange = and(compare(CompareOp.GE, amount, lit(dtype, 0)), compare(CompareOp.LE, amount, last));
        return op == BinaryOp.SHIFT_RIGHT_ARITHMETIC
                ? binary(op, x, select(inRange, amount, last))
                : select(inRange, binary(op, x, and(amount, last)), lit(dtype, 0));
    }

    private Atom logic(CompareOp op, Atom x, Atom y) {
        return switch (op) {
            case EQ -> not(binary(BinaryOp.XOR, x, y));
            case NE -> binary(BinaryOp.XOR, x, y);
            case LT -> and(not(x), y);
            case LE -> or(not(x), y);
            case GT -> and(x, not(y));
            case GE -> or(x, not(y));
        };
    }

    private Atom convert(Atom x, DType to) {
        if (x.dtype() == to) {
            return x;
        }
        if (to == DType.BOOL) {
            return compare(CompareOp.NE, x, lit(x.dtype(), 0));
        }
        return x.dtype() == DType.BOOL
                ? select(x, lit(to, 1), lit(to, 0))
                : append(new Elementwise.ConvertElementType(to), Array.of(x));
    }

    private Atom abs(Atom x) {
        return append(new Elementwise.Unary(UnaryOp.ABS), Array.of(x));
    }

    private Atom not(Atom x) {
        return append(new Elementwise.Unary(UnaryOp.NOT), Array.of(x));
    }

    private Atom add(Atom x, Atom y) {
        return binary(BinaryOp.ADD, x, y);
    }

    private Atom sub(Atom x, Atom y) {
        return binary(BinaryOp.SUB, x, y);
    }

    private Atom and(Atom x, Atom y) {
        return binary(BinaryOp.AND, x, y);
    }

    private Atom or(Atom x, Atom y) {
        return binary(BinaryOp.OR, x, y);
    }

    private Atom binary(BinaryOp op, Atom x, Atom y) {
        return append(new Elementwise.Binary(op), Array.of(x, y));
    }

    private Atom compare(CompareOp op, Atom x, Atom y) {
        return append(new Elementwise.Compare(op), Array.of(x, y));
    }

    private Atom select(Atom condition, Atom ifTrue, Atom ifFalse) {
        return append(new Elementwise.SelectN(), Array.of(condition, ifFalse, ifTrue));
    }

    private Atom bitcast(Atom x, DType to) {
        return append(new Elementwise.BitcastConvertType(to), Array.of(x));
    }

    private Atom append(Elementwise p, Array<Atom> in) {
        return builder.append(p, in, SourceInfo.UNKNOWN).get(0);
    }

    private static Literal lit(DType dtype, long value) {
        return Literal.of(dtype, value);
    }
}
