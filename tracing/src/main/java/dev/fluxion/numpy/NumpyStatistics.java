package dev.fluxion.numpy;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;

/** Means, variances and their kin; integers become FLOAT64. */
abstract class NumpyStatistics extends NumpyReductions {
    /** {@code sum x / n}; NaN over nothing. */
    public static NDArray mean(NDArray x, int... axes) {
        return mean(x, Axes.orAll(axes));
    }

    public static NDArray mean(NDArray x, Axes axes) {
        NDArray real = Operators.real(x);
        NDArray count = count("mean", real, axes);
        return sum(real, axes).div(count);
    }

    /** How many elements each result is made of, as x's dtype. */
    private static NDArray count(String name, NDArray x, Axes axes) {
        if (axes.mask() != null) {
            NDArray mask =
                    Numpy.broadcastTo(axes.mask().astype(x.dtype()), x.shape().toArray());
            return sum(mask, axes.unmasked());
        }
        long count = axes.in(name, x.ndim()).stream()
                .mapToLong(a -> x.shape().dim(a))
                .reduce(1, (a, b) -> a * b);
        return Operators.scalar(x.dtype(), count);
    }

    /** {@code mean((x - mean x)^2)}. */
    public static NDArray var(NDArray x, int... axes) {
        return var(x, Axes.orAll(axes));
    }

    public static NDArray var(NDArray x, Axes axes) {
        return var(x, axes, 0);
    }

    /** {@code sum((x - mean x)^2) / (n - ddof)}; NaN where {@code n <= ddof}. */
    public static NDArray var(NDArray x, Axes axes, double ddof) {
        NDArray real = Operators.real(x);
        NDArray count = count("var", real, axes);
        NDArray squares = square(real.minus(mean(real, axes.keepdims())));
        NDArray total = sum(squares, axes);
        if (axes.mask() == null) {
            double divisor = count.item() - ddof;
            return total.div(divisor > 0 ? divisor : Double.NaN);
        }
        NDArray divisor = count.minus(ddof);
        return where(divisor.gt(0), total.div(divisor), Double.NaN);
    }

    /** {@code sqrt(var x)}. */
    public static NDArray std(NDArray x, int... axes) {
        return std(x, Axes.orAll(axes));
    }

    public static NDArray std(NDArray x, Axes axes) {
        return sqrt(var(x, axes));
    }

    public static NDArray std(NDArray x, Axes axes, double ddof) {
        return sqrt(var(x, axes, ddof));
    }

    /** {@link #mean(NDArray, int...)} of all elements. */
    public static NDArray average(NDArray x) {
        return mean(x);
    }

    /** {@code sum(w x) / sum w} over all elements. */
    public static NDArray average(NDArray x, NDArray weights) {
        if (!x.shape().equals(weights.shape())) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.SHAPE_MISMATCH, "average: the weights have another shape than the array")
                    .detail("array is " + x.type())
                    .detail("weights are " + weights.type())
                    .hint("average(x, weights, axis) takes a vector of weights for one axis"));
        }
        return sum(multiply(x, weights)).div(sum(weights));
    }

    /** {@code sum(w x) / sum w} along an axis; the weights are a vector of its size, or shaped as x. */
    public static NDArray average(NDArray x, NDArray weights, int axis) {
        int along = Shapes.axis("average", axis, x.ndim());
        NDArray shaped = weights;
        if (!x.shape().equals(weights.shape())) {
            if (weights.ndim() != 1 || weights.size() != x.shape().dim(along)) {
                throw Tracing.located(
                        FluxionException.of(ErrorCode.SHAPE_MISMATCH, "average: the weights do not fit axis " + along)
                                .detail("array is " + x.type())
                                .detail("weights are " + weights.type()));
            }
            Shape column = Shape.of(Ints.fill(x.ndim(), 1)).with(along, weights.size());
            shaped = Numpy.broadcastTo(Lax.reshape(weights, column), x.shape().toArray());
        }
        return sum(multiply(x, shaped), along).div(sum(shaped, along));
    }

    /** {@code log(sum e^x)} without overflow; -inf over nothing but -inf. */
    public static NDArray logsumexp(NDArray x, int... axes) {
        return logsumexp(x, Axes.orAll(axes));
    }

    public static NDArray logsumexp(NDArray x, Axes axes) {
        NDArray real = Operators.real(x);
        NDArray most = finiteMax(real, axes);
        NDArray total = sum(exp(real.minus(most)), axes);
        return log(total).plus(Lax.reshape(most, total.shape()));
    }

    /** {@code log(sum w e^x)} without overflow; NaN where the sum is negative. */
    public static NDArray logsumexp(NDArray x, NDArray weights, Axes axes) {
        DType dtype = Operators.realDType(x.dtype().promote(weights.dtype()));
        NDArray w = weights.astype(dtype);
        NDArray real = where(w.ne(0), x.astype(dtype), Double.NEGATIVE_INFINITY);
        NDArray most = finiteMax(real, axes);
        NDArray total = sum(exp(real.minus(most)).times(w), axes);
        NDArray result = log(Lax.abs(total)).plus(Lax.reshape(most, total.shape()));
        return where(total.lt(0), Double.NaN, result);
    }

    /** The largest elements, kept as axes of size 1; 0 where not finite; without derivative: it cancels. */
    private static NDArray finiteMax(NDArray x, Axes axes) {
        NDArray most = Lax.stopGradient(max(x, axes.keepdims()));
        return where(Lax.isFinite(most), most, 0.0);
    }

    /** {@code log(mean e^x)} without overflow. */
    public static NDArray logmeanexp(NDArray x, int... axes) {
        NDArray real = Operators.real(x);
        Axes over = Axes.orAll(axes);
        return logsumexp(real, over).minus(log(count("logmeanexp", real, over)));
    }

    /** The covariances of the rows: {@code (x - mean)(x - mean)^T / (n - 1)}. */
    public static NDArray cov(NDArray x) {
        NDArray rows = Numpy.atleast2d(Operators.real(x));
        NDArray centered = rows.minus(mean(rows, axes(1).keepdims()));
        double divisor = rows.shape().dim(1) - 1.0;
        NDArray sums = Numpy.matmul(centered, Numpy.transpose(centered));
        return Numpy.squeeze(sums.div(divisor > 0 ? divisor : Double.NaN));
    }

    /** The correlations of the rows: {@code cov[i, j] / sqrt(cov[i, i] cov[j, j])}, clipped to [-1, 1]. */
    public static NDArray corrcoef(NDArray x) {
        NDArray c = cov(x);
        if (c.ndim() == 0) {
            return c.div(c);
        }
        NDArray deviations = sqrt(diag(c));
        NDArray scaled = c.div(Numpy.expandDims(deviations, 1)).div(Numpy.expandDims(deviations, 0));
        return clip(scaled, -1.0, 1.0);
    }
}
