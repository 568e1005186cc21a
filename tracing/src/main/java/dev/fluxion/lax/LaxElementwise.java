package dev.fluxion.lax;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;

/** The elementwise operations of the IR as functions: operands have equal shapes and dtypes, or are concrete scalars. */
abstract class LaxElementwise {
    /** {@code op(x)}. */
    public static NDArray unary(UnaryOp op, NDArray x) {
        return Tracing.bind(new Elementwise.Unary(op), x);
    }

    /** {@code op(x, y)}. */
    public static NDArray binary(BinaryOp op, NDArray x, NDArray y) {
        return Tracing.bind(new Elementwise.Binary(op), x, y);
    }

    /** {@code x op y}, of dtype BOOL. */
    public static NDArray compare(CompareOp op, NDArray x, NDArray y) {
        return Tracing.bind(new Elementwise.Compare(op), x, y);
    }

    /** {@code -x}. */
    public static NDArray neg(NDArray x) {
        return unary(UnaryOp.NEG, x);
    }

    /** {@code sin x}. */
    public static NDArray sin(NDArray x) {
        return unary(UnaryOp.SIN, x);
    }

    /** {@code cos x}. */
    public static NDArray cos(NDArray x) {
        return unary(UnaryOp.COS, x);
    }

    /** {@code tan x}. */
    public static NDArray tan(NDArray x) {
        return unary(UnaryOp.TAN, x);
    }

    /** {@code asin x}. */
    public static NDArray asin(NDArray x) {
        return unary(UnaryOp.ASIN, x);
    }

    /** {@code acos x}. */
    public static NDArray acos(NDArray x) {
        return unary(UnaryOp.ACOS, x);
    }

    /** {@code atan x}. */
    public static NDArray atan(NDArray x) {
        return unary(UnaryOp.ATAN, x);
    }

    /** {@code sinh x}. */
    public static NDArray sinh(NDArray x) {
        return unary(UnaryOp.SINH, x);
    }

    /** {@code cosh x}. */
    public static NDArray cosh(NDArray x) {
        return unary(UnaryOp.COSH, x);
    }

    /** {@code tanh x}. */
    public static NDArray tanh(NDArray x) {
        return unary(UnaryOp.TANH, x);
    }

    /** {@code asinh x}. */
    public static NDArray asinh(NDArray x) {
        return unary(UnaryOp.ASINH, x);
    }

    /** {@code acosh x}. */
    public static NDArray acosh(NDArray x) {
        return unary(UnaryOp.ACOSH, x);
    }

    /** {@code atanh x}. */
    public static NDArray atanh(NDArray x) {
        return unary(UnaryOp.ATANH, x);
    }

    /** {@code e^x}. */
    public static NDArray exp(NDArray x) {
        return unary(UnaryOp.EXP, x);
    }

    /** {@code 2^x}. */
    public static NDArray exp2(NDArray x) {
        return unary(UnaryOp.EXP2, x);
    }

    /** {@code e^x - 1, exact near 0}. */
    public static NDArray expm1(NDArray x) {
        return unary(UnaryOp.EXPM1, x);
    }

    /** {@code ln x}. */
    public static NDArray log(NDArray x) {
        return unary(UnaryOp.LOG, x);
    }

    /** {@code ln(1 + x), exact near 0}. */
    public static NDArray log1p(NDArray x) {
        return unary(UnaryOp.LOG1P, x);
    }

    /** {@code log x / log 2}, exact at powers of two. */
    public static NDArray log2(NDArray x) {
        return unary(UnaryOp.LOG2, x);
    }

    /** {@code log x / log 10}, exact at powers of ten. */
    public static NDArray log10(NDArray x) {
        return unary(UnaryOp.LOG10, x);
    }

    /** {@code x^(1/2)}. */
    public static NDArray sqrt(NDArray x) {
        return unary(UnaryOp.SQRT, x);
    }

    /** {@code x^(-1/2)}. */
    public static NDArray rsqrt(NDArray x) {
        return unary(UnaryOp.RSQRT, x);
    }

    /** {@code x^(1/3)}. */
    public static NDArray cbrt(NDArray x) {
        return unary(UnaryOp.CBRT, x);
    }

