package dev.fluxion.nn;

import static dev.fluxion.numpy.Numpy.axes;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.max;
import static dev.fluxion.numpy.Numpy.mean;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;

import dev.fluxion.ir.DType;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.Axes;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import java.util.List;

/** Functions along axes: softmax and its kin, standardisation, encodings. */
abstract class NnNormalizations extends NnActivations {
    /** {@code e^x / sum e^x} along the last axis. */
    public static NDArray softmax(NDArray x) {
        return softmax(x, -1);
    }

    /** {@code e^x / sum e^x} along the given axes, without overflow. */
    public static NDArray softmax(NDArray x, int... axis) {
        NDArray powers = exp(shifted(x, axis));
        return powers.div(sum(powers, axes(axis).keepdims()));
    }

    /** {@code x - log(sum e^x)} along the last axis. */
    public static NDArray logSoftmax(NDArray x) {
        return logSoftmax(x, -1);
    }

    /** {@code x - log(sum e^x)} along the given axes, without overflow. */
    public static NDArray logSoftmax(NDArray x, int... axis) {
        NDArray shifted = shifted(x, axis);
        return shifted.minus(log(sum(exp(shifted), axes(axis).keepdims())));
    }

    /** x less its largest element, whose derivative cancels. */
    private static NDArray shifted(NDArray x, int... axis) {
        NDArray y = real(x);
        return y.minus(Lax.stopGradient(max(y, axes(axis).keepdims())));
    }

    /** {@code log(sum e^x)}: see {@link Numpy#logsumexp}. */
    public static NDArray logsumexp(NDArray x, int... axes) {
        return Numpy.logsumexp(x, axes);
    }

    public static NDArray logsumexp(NDArray x, Axes axes) {
        return Numpy.logsumexp(x, axes);
    }

    /** {@code log(mean e^x)}: see {@link Numpy#logmeanexp}. */
    public static NDArray logmeanexp(NDArray x, int... axes) {
        return Numpy.logmeanexp(x, axes);
    }

    /** {@code (x - mean) / sqrt(var + 1e-5)} along the last axis. */
    public static NDArray standardize(NDArray x) {
        return standardize(x, 1e-5, -1);
    }

    /** {@code (x - mean) / sqrt(var + epsilon)} along the given axes. */
    public static NDArray standardize(NDArray x, double epsilon, int... axis) {
        NDArray y = real(x);
        NDArray centered = y.minus(mean(y, axes(axis).keepdims()));
        NDArray variance = mean(square(centered), axes(axis).keepdims());
        return centered.times(Lax.rsqrt(variance.plus(epsilon)));
    }

    /** {@code a / (1 + e^-b)} for the halves a, b of the last axis. */
    public static NDArray glu(NDArray x) {
        return glu(x, -1);
    }

    /** {@code a / (1 + e^-b)} for the halves a, b of an axis of even size. */
    public static NDArray glu(NDArray x, int axis) {
        List<NDArray> halves = Numpy.split(x, 2, axis);
        return halves.get(0).times(sigmoid(halves.get(1)));
    }

    /** {@code out[.., j] = (x[..] == j)}, FLOAT64; an index outside {@code 0..numClasses-1} gives zeros. */
    public static NDArray oneHot(NDArray x, int numClasses) {
        return oneHot(x, numClasses, DType.FLOAT64);
    }

    public static NDArray oneHot(NDArray x, int numClasses, DType dtype) {
        NDArray classes = Lax.iota(x.dtype() == DType.BOOL ? DType.INT64 : x.dtype(), numClasses);
        return Numpy.expandDims(x, -1).eq(classes).astype(dtype);
    }
}
