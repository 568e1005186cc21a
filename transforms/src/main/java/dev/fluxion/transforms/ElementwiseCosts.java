package dev.fluxion.transforms;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.UnaryOp;

/** Which operations on elements are arithmetic, and which are functions that take many steps. */
final class ElementwiseCosts {
    private ElementwiseCosts() {}

    static boolean isTranscendental(UnaryOp op) {
        return switch (op) {
            case SIN,
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
                    SQRT,
                    RSQRT,
                    CBRT,
                    LOGISTIC,
                    ERF,
                    ERFC,
                    ERF_INV,
                    LGAMMA,
                    DIGAMMA -> true;
            case NEG, ABS, SIGN, FLOOR, CEIL, ROUND, ROUND_NEAREST_EVEN, IS_FINITE, NOT, SQUARE, RECIPROCAL -> false;
        };
    }

    static boolean isTranscendental(BinaryOp op) {
        return switch (op) {
            case POW, ATAN2 -> true;
            case ADD,
                    SUB,
                    MUL,
                    DIV,
                    REM,
                    MAX,
                    MIN,
                    NEXTAFTER,
                    AND,
                    OR,
                    XOR,
                    SHIFT_LEFT,
                    SHIFT_RIGHT_LOGICAL,
                    SHIFT_RIGHT_ARITHMETIC -> false;
        };
    }

    /** The products (and the division) in {@code x^y} by repeated squaring. */
    static int products(int y) {
        int n = Math.abs(y);
        int squarings = n < 2 ? 0 : 31 - Integer.numberOfLeadingZeros(n);
        return squarings + Math.max(0, Integer.bitCount(n) - 1) + (y < 0 ? 1 : 0);
    }
}
