package dev.fluxion.nn;

import static dev.fluxion.numpy.Numpy.abs;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.expm1;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.log1p;
import static dev.fluxion.numpy.Numpy.logaddexp;
import static dev.fluxion.numpy.Numpy.maximum;
import static dev.fluxion.numpy.Numpy.minimum;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.where;

import dev.fluxion.ir.DType;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;

/** Activation functions, elementwise. */
abstract class NnActivations {
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;

    /** {@code x}. */
    public static NDArray identity(NDArray x) {
        return x;
    }

    /** {@code max(x, 0)}, with derivative 0 at 0. */
    public static NDArray relu(NDArray x) {
        return where(x.le(0), 0, x);
    }

    /** {@code min(max(x, 0), 6)}, with derivative 0 at 0 and 6. */
    public static NDArray relu6(NDArray x) {
        return where(x.le(0), 0, where(x.ge(6), 6, x));
    }

    /** {@code x} above 0, {@code 0.01 x} below. */
    public static NDArray leakyRelu(NDArray x) {
        return leakyRelu(x, 0.01);
    }

    /** {@code x} above 0, {@code negativeSlope x} below. */
    public static NDArray leakyRelu(NDArray x, double negativeSlope) {
        return where(x.ge(0), x, x.times(negativeSlope));
    }

    /** {@code 1 / (1 + e^-x)}. */
    public static NDArray sigmoid(NDArray x) {
        return Lax.logistic(real(x));
    }

    /** {@code log(1 + e^x)}. */
    public static NDArray softplus(NDArray x) {
        NDArray y = real(x);
        return logaddexp(y, Numpy.scalar(0.0).astype(y.dtype()));
    }

    /** {@code log(1 / (1 + e^-x))}. */
    public static NDArray logSigmoid(NDArray x) {
        return softplus(real(x).unaryMinus()).unaryMinus();
    }

    /** {@code tanh x}. */
    public static NDArray tanh(NDArray x) {
        return Numpy.tanh(x);
    }

    /** {@code x / (1 + |x|)}. */
    public static NDArray softSign(NDArray x) {
        return x.div(abs(x).plus(1));
    }

    /** {@code x / (1 + e^-x)}. */
    public static NDArray silu(NDArray x) {
        return x.times(sigmoid(x));
    }

    public static NDArray swish(NDArray x) {
        return silu(x);
    }

    /** {@code x tanh(log(1 + e^x))}. */
    public static NDArray mish(NDArray x) {
        return x.times(Numpy.tanh(softplus(x)));
    }

    /** {@code x} above 0, {@code e^x - 1} below. */
    public static NDArray elu(NDArray x) {
        return elu(x, 1);
    }

    /** {@code x} above 0, {@code alpha (e^x - 1)} below. */
    public static NDArray elu(NDArray x, double alpha) {
        NDArray y = real(x);
        NDArray above = y.gt(0);
        return where(above, y, expm1(where(above, 0, y)).times(alpha));
    }

    /** {@code max(x, 0) + min(e^x - 1, 0)}. */
    public static NDArray celu(NDArray x) {
        return celu(x, 1);
    }

    /** {@code max(x, 0) + alpha (e^(min(x, 0)/alpha) - 1)}. */
    public static NDArray celu(NDArray x, double alpha) {
        NDArray y = real(x);
        return maximum(y, 0).plus(expm1(minimum(y, 0).div(alpha)).times(alpha));
    }

    /** {@code 1.0507 elu(x, 1.6733)}: keeps mean 0 and variance 1. */
    public static NDArray selu(NDArray x) {
        return elu(x, SELU_ALPHA).times(SELU_SCALE);
    }

    /** {@code x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))}: the usual approximation. */
    public static NDArray gelu(NDArray x) {
        return gelu(x, true);
    }

    /** {@code x Phi(x)} with the normal distribution function, or its approximation by tanh. */
    public static NDArray gelu(NDArray x, boolean approximate) {
        NDArray y = real(x);
        if (!approximate) {
            return y.times(0.5).times(Lax.erfc(y.times(-Math.sqrt(0.5))));
        }
        NDArray inner = y.plus(y.pow(3).times(0.044715)).times(Math.sqrt(2 / Math.PI));
        return y.times(Numpy.tanh(inner).plus(1).times(0.5));
    }

    /** x between -1 and 1; the derivative is 1 at both. */
    public static NDArray hardTanh(NDArray x) {
        return where(x.gt(1), 1, where(x.lt(-1), -1, x));
    }

    /** {@code relu6(x + 3) / 6}. */
    public static NDArray hardSigmoid(NDArray x) {
        return relu6(x.plus(3.0)).div(6);
    }

    /** {@code x relu6(x + 3) / 6}. */
    public static NDArray hardSilu(NDArray x) {
        return x.times(hardSigmoid(x));
    }

    public static NDArray hardSwish(NDArray x) {
        return hardSilu(x);
    }

    /** {@code (x + sqrt(x^2 + 4)) / 2}. */
    public static NDArray squareplus(NDArray x) {
        return squareplus(x, 4);
    }

    /** {@code (x + sqrt(x^2 + b)) / 2}. */
    public static NDArray squareplus(NDArray x, double b) {
        NDArray y = real(x);
        return y.plus(sqrt(square(y).plus(b))).div(2);
    }

    /** {@code 0 below -1, x above 1, (x+1)^2 / 4} between. */
    public static NDArray sparsePlus(NDArray x) {
        NDArray y = real(x);
        return where(y.le(-1), 0, where(y.ge(1), y, square(y.plus(1)).div(4)));
    }

    /** {@code clip(x + 1, 0, 2) / 2}: the derivative of {@link #sparsePlus}. */
    public static NDArray sparseSigmoid(NDArray x) {
        return Numpy.clip(x.plus(1.0), 0.0, 2.0).times(0.5);
    }

    /** {@code log(1 - e^-x)} for positive x, exact for small and large ones. */
    public static NDArray log1mexp(NDArray x) {
        NDArray y = real(x);
        NDArray small = y.lt(Math.log(2));
        NDArray near = log(expm1(where(small, y, 1).unaryMinus()).unaryMinus());
        NDArray far = log1p(exp(where(small, 1, y).unaryMinus()).unaryMinus());
        return where(small, near, far);
    }

    static NDArray real(NDArray x) {
        return x.dtype().isFloating() ? x : x.astype(DType.FLOAT64);
    }
}
