package dev.fluxion.ir;

import dev.fluxion.ir.scalar.Elementary;
import dev.fluxion.ir.scalar.ErrorFunctions;
import dev.fluxion.ir.scalar.GammaFunctions;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * The unary elementwise operations, each with its scalar reference meaning. On FLOAT32 the meaning is the FLOAT64 one,
 * rounded; on INT32 the INT64 one, wrapped.
 */
public enum UnaryOp {
    NEG(x -> -x, x -> -x),
    SIN(StrictMath::sin),
    COS(StrictMath::cos),
    TAN(StrictMath::tan),
    ASIN(StrictMath::asin),
    ACOS(StrictMath::acos),
    ATAN(StrictMath::atan),
    SINH(StrictMath::sinh),
    COSH(StrictMath::cosh),
    TANH(StrictMath::tanh),
    ASINH(Elementary::asinh),
    ACOSH(Elementary::acosh),
    ATANH(Elementary::atanh),
    EXP(StrictMath::exp),
    EXP2(Elementary::exp2),
    EXPM1(StrictMath::expm1),
    LOG(StrictMath::log),
    LOG1P(StrictMath::log1p),
    /** Exact at powers of two. */
    LOG2(Elementary::log2),
    /** Exact at powers of ten. */
    LOG10(StrictMath::log10),
    SQRT(Math::sqrt),
    /** {@code 1/sqrt(x)}. */
    RSQRT(Elementary::rsqrt),
    CBRT(StrictMath::cbrt),
    /** {@code 1/(1+exp(-x))}. */
    LOGISTIC(Elementary::logistic),
    ABS(Math::abs, Math::abs),
    /** -1, 0 or 1; keeps NaN and signed zeros. */
    SIGN(Math::signum, Long::signum),
    FLOOR(Math::floor),
    CEIL(Math::ceil),
    /** To the nearest integer, halves away from zero: lax's {@code round}. */
    ROUND(Elementary::roundHalfAway),
    /** To the nearest integer, halves to even: NumPy's {@code round}. */
    ROUND_NEAREST_EVEN(Math::rint),
    /** Neither infinite nor NaN; the result is BOOL. */
    IS_FINITE(x -> Double.isFinite(x) ? 1 : 0),
    /** Bitwise complement of integers, logical of BOOL. */
    NOT(null, x -> ~x),
    ERF(ErrorFunctions::erf),
    ERFC(ErrorFunctions::erfc),
    ERF_INV(ErrorFunctions::erfInv),
    LGAMMA(GammaFunctions::lgamma),
    DIGAMMA(GammaFunctions::digamma),
    SQUARE(x -> x * x, x -> x * x),
    /** {@code 1/x}. */
    RECIPROCAL(x -> 1 / x);

    private final DoubleUnaryOperator real;
    private final LongUnaryOperator integral;
    private final String text = name().toLowerCase(Locale.ROOT);

    UnaryOp(DoubleUnaryOperator real) {
        this(real, null);
    }

    UnaryOp(DoubleUnaryOperator real, LongUnaryOperator integral) {
        this.real = real;
        this.integral = integral;
    }

    /** Whether the operation takes operands of this dtype. */
    public boolean accepts(DType dtype) {
        return switch (dtype) {
            case BOOL -> this == NOT;
            case INT32, INT64 -> integral != null;
            case FLOAT32, FLOAT64 -> real != null;
        };
    }

    /** The reference meaning on floats. IS_FINITE gives 1 or 0. */
    public double apply(double x) {
        return real.applyAsDouble(x);
    }

    /** The reference meaning on integers. */
    public long apply(long x) {
        return integral.applyAsLong(x);
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
