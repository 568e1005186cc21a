package dev.fluxion.numerics.plan;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.UnaryOp;

/** About how many machine operations an elementwise operation is in a loop body. */
final class Cost {
    static final int THREEFRY = 120;

    /** Nanoseconds from one step to the next. */
    static final long STEP = 100;

    /** How many steps a loop is taken to have whose end depends on values. */
    static final long UNKNOWN_STEPS = 1000;

    private static final int CALL = 4;

    /** Measured with 256-bit vectors of float64, arrays in the second-level cache. */
    private static final double NANOS_PER_OPERATION = 0.05;

    private static final double NANOS_PER_ACCESS = 0.1;

    private static final double NANOS_PER_MOVE = 0.5;

    private static final double NANOS_PER_PRODUCT_BYTE = 0.006;

    private Cost() {}

    /**
     * About how long a kernel runs on one thread.
     *
     * @param elements how often the body runs
     * @param cost the sum over its operations
     * @param arrays how many arrays it reads or writes
     */
    static long nanos(long elements, int cost, int arrays) {
        return (long) (elements * (cost * NANOS_PER_OPERATION + arrays * NANOS_PER_ACCESS));
    }

    /** About how long a copy of so many elements takes. */
    static long move(int elements) {
        return (long) (elements * NANOS_PER_MOVE);
    }

    /** About how long a matrix product takes: {@code elements} sums of {@code k} products. */
    static long product(DType dtype, int elements, int k) {
        return (long) ((double) elements * k * dtype.byteSize() * NANOS_PER_PRODUCT_BYTE);
    }

    static int of(Elementwise p) {
        return switch (p) {
            case Elementwise.Unary(UnaryOp op) -> of(op);
            case Elementwise.Binary(BinaryOp op) -> of(op);
            case Elementwise.IntegerPow(int y) -> 2 * (32 - Integer.numberOfLeadingZeros(Math.abs(y)));
            case Elementwise.Polygamma(int m) -> m == 1 ? 60 : CALL;
            case Elementwise.SelectN _, Elementwise.Clamp _ -> 2;
            case Elementwise.Compare _,
                    Elementwise.Fma _,
                    Elementwise.ConvertElementType _,
                    Elementwise.BitcastConvertType _,
                    Elementwise.StopGradient _,
                    Elementwise.Named _,
                    Elementwise.Copy _ -> 1;
        };
    }

    private static int of(UnaryOp op) {
        return switch (op) {
            case SIN, COS, EXP, EXP2, LOG, LOG2, LOG10, ASIN, ACOS, ATAN -> 25;
            case TANH, LOGISTIC, EXPM1, LOG1P, TAN, SINH, COSH, ASINH, ACOSH, ATANH, CBRT -> 35;
            case ERF -> 60;
            case ERFC -> 90;
            case ERF_INV, LGAMMA, DIGAMMA -> 105;
            case NEG,
                    SQRT,
                    RSQRT,
                    ABS,
                    SIGN,
                    FLOOR,
                    CEIL,
                    ROUND,
                    ROUND_NEAREST_EVEN,
                    IS_FINITE,
                    NOT,
                    SQUARE,
                    RECIPROCAL -> 1;
        };
    }

    private static int of(BinaryOp op) {
        return switch (op) {
            case POW -> 100;
            case ATAN2 -> 35;
            case NEXTAFTER, REM -> CALL;
            case ADD, SUB, MUL, DIV, MAX, MIN, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL, SHIFT_RIGHT_ARITHMETIC ->
                1;
        };
    }
}