    /** {@code 1 / (1 + e^-x)}. */
    public static NDArray logistic(NDArray x) {
        return unary(UnaryOp.LOGISTIC, x);
    }

    /** {@code |x|}. */
    public static NDArray abs(NDArray x) {
        return unary(UnaryOp.ABS, x);
    }

    /** {@code -1, 0 or 1}. */
    public static NDArray sign(NDArray x) {
        return unary(UnaryOp.SIGN, x);
    }

    /** {@code the largest integer not above x}. */
    public static NDArray floor(NDArray x) {
        return unary(UnaryOp.FLOOR, x);
    }

    /** {@code the smallest integer not below x}. */
    public static NDArray ceil(NDArray x) {
        return unary(UnaryOp.CEIL, x);
    }

    /** {@code the nearest integer, halves to even}. */
    public static NDArray roundNearestEven(NDArray x) {
        return unary(UnaryOp.ROUND_NEAREST_EVEN, x);
    }

    /** {@code neither infinite nor NaN}. */
    public static NDArray isFinite(NDArray x) {
        return unary(UnaryOp.IS_FINITE, x);
    }

    /** {@code bitwise or logical complement}. */
    public static NDArray not(NDArray x) {
        return unary(UnaryOp.NOT, x);
    }

    /** {@code 2/sqrt(pi) int_0^x e^(-t^2) dt}. */
    public static NDArray erf(NDArray x) {
        return unary(UnaryOp.ERF, x);
    }

    /** {@code 1 - erf x}. */
    public static NDArray erfc(NDArray x) {
        return unary(UnaryOp.ERFC, x);
    }

    /** {@code the inverse of erf}. */
    public static NDArray erfInv(NDArray x) {
        return unary(UnaryOp.ERF_INV, x);
    }

    /** {@code ln |Gamma(x)|}. */
    public static NDArray lgamma(NDArray x) {
        return unary(UnaryOp.LGAMMA, x);
    }

    /** {@code (ln Gamma)'(x)}. */
    public static NDArray digamma(NDArray x) {
        return unary(UnaryOp.DIGAMMA, x);
    }

    /** {@code x x}. */
    public static NDArray square(NDArray x) {
        return unary(UnaryOp.SQUARE, x);
    }

    /** {@code 1 / x}. */
    public static NDArray reciprocal(NDArray x) {
        return unary(UnaryOp.RECIPROCAL, x);
    }

    /** The nearest integer, halves away from zero. */
    public static NDArray round(NDArray x) {
        return unary(UnaryOp.ROUND, x);
    }

    /** {@code x + y}. */
    public static NDArray add(NDArray x, NDArray y) {
        return binary(BinaryOp.ADD, x, y);
    }

    /** {@code x - y}. */
    public static NDArray sub(NDArray x, NDArray y) {
        return binary(BinaryOp.SUB, x, y);
    }

    /** {@code x y}. */
    public static NDArray mul(NDArray x, NDArray y) {
        return binary(BinaryOp.MUL, x, y);
    }

    /** {@code x / y; integers truncate}. */
    public static NDArray div(NDArray x, NDArray y) {
        return binary(BinaryOp.DIV, x, y);
    }

    /** {@code the remainder of x / y with the sign of x}. */
    public static NDArray rem(NDArray x, NDArray y) {
        return binary(BinaryOp.REM, x, y);
    }

    /** {@code x^y}. */
    public static NDArray pow(NDArray x, NDArray y) {
        return binary(BinaryOp.POW, x, y);
    }

    /** {@code the angle of the point (y, x)}. */
    public static NDArray atan2(NDArray y, NDArray x) {
        return binary(BinaryOp.ATAN2, y, x);
    }

    /** {@code the larger; NaN wins}. */
    public static NDArray max(NDArray x, NDArray y) {
        return binary(BinaryOp.MAX, x, y);
    }

    /** {@code the smaller; NaN wins}. */
    public static NDArray min(NDArray x, NDArray y) {
        return binary(BinaryOp.MIN, x, y);
    }

    /** {@code the neighbour of x toward y}. */
    public static NDArray nextafter(NDArray x, NDArray y) {
        return binary(BinaryOp.NEXTAFTER, x, y);
    }

