package dev.fluxion.numpy;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tracing.Value;
import io.vavr.Tuple;
import io.vavr.Tuple2;

/** Arithmetic of two operands. A Java scalar takes the array's dtype. */
abstract class NumpyArithmetic extends NumpyMath {

    /** {@code x + y}; logical "or" of truth values. */
    public static NDArray add(NDArray x, NDArray y) {
        return Operators.binary(BinaryOp.ADD, x, y);
    }

    public static NDArray add(NDArray x, Number y) {
        return add(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray add(Number x, NDArray y) {
        return add(Operators.weak(y.dtype(), x), y);
    }

    /** {@code x - y}. */
    public static NDArray subtract(NDArray x, NDArray y) {
        return Operators.binary(BinaryOp.SUB, x, y);
    }

    public static NDArray subtract(NDArray x, Number y) {
        return subtract(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray subtract(Number x, NDArray y) {
        return subtract(Operators.weak(y.dtype(), x), y);
    }

    /** {@code x y}; logical "and" of truth values. */
    public static NDArray multiply(NDArray x, NDArray y) {
        return Operators.binary(BinaryOp.MUL, x, y);
    }

    public static NDArray multiply(NDArray x, Number y) {
        return multiply(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray multiply(Number x, NDArray y) {
        return multiply(Operators.weak(y.dtype(), x), y);
    }

    /** {@code x / y} as real numbers: integers become FLOAT64. */
    public static NDArray divide(NDArray x, NDArray y) {
        return Operators.realBinary("divide", BinaryOp.DIV, x, y);
    }

    public static NDArray divide(NDArray x, Number y) {
        return divide(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray divide(Number x, NDArray y) {
        return divide(Operators.weak(y.dtype(), x), y);
    }

    public static NDArray trueDivide(NDArray x, NDArray y) {
        return divide(x, y);
    }

    /** {@code floor(x / y)}; derivative 0. */
    public static NDArray floorDivide(NDArray x, NDArray y) {
        return divmod(x, y)._1;
    }

    public static NDArray floorDivide(NDArray x, Number y) {
        return floorDivide(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray floorDivide(Number x, NDArray y) {
        return floorDivide(Operators.weak(y.dtype(), x), y);
    }

    /** {@code x - y floor(x / y)}: the remainder with the sign of y; 0 for an integer {@code y = 0}. */
    public static NDArray remainder(NDArray x, NDArray y) {
        NDArray[] operands = numbers("remainder", x, y);
        NDArray divisor = divisor(operands[1]);
        NDArray truncated = Lax.rem(operands[0], divisor);
        NDArray opposite = truncated.lt(0).ne(divisor.lt(0)).and(truncated.ne(0));
        return Numpy.where(opposite, truncated.plus(divisor), truncated);
    }

    public static NDArray remainder(NDArray x, Number y) {
        return remainder(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray remainder(Number x, NDArray y) {
        return remainder(Operators.weak(y.dtype(), x), y);
    }

    /** The remainder of {@code x / y} with the sign of x; 0 for an integer {@code y = 0}. */
    public static NDArray fmod(NDArray x, NDArray y) {
        NDArray[] operands = numbers("fmod", x, y);
        return Lax.rem(operands[0], divisor(operands[1]));
    }

    public static NDArray fmod(NDArray x, Number y) {
        return fmod(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray fmod(Number x, NDArray y) {
        return fmod(Operators.weak(y.dtype(), x), y);
    }

    /** {@link #remainder}. */
    public static NDArray mod(NDArray x, NDArray y) {
        return remainder(x, y);
    }

    public static NDArray mod(NDArray x, Number y) {
        return remainder(x, y);
    }

    public static NDArray mod(Number x, NDArray y) {
        return remainder(x, y);
    }

    /** {@code (floor(x / y), x mod y)}. */
    public static Tuple2<NDArray, NDArray> divmod(NDArray x, NDArray y) {
        NDArray[] operands = numbers("divmod", x, y);
        return operands[0].dtype().isInteger()
                ? Tuple.of(floorOfIntegers(operands[0], operands[1]), remainder(operands[0], operands[1]))
                : divmodOfFloats(operands[0], operands[1]);
    }

    private static NDArray floorOfIntegers(NDArray x, NDArray y) {
        NDArray truncated = Lax.div(x, y);
        NDArray below = Lax.sign(x).ne(Lax.sign(y)).and(Lax.rem(x, y).ne(0));
        return Numpy.where(below, truncated.minus(1), truncated);
    }

    /** As CPython's float division: the quotient is a whole number even where {@code x / y} rounds up. */
    private static Tuple2<NDArray, NDArray> divmodOfFloats(NDArray x, NDArray y) {
        NDArray mod = Lax.rem(x, y);
        NDArray quotient = Numpy.where(y.eq(0), x, x.minus(mod)).div(y);
        NDArray opposite = mod.ne(0).and(Lax.sign(y).ne(Lax.sign(mod)));
        return Tuple.of(
                Lax.round(Numpy.where(opposite, quotient.minus(1), quotient)), Numpy.where(opposite, mod.plus(y), mod));
    }

    /** The operands as broadcast numbers of one dtype. */
    private static NDArray[] numbers(String name, NDArray x, NDArray y) {
        DType dtype = x.dtype().promote(y.dtype());
        DType number = dtype.isNumeric() ? dtype : DType.INT64;
        return Shapes.common(name, x.astype(number), y.astype(number));
    }

    /** The divisor with 1 for an integer 0: a remainder of 0 instead of an undefined one. */
    private static NDArray divisor(NDArray y) {
        return y.dtype().isInteger() ? Numpy.where(y.eq(0), 1, y) : y;
    }

    /** {@code x^y}. A concrete integer scalar y is a repeated product, with finite derivatives at 0. */
    public static NDArray power(NDArray x, NDArray y) {
        if (y.ndim() == 0 && y.dtype().isInteger() && y.value() instanceof Value.Concrete concrete) {
            return power(x, (Number) concrete.read().longAt(0));
        }
        return Operators.binary("power", BinaryOp.POW, Operators.numeric(x), Operators.numeric(y));
    }

    /** {@code x^y}; an integer y is a repeated product, with finite derivatives at 0. */
    public static NDArray power(NDArray x, Number y) {
        boolean fits = (y instanceof Integer || y instanceof Long) && y.longValue() == y.intValue();
        return fits ? integerPower(Operators.numeric(x), y.intValue()) : power(x, Operators.weak(x.dtype(), y));
    }

    /** {@code x^y}. */
    public static NDArray power(Number x, NDArray y) {
        return power(Operators.weak(y.dtype(), x), y);
    }

    public static NDArray pow(NDArray x, NDArray y) {
        return power(x, y);
    }

    public static NDArray pow(NDArray x, Number y) {
        return power(x, y);
    }

    private static NDArray integerPower(NDArray x, int exponent) {
        if (exponent < 0 && x.dtype().isInteger()) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_PARAMETER, "power: " + x.type() + " has no power " + exponent)
                            .hint("integers have no negative powers: convert with astype(DType.FLOAT64)"));
        }
        return Lax.integerPow(x, exponent);
    }

    /** {@code x^y} as real numbers. */
    public static NDArray floatPower(NDArray x, NDArray y) {
        return Operators.realBinary("floatPower", BinaryOp.POW, x, y);
    }

    /** The larger of two; NaN wins. Where they are equal each has half the derivative. */
    public static NDArray maximum(NDArray x, NDArray y) {
        return Operators.binary("maximum", BinaryOp.MAX, x, y);
    }

    public static NDArray maximum(NDArray x, Number y) {
        return maximum(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray maximum(Number x, NDArray y) {
        return maximum(Operators.weak(y.dtype(), x), y);
    }

    /** The smaller of two; NaN wins. Where they are equal each has half the derivative. */
    public static NDArray minimum(NDArray x, NDArray y) {
        return Operators.binary("minimum", BinaryOp.MIN, x, y);
    }

    public static NDArray minimum(NDArray x, Number y) {
        return minimum(x, Operators.weak(x.dtype(), y));
    }

    public static NDArray minimum(Number x, NDArray y) {
        return minimum(Operators.weak(y.dtype(), x), y);
    }

    /** The larger of two; a number wins over NaN. */
    public static NDArray fmax(NDArray x, NDArray y) {
        return Numpy.where(x.gt(y).or(Numpy.isnan(y)), x, y);
    }

    /** The smaller of two; a number wins over NaN. */
    public static NDArray fmin(NDArray x, NDArray y) {
        return Numpy.where(x.lt(y).or(Numpy.isnan(y)), x, y);
    }
}
