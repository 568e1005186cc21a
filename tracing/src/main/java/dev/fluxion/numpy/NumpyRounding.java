package dev.fluxion.numpy;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;

/** Rounding, signs, and the special values of floats. Derivatives of rounding are 0. */
abstract class NumpyRounding extends NumpyArithmetic {
    /** The largest integer not above x. */
    public static NDArray floor(NDArray x) {
        return x.dtype().isFloating() ? Lax.floor(x) : x;
    }

    /** The smallest integer not below x. */
    public static NDArray ceil(NDArray x) {
        return x.dtype().isFloating() ? Lax.ceil(x) : x;
    }

    /** The integer next to x toward zero. */
    public static NDArray trunc(NDArray x) {
        return x.dtype().isFloating() ? Numpy.where(x.lt(0), Lax.ceil(x), Lax.floor(x)) : x;
    }

    /** The nearest integer as a float, halves to even. */
    public static NDArray rint(NDArray x) {
        return Lax.roundNearestEven(Operators.real(x));
    }

    /** The nearest integer, halves to even. */
    public static NDArray round(NDArray x) {
        return round(x, 0);
    }

    /** x rounded to {@code decimals} places, halves to even. */
    public static NDArray round(NDArray x, int decimals) {
        if (!x.dtype().isFloating()) {
            if (decimals < 0) {
                throw Tracing.located(
                        FluxionException.of(ErrorCode.BAD_PARAMETER, "round: " + decimals + " decimals of integers"));
            }
            return x;
        }
        if (decimals == 0) {
            return Lax.roundNearestEven(x);
        }
        double factor = Math.pow(10, Math.abs(decimals));
        return decimals > 0
                ? Lax.roundNearestEven(x.times(factor)).div(factor)
                : Lax.roundNearestEven(x.div(factor)).times(factor);
    }

    public static NDArray around(NDArray x, int decimals) {
        return round(x, decimals);
    }

    /** Whether x is NaN. */
    public static NDArray isnan(NDArray x) {
        return x.dtype().isFloating() ? x.ne(x) : never(x);
    }

    /** Whether x is infinite. */
    public static NDArray isinf(NDArray x) {
        return x.dtype().isFloating() ? Lax.abs(x).eq(Double.POSITIVE_INFINITY) : never(x);
    }

    /** Whether x is +infinity. */
    public static NDArray isposinf(NDArray x) {
        return x.dtype().isFloating() ? x.eq(Double.POSITIVE_INFINITY) : never(x);
    }

    /** Whether x is -infinity. */
    public static NDArray isneginf(NDArray x) {
        return x.dtype().isFloating() ? x.eq(Double.NEGATIVE_INFINITY) : never(x);
    }

    /** Whether x is neither infinite nor NaN. */
    public static NDArray isfinite(NDArray x) {
        return x.dtype().isFloating() ? Lax.isFinite(x) : Lax.not(never(x));
    }

    private static NDArray never(NDArray x) {
        return Lax.broadcast(scalar(false), x.shape());
    }

    /** 0 for NaN, the largest finite values for infinities. */
    public static NDArray nanToNum(NDArray x) {
        return nanToNum(x, 0.0);
    }

    /** {@code nan} for NaN, the largest finite values for infinities. */
    public static NDArray nanToNum(NDArray x, double nan) {
        double most = x.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        return x.dtype().isFloating() ? nanToNum(x, nan, most, -most) : x;
    }

    /** The given numbers for NaN, +infinity, -infinity. */
    public static NDArray nanToNum(NDArray x, double nan, double posinf, double neginf) {
        if (!x.dtype().isFloating()) {
            return x;
        }
        NDArray numbers = Numpy.where(isnan(x), nan, x);
        NDArray below = Numpy.where(isposinf(numbers), posinf, numbers);
        return Numpy.where(isneginf(below), neginf, below);
    }

    /** Whether the sign bit of x is set: true for -0.0. */
    public static NDArray signbit(NDArray x) {
        return switch (x.dtype()) {
            case BOOL -> never(x);
            case INT32, INT64 -> x.lt(0);
            case FLOAT32 -> Lax.bitcastConvertType(x, DType.INT32).lt(0);
            case FLOAT64 -> Lax.bitcastConvertType(x, DType.INT64).lt(0);
        };
    }

    /** {@code |x|} with the sign of y. */
    public static NDArray copysign(NDArray x, NDArray y) {
        DType dtype = Operators.realDType(x.dtype().promote(y.dtype()));
        NDArray size = Lax.abs(x.astype(dtype));
        return Numpy.where(signbit(y.astype(dtype)), Lax.neg(size), size);
    }

    /** {@code 0 below 0, y at 0, 1 above}; NaN of NaN; derivative 0 in x. */
    public static NDArray heaviside(NDArray x, NDArray y) {
        DType dtype = Operators.realDType(x.dtype().promote(y.dtype()));
        NDArray at = x.astype(dtype);
        NDArray onZero = Numpy.where(isnan(at), at, y.astype(dtype));
        return Numpy.where(at.lt(0), 0.0, Numpy.where(at.gt(0), 1.0, onZero));
    }

    /** The float next to x in the direction of y. */
    public static NDArray nextafter(NDArray x, NDArray y) {
        return Operators.realBinary("nextafter", BinaryOp.NEXTAFTER, x, y);
    }
}
