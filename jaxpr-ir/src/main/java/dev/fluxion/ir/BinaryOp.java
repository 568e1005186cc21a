package dev.fluxion.ir;

import dev.fluxion.ir.scalar.Elementary;
import dev.fluxion.ir.scalar.Powers;
import java.util.Locale;

/** The binary elementwise operations, each with its scalar reference meaning. */
public enum BinaryOp {
    ADD,
    SUB,
    MUL,
    /** Integers truncate toward zero; {@code x/0 = -1} as in XLA. */
    DIV,
    /** The remainder with the sign of the dividend. */
    REM,
    POW,
    /** The angle of the point (y, x): operands {@code (y, x)}. */
    ATAN2,
    /** NaN wins. */
    MAX,
    /** NaN wins. */
    MIN,
    /** The neighbour of x in the direction of y, in the operands' own dtype. */
    NEXTAFTER,
    /** Bitwise on integers, logical on BOOL. */
    AND,
    /** Bitwise on integers, logical on BOOL. */
    OR,
    /** Bitwise on integers, logical on BOOL. */
    XOR,
    /** {@code x << y}; 0 when y is outside the width. */
    SHIFT_LEFT,
    /** {@code x >>> y}; 0 when y is outside the width. */
    SHIFT_RIGHT_LOGICAL,
    /** {@code x >> y}; the sign when y is outside the width. */
    SHIFT_RIGHT_ARITHMETIC;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Whether the operation takes operands of this dtype. */
    public boolean accepts(DType dtype) {
        return switch (this) {
            case ADD, SUB, MUL, DIV, REM, POW -> dtype.isNumeric();
            case MAX, MIN -> true;
            case ATAN2, NEXTAFTER -> dtype.isFloating();
            case AND, OR, XOR -> !dtype.isFloating();
            case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> dtype.isInteger();
        };
    }

    /** The reference meaning on the given floating dtype; operands and result are values of that dtype. */
    public double apply(DType dtype, double x, double y) {
        return switch (this) {
            case ADD -> round(dtype, x + y);
            case SUB -> round(dtype, x - y);
            case MUL -> round(dtype, x * y);
            case DIV -> round(dtype, x / y);
            case REM -> x % y;
            case POW -> round(dtype, Powers.pow(x, y));
            case ATAN2 -> round(dtype, StrictMath.atan2(x, y));
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case NEXTAFTER -> dtype == DType.FLOAT32 ? Math.nextAfter((float) x, y) : Math.nextAfter(x, y);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> throw noMeaning(dtype);
        };
    }

    /** The reference meaning on the given integer dtype, or on BOOL as 0 and 1. */
    public long apply(DType dtype, long x, long y) {
        int width = dtype.byteSize() * 8;
        return switch (this) {
            case ADD -> wrap(dtype, x + y);
            case SUB -> wrap(dtype, x - y);
            case MUL -> wrap(dtype, x * y);
            case DIV -> wrap(dtype, Elementary.div(x, y));
            case REM -> Elementary.rem(x, y);
            case POW -> wrap(dtype, Powers.pow(x, y));
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SHIFT_LEFT -> wrap(dtype, Elementary.shiftLeft(x, y, width));
            case SHIFT_RIGHT_LOGICAL -> wrap(dtype, Elementary.shiftRightLogical(x, y, width));
            case SHIFT_RIGHT_ARITHMETIC -> Elementary.shiftRightArithmetic(x, y, width);
            case ATAN2, NEXTAFTER -> throw noMeaning(dtype);
        };
    }

    /** {@code x op y == y op x}. */
    public boolean isCommutative() {
        return switch (this) {
            case ADD, MUL, MAX, MIN, AND, OR, XOR -> true;
            case SUB, DIV, REM, POW, ATAN2, NEXTAFTER, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC -> false;
        };
    }

    /** True when the result is the exact one, correctly rounded, on every machine: such operations fold at build time. */
    public boolean isExact() {
        return this != POW && this != ATAN2;
    }

    private IllegalStateException noMeaning(DType dtype) {
        return new IllegalStateException(this + " has no meaning on " + dtype);
    }

    private static double round(DType dtype, double value) {
        return dtype == DType.FLOAT32 ? (float) value : value;
    }

    private static long wrap(DType dtype, long value) {
        return dtype == DType.INT32 ? (int) value : value;
    }

    @Override
    public String toString() {
        return text;
    }
}
