package dev.fluxion.ir;

import dev.fluxion.ir.scalar.Elementary;
import dev.fluxion.ir.scalar.ErrorFunctions;
import dev.fluxion.ir.scalar.GammaFunctions;
import java.util.Locale;

/**
 * The unary elementwise operations, each with its scalar reference meaning. On FLOAT32 the meaning is the FLOAT64 one,
 * rounded; on INT32 the INT64 one, wrapped.
 */
public enum UnaryOp {
    NEG,
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
    /** Exact at powers of two. */
    LOG2,
    /** Exact at powers of ten. */
    LOG10,
    SQRT,
    /** {@code 1/sqrt(x)}. */
    RSQRT,
    CBRT,
    /** {@code 1/(1+exp(-x))}. */
    LOGISTIC,
    ABS,
    /** -1, 0 or 1; keeps NaN and signed zeros. */
    SIGN,
    FLOOR,
    CEIL,
    /** To the nearest integer, halves away from zero: lax's {@code round}. */
    ROUND,
    /** To the nearest integer, halves to even: NumPy's {@code round}. */
    ROUND_NEAREST_EVEN,
    /** Neither infinite nor NaN; the result is BOOL. */
    IS_FINITE,
    /** Bitwise complement of integers, logical of BOOL. */
    NOT,
    ERF,
    ERFC,
    ERF_INV,
    LGAMMA,
    DIGAMMA,
    SQUARE,
    /** {@code 1/x}. */
    RECIPROCAL;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Whether the operation takes operands of this dtype. */
    public boolean accepts(DType dtype) {
        return switch (dtype) {
            case BOOL -> this == NOT;
            case INT32, INT64 -> this == NEG || this == ABS || this == SIGN || this == NOT || this == SQUARE;
            case FLOAT32, FLOAT64 -> this != NOT;
        };
    }

    /** The reference meaning on floats. IS_FINITE gives 1 or 0. */
    public double apply(double x) {
        return switch (this) {
            case NEG -> -x;
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TAN -> StrictMath.tan(x);
            case ASIN -> StrictMath.asin(x);
            case ACOS -> StrictMath.acos(x);
            case ATAN -> StrictMath.atan(x);
            case SINH -> StrictMath.sinh(x);
            case COSH -> StrictMath.cosh(x);
            case TANH -> StrictMath.tanh(x);
            case ASINH -> Elementary.asinh(x);
            case ACOSH -> Elementary.acosh(x);
            case ATANH -> Elementary.atanh(x);
            case EXP -> StrictMath.exp(x);
            case EXP2 -> Elementary.exp2(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG -> StrictMath.log(x);
            case LOG1P -> StrictMath.log1p(x);
            case LOG2 -> Elementary.log2(x);
            case LOG10 -> StrictMath.log10(x);
            case SQRT -> Math.sqrt(x);
            case RSQRT -> Elementary.rsqrt(x);
            case CBRT -> StrictMath.cbrt(x);
            case LOGISTIC -> Elementary.logistic(x);
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Elementary.roundHalfAway(x);
            case ROUND_NEAREST_EVEN -> Math.rint(x);
            case IS_FINITE -> Double.isFinite(x) ? 1 : 0;
            case ERF -> ErrorFunctions.erf(x);
            case ERFC -> ErrorFunctions.erfc(x);
            case ERF_INV -> ErrorFunctions.erfInv(x);
            case LGAMMA -> GammaFunctions.lgamma(x);
            case DIGAMMA -> GammaFunctions.digamma(x);
            case SQUARE -> x * x;
            case RECIPROCAL -> 1 / x;
            case NOT -> throw new IllegalStateException(this + " has no meaning on floats");
        };
    }

    /** The reference meaning on integers. */
    public long apply(long x) {
        return switch (this) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Long.signum(x);
            case NOT -> ~x;
            case SQUARE -> x * x;
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
                    FLOOR,
                    CEIL,
                    ROUND,
                    ROUND_NEAREST_EVEN,
                    IS_FINITE,
                    ERF,
                    ERFC,
                    ERF_INV,
                    LGAMMA,
                    DIGAMMA,
                    RECIPROCAL -> throw new IllegalStateException(this + " has no meaning on integers");
        };
    }

    /** True when the result is the exact one, correctly rounded, on every machine: such operations fold at build time. */
    public boolean isExact() {
        return switch (this) {
            case NEG, SQRT, ABS, SIGN, FLOOR, CEIL, ROUND, ROUND_NEAREST_EVEN, IS_FINITE, NOT, SQUARE, RECIPROCAL ->
                true;
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
                    RSQRT,
                    CBRT,
                    LOGISTIC,
                    ERF,
                    ERFC,
                    ERF_INV,
                    LGAMMA,
                    DIGAMMA -> false;
        };
    }

    /** The result dtype for an accepted operand dtype. */
    public DType resultType(DType operand) {
        return this == IS_FINITE ? DType.BOOL : operand;
    }

    @Override
    public String toString() {
        return text;
    }
}