    /** {@code x and y}. */
    public static NDArray bitwiseAnd(NDArray x, NDArray y) {
        return binary(BinaryOp.AND, x, y);
    }

    /** {@code x or y}. */
    public static NDArray bitwiseOr(NDArray x, NDArray y) {
        return binary(BinaryOp.OR, x, y);
    }

    /** {@code x xor y}. */
    public static NDArray bitwiseXor(NDArray x, NDArray y) {
        return binary(BinaryOp.XOR, x, y);
    }

    /** {@code x << y}. */
    public static NDArray shiftLeft(NDArray x, NDArray y) {
        return binary(BinaryOp.SHIFT_LEFT, x, y);
    }

    /** {@code x >>> y}. */
    public static NDArray shiftRightLogical(NDArray x, NDArray y) {
        return binary(BinaryOp.SHIFT_RIGHT_LOGICAL, x, y);
    }

    /** {@code x >> y}. */
    public static NDArray shiftRightArithmetic(NDArray x, NDArray y) {
        return binary(BinaryOp.SHIFT_RIGHT_ARITHMETIC, x, y);
    }

    /** {@code x == y}. */
    public static NDArray eq(NDArray x, NDArray y) {
        return compare(CompareOp.EQ, x, y);
    }

    /** {@code x != y}. */
    public static NDArray ne(NDArray x, NDArray y) {
        return compare(CompareOp.NE, x, y);
    }

    /** {@code x < y}. */
    public static NDArray lt(NDArray x, NDArray y) {
        return compare(CompareOp.LT, x, y);
    }

    /** {@code x <= y}. */
    public static NDArray le(NDArray x, NDArray y) {
        return compare(CompareOp.LE, x, y);
    }

    /** {@code x > y}. */
    public static NDArray gt(NDArray x, NDArray y) {
        return compare(CompareOp.GT, x, y);
    }

    /** {@code x >= y}. */
    public static NDArray ge(NDArray x, NDArray y) {
        return compare(CompareOp.GE, x, y);
    }

    /** {@code x^y} for a static integer y. */
    public static NDArray integerPow(NDArray x, int y) {
        return Tracing.bind(new Elementwise.IntegerPow(y), x);
    }

    /** {@code psi^(m)(x)}: the m-th derivative of digamma. */
    public static NDArray polygamma(int m, NDArray x) {
        return m == 0 ? digamma(x) : Tracing.bind(new Elementwise.Polygamma(m), x);
    }

    /** {@code x y + z} with one rounding. */
    public static NDArray fma(NDArray x, NDArray y, NDArray z) {
        return Tracing.bind(new Elementwise.Fma(), x, y, z);
    }

    /** {@code pred ? onTrue : onFalse} per element. */
    public static NDArray select(NDArray pred, NDArray onTrue, NDArray onFalse) {
        return Tracing.bind(new Elementwise.SelectN(), pred, onFalse, onTrue);
    }

    /** {@code cases[which]} per element; {@code which} is BOOL or INT32. */
    public static NDArray selectN(NDArray which, NDArray... cases) {
        NDArray[] operands = new NDArray[cases.length + 1];
        operands[0] = which;
        System.arraycopy(cases, 0, operands, 1, cases.length);
        return Tracing.bind(new Elementwise.SelectN(), operands);
    }

    /** {@code min(max(x, lo), hi)}. */
    public static NDArray clamp(NDArray lo, NDArray x, NDArray hi) {
        return Tracing.bind(new Elementwise.Clamp(), lo, x, hi);
    }

    /** x as another dtype: floats truncate to integers and saturate. */
    public static NDArray convertElementType(NDArray x, DType newDtype) {
        return x.dtype() == newDtype ? x : Tracing.bind(new Elementwise.ConvertElementType(newDtype), x);
    }

    /** The bits of x read as another dtype of equal width. */
    public static NDArray bitcastConvertType(NDArray x, DType newDtype) {
        return Tracing.bind(new Elementwise.BitcastConvertType(newDtype), x);
    }

    /** x, with derivative zero. */
    public static NDArray stopGradient(NDArray x) {
        return Tracing.bind(new Elementwise.StopGradient(), x);
    }
}
