package dev.fluxion.numpy;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.tracing.Tracing;

/** Norms of vectors and matrices. */
abstract class LinalgNorms {
    /** {@code sqrt(sum x^2)} over all elements. */
    public static NDArray norm(NDArray x) {
        return norm(x, Axes.all());
    }

    /** {@code sqrt(sum x^2)} over the given axes: the Euclidean norms of vectors, the Frobenius norms of matrices. */
    public static NDArray norm(NDArray x, Axes axes) {
        return Numpy.sqrt(Numpy.sum(Numpy.square(Operators.real(x)), axes));
    }

    /** {@link #vectorNorm} of a vector, or {@link #matrixNorm} of a matrix. */
    public static NDArray norm(NDArray x, double ord) {
        return switch (x.ndim()) {
            case 1 -> vectorNorm(x, ord, 0);
            case 2 -> matrixNorm(x, ord);
            default ->
                throw Tracing.located(FluxionException.of(
                                ErrorCode.SHAPE_MISMATCH,
                                "norm: of order " + ord + " takes a vector or a matrix, not " + x.type())
                        .hint("vectorNorm(x, ord, axis) runs along one axis"));
        };
    }

    /**
     * {@code (sum |x|^ord)^(1/ord)} over the given axes; infinity is the largest size, -infinity the smallest, 0 the number
     * of elements that are not zero.
     */
    public static NDArray vectorNorm(NDArray x, double ord, int... axes) {
        NDArray real = Operators.real(x);
        if (ord == 2) {
            return norm(real, Axes.orAll(axes));
        }
        NDArray sizes = Operators.realUnary(UnaryOp.ABS, real);
        if (Double.isInfinite(ord)) {
            return ord > 0 ? Numpy.max(sizes, axes) : Numpy.min(sizes, axes);
        }
        if (ord == 0) {
            return Numpy.sum(real.ne(0).astype(real.dtype()), axes);
        }
        if (ord == 1) {
            return Numpy.sum(sizes, axes);
        }
        NDArray powers = ord == Math.rint(ord) ? sizes.pow((int) ord) : sizes.pow(ord);
        return Numpy.sum(powers, axes).pow(1 / ord);
    }

    /** Order 1: the largest column sum of {@code |x|}, infinity: the largest row sum; negative: the smallest. */
    public static NDArray matrixNorm(NDArray x, double ord) {
        NDArray sizes = Operators.realUnary(UnaryOp.ABS, x);
        boolean columns = Math.abs(ord) == 1;
        if (!columns && !Double.isInfinite(ord)) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_PARAMETER, "matrixNorm: order " + ord + " needs singular values")
                            .hint("orders 1, -1, infinity and -infinity are sums; norm(x) is the Frobenius norm"));
        }
        NDArray sums = Numpy.sum(sizes, columns ? -2 : -1);
        return ord > 0 ? Numpy.max(sums, -1) : Numpy.min(sums, -1);
    }
}
