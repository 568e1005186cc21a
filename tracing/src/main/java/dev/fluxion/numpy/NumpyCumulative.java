package dev.fluxion.numpy;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** Running sums, differences and integrals along an axis. */
abstract class NumpyCumulative extends NumpyNanReductions {
    /** The running sums of all elements in row-major order. */
    public static NDArray cumsum(NDArray x) {
        return cumsum(Numpy.ravel(x), 0);
    }

    /** {@code out[i] = x[0] + ... + x[i]} along an axis; truth values sum as INT64. */
    public static NDArray cumsum(NDArray x, int axis) {
        return Lax.cumsum(Operators.numeric(x), Shapes.axis("cumsum", axis, x.ndim()), false);
    }

    /** The running products of all elements in row-major order. */
    public static NDArray cumprod(NDArray x) {
        return cumprod(Numpy.ravel(x), 0);
    }

    /** {@code out[i] = x[0] ... x[i]} along an axis; truth values multiply as INT64. */
    public static NDArray cumprod(NDArray x, int axis) {
        return Lax.cumprod(Operators.numeric(x), Shapes.axis("cumprod", axis, x.ndim()), false);
    }

    /** {@link #cumsum} of what is not NaN, of the flattened array. */
    public static NDArray nancumsum(NDArray x) {
        return cumsum(where(isnan(x), 0, x));
    }

    /** {@link #cumsum} along {@code axis} of what is not NaN. */
    public static NDArray nancumsum(NDArray x, int axis) {
        return cumsum(where(isnan(x), 0, x), axis);
    }

    /** {@link #cumprod} of what is not NaN, of the flattened array. */
    public static NDArray nancumprod(NDArray x) {
        return cumprod(where(isnan(x), 1, x));
    }

    /** {@link #cumprod} along {@code axis} of what is not NaN. */
    public static NDArray nancumprod(NDArray x, int axis) {
        return cumprod(where(isnan(x), 1, x), axis);
    }

    /** {@code x[i+1] - x[i]} along the last axis. */
    public static NDArray diff(NDArray x) {
        return diff(x, 1, -1);
    }

    public static NDArray diff(NDArray x, int n) {
        return diff(x, n, -1);
    }

    /** {@code x[i+1] - x[i]} along an axis, n times; of truth values whether they differ. */
    public static NDArray diff(NDArray x, int n, int axis) {
        int along = Shapes.axis("diff", axis, x.ndim());
        if (n < 0) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "diff: order " + n + " is negative"));
        }
        NDArray result = x;
        for (int i = 0; i < n; i++) {
            int size = result.shape().dim(along);
            NDArray next = result.slice(along, Math.min(1, size), size);
            NDArray before = result.slice(along, 0, Math.max(0, size - 1));
            result = x.dtype() == DType.BOOL ? next.ne(before) : next.minus(before);
        }
        return result;
    }

    /** {@code sum (y[i] + y[i+1]) / 2} along the last axis. */
    public static NDArray trapezoid(NDArray y) {
        return trapezoid(y, 1.0);
    }

    /** {@code sum (y[i] + y[i+1]) / 2 * dx} along the last axis. */
    public static NDArray trapezoid(NDArray y, double dx) {
        NDArray real = Operators.real(y);
        return sum(ends(real), -1).times(0.5 * dx);
    }

    /** {@code sum (y[i] + y[i+1]) / 2 * (x[i+1] - x[i])} along the last axis. */
    public static NDArray trapezoid(NDArray y, NDArray x) {
        NDArray real = Operators.real(y);
        return sum(diff(Operators.real(x)).times(ends(real)), -1).times(0.5);
    }

    private static NDArray ends(NDArray y) {
        int size = y.shape().dim(Shapes.axis("trapezoid", -1, y.ndim()));
        return y.slice(-1, 1, size).plus(y.slice(-1, 0, size - 1));
    }

    /** {@code (x[i+1] - x[i-1]) / 2} along an axis of unit spacing, one-sided at both ends. */
    public static NDArray gradient(NDArray x, int axis) {
        int along = Shapes.axis("gradient", axis, x.ndim());
        int size = x.shape().dim(along);
        if (size < 2) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.SHAPE_MISMATCH,
                    "gradient: axis " + along + " of " + x.type() + " has fewer than 2 elements"));
        }
        NDArray real = Operators.real(x);
        NDArray inner =
                real.slice(along, 2, size).minus(real.slice(along, 0, size - 2)).times(0.5);
        NDArray first = real.slice(along, 1, 2).minus(real.slice(along, 0, 1));
        NDArray last = real.slice(along, size - 1, size).minus(real.slice(along, size - 2, size - 1));
        return Lax.concatenate(Array.of(first, inner, last), along);
    }

    /** {@code gradient} of a vector. */
    public static NDArray gradient(NDArray x) {
        if (x.ndim() != 1) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.SHAPE_MISMATCH, "gradient: " + x.type() + " is not a vector")
                            .hint("gradient(x, axis) differentiates along one axis"));
        }
        return gradient(x, 0);
    }

    /** {@code p[0] x^(n-1) + ... + p[n-1]} by Horner's rule; p is a vector. */
    public static NDArray polyval(NDArray p, NDArray x) {
        if (p.ndim() != 1) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.SHAPE_MISMATCH, "polyval: coefficients are a vector, not " + p.type()));
        }
        NDArray result = zerosLike(Operators.numeric(x));
        for (int i = 0; i < p.size(); i++) {
            result = i == 0 ? result.plus(p.get(0)) : result.times(x).plus(p.get(i));
        }
        return result;
    }
}
