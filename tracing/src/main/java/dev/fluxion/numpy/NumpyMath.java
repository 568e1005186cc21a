package dev.fluxion.numpy;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.lax.Lax;

/** Elementary functions of one array; integers and truth values become FLOAT64. */
abstract class NumpyMath extends NumpyMatrices {
    private static final double SINC_SERIES_BELOW = 1.5;
    private static final int SINC_TERMS = 13;

    /** {@code sin x}. */
    public static NDArray sin(NDArray x) {
        return Operators.realUnary(UnaryOp.SIN, x);
    }

    /** {@code cos x}. */
    public static NDArray cos(NDArray x) {
        return Operators.realUnary(UnaryOp.COS, x);
    }

    /** {@code tan x}. */
    public static NDArray tan(NDArray x) {
        return Operators.realUnary(UnaryOp.TAN, x);
    }

    /** The angle whose sine is x. */
    public static NDArray arcsin(NDArray x) {
        return Operators.realUnary(UnaryOp.ASIN, x);
    }

    public static NDArray asin(NDArray x) {
        return arcsin(x);
    }

    /** The angle whose cosine is x. */
    public static NDArray arccos(NDArray x) {
        return Operators.realUnary(UnaryOp.ACOS, x);
    }

    public static NDArray acos(NDArray x) {
        return arccos(x);
    }

    /** The angle whose tangent is x. */
    public static NDArray arctan(NDArray x) {
        return Operators.realUnary(UnaryOp.ATAN, x);
    }

    public static NDArray atan(NDArray x) {
        return arctan(x);
    }

    /** {@code sinh x}. */
    public static NDArray sinh(NDArray x) {
        return Operators.realUnary(UnaryOp.SINH, x);
    }

    /** {@code cosh x}. */
    public static NDArray cosh(NDArray x) {
        return Operators.realUnary(UnaryOp.COSH, x);
    }

    /** {@code tanh x}. */
    public static NDArray tanh(NDArray x) {
        return Operators.realUnary(UnaryOp.TANH, x);
    }

    /** The inverse of sinh. */
    public static NDArray arcsinh(NDArray x) {
        return Operators.realUnary(UnaryOp.ASINH, x);
    }

    public static NDArray asinh(NDArray x) {
        return arcsinh(x);
    }

    /** The inverse of cosh. */
    public static NDArray arccosh(NDArray x) {
        return Operators.realUnary(UnaryOp.ACOSH, x);
    }

    public static NDArray acosh(NDArray x) {
        return arccosh(x);
    }

    /** The inverse of tanh. */
    public static NDArray arctanh(NDArray x) {
        return Operators.realUnary(UnaryOp.ATANH, x);
    }

    public static NDArray atanh(NDArray x) {
        return arctanh(x);
    }

    /** {@code e^x}. */
    public static NDArray exp(NDArray x) {
        return Operators.realUnary(UnaryOp.EXP, x);
    }

    /** {@code 2^x}. */
    public static NDArray exp2(NDArray x) {
        return Operators.realUnary(UnaryOp.EXP2, x);
    }

    /** {@code e^x - 1}, exact near 0. */
    public static NDArray expm1(NDArray x) {
        return Operators.realUnary(UnaryOp.EXPM1, x);
    }

    /** {@code ln x}. */
    public static NDArray log(NDArray x) {
        return Operators.realUnary(UnaryOp.LOG, x);
    }

    /** {@code ln(1 + x)}, exact near 0. */
    public static NDArray log1p(NDArray x) {
        return Operators.realUnary(UnaryOp.LOG1P, x);
    }

    /** {@code x^(1/2)}. */
    public static NDArray sqrt(NDArray x) {
        return Operators.realUnary(UnaryOp.SQRT, x);
    }

    /** {@code x^(1/3)}, odd. */
    public static NDArray cbrt(NDArray x) {
        return Operators.realUnary(UnaryOp.CBRT, x);
    }

    /** {@code log x / log 2}, exact at powers of two. */
    public static NDArray log2(NDArray x) {
        return Operators.realUnary(UnaryOp.LOG2, x);
    }

    /** {@code log x / log 10}, exact at powers of ten. */
    public static NDArray log10(NDArray x) {
        return Operators.realUnary(UnaryOp.LOG10, x);
    }

    /** {@code x pi / 180}. */
    public static NDArray deg2rad(NDArray x) {
        return Operators.real(x).times(Math.PI / 180);
    }

    /** {@code 180 x / pi}. */
    public static NDArray rad2deg(NDArray x) {
        return Operators.real(x).times(180 / Math.PI);
    }

    public static NDArray radians(NDArray x) {
        return deg2rad(x);
    }

    public static NDArray degrees(NDArray x) {
        return rad2deg(x);
    }

    /** {@code 1 / x}. */
    public static NDArray reciprocal(NDArray x) {
        return Operators.realUnary(UnaryOp.RECIPROCAL, x);
    }

    /** {@code x x}. */
    public static NDArray square(NDArray x) {
        return Lax.square(Operators.numeric(x));
    }

    /** {@code -x}. */
    public static NDArray negative(NDArray x) {
        return Lax.neg(x);
    }

    /** {@code x}. */
    public static NDArray positive(NDArray x) {
        return x;
    }

    /** {@code |x|}. */
    public static NDArray abs(NDArray x) {
        return x.dtype() == DType.BOOL ? x : Lax.abs(x);
    }

    public static NDArray absolute(NDArray x) {
        return abs(x);
    }

    /** {@code |x|} as floats. */
    public static NDArray fabs(NDArray x) {
        return Operators.realUnary(UnaryOp.ABS, x);
    }

    /** {@code -1, 0 or 1}; NaN of NaN; derivative 0. */
    public static NDArray sign(NDArray x) {
        return Lax.sign(x);
    }

    /**
     * {@code sin(pi x) / (pi x)}, 1 at 0. Around 0 the Taylor polynomial, so that derivatives keep their digits there.
     *
     * <p>Below {@code |pi x| = 1.5} the series {@code sum (-1)^k (pi x)^2k / (2k+1)!} is exact to rounding with 13 terms,
     * three derivatives included.
     */
    public static NDArray sinc(NDArray x) {
        NDArray y = Operators.real(x).times(Math.PI);
        NDArray near = abs(y).lt(SINC_SERIES_BELOW);
        NDArray small = Numpy.where(near, y, 0.0);
        NDArray z = square(small);
        NDArray series = Numpy.onesLike(z);
        for (int k = SINC_TERMS; k >= 1; k--) {
            series = series.times(z).times(-1.0 / (2.0 * k * (2.0 * k + 1))).plus(1.0);
        }
        NDArray far = Numpy.where(near, 1.0, y);
        return Numpy.where(near, series, sin(far).div(far));
    }
}
