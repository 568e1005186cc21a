package dev.fluxion.numpy;

import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import java.util.stream.IntStream;

/** Diagonals and triangles of matrices. */
abstract class NumpyMatrices extends NumpyFilling {
    /** The {@code n x n} identity matrix, FLOAT64. */
    public static NDArray eye(int n) {
        return eye(n, n, 0);
    }

    /** Ones on the main diagonal of an {@code n x m} matrix, FLOAT64. */
    public static NDArray eye(int n, int m) {
        return eye(n, m, 0);
    }

    /** {@code out[i, i+k] = 1}, FLOAT64. */
    public static NDArray eye(int n, int m, int k) {
        return eye(n, m, k, DType.FLOAT64);
    }

    public static NDArray eye(int n, int m, int k, DType dtype) {
        return triangleMask(Shapes.of(n, m), k, CompareOp.EQ).astype(dtype);
    }

    public static NDArray identity(int n) {
        return eye(n);
    }

    /** Ones on and below the main diagonal of an {@code n x n} matrix, FLOAT64. */
    public static NDArray tri(int n) {
        return tri(n, n, 0);
    }

    /** Ones on and below diagonal k of an {@code n x m} matrix, FLOAT64. */
    public static NDArray tri(int n, int m, int k) {
        return triangleMask(Shapes.of(n, m), k, CompareOp.GE).astype(DType.FLOAT64);
    }

    /** The last two axes with zeros above the diagonal. */
    public static NDArray tril(NDArray x) {
        return tril(x, 0);
    }

    /** The last two axes with zeros above diagonal k. */
    public static NDArray tril(NDArray x, int k) {
        return Numpy.where(triangleMask(matrix("tril", x), k, CompareOp.GE), x, zero(x));
    }

    /** The last two axes with zeros below the diagonal. */
    public static NDArray triu(NDArray x) {
        return triu(x, 0);
    }

    /** The last two axes with zeros below diagonal k. */
    public static NDArray triu(NDArray x, int k) {
        return Numpy.where(triangleMask(matrix("triu", x), k - 1, CompareOp.GE), zero(x), x);
    }

    /** {@code out[i, j] = i + k op j}. */
    private static NDArray triangleMask(Shape shape, int k, CompareOp op) {
        NDArray rows = Lax.broadcastedIota(DType.INT32, shape, 0).plus(k);
        return Lax.compare(op, rows, Lax.broadcastedIota(DType.INT32, shape, 1));
    }

    private static Shape matrix(String name, NDArray x) {
        atLeastRank(name, x, 2);
        return Shape.of(x.shape().dim(x.ndim() - 2), x.shape().dim(x.ndim() - 1));
    }

    private static NDArray zero(NDArray x) {
        return Operators.scalar(x.dtype(), 0L);
    }

    private static void atLeastRank(String name, NDArray x, int rank) {
        if (x.ndim() < rank) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.SHAPE_MISMATCH, name + ": takes an array of rank " + rank + " or more, not " + x.type()));
        }
    }

    /** The diagonal of a matrix, or the matrix with the given diagonal. */
    public static NDArray diag(NDArray x) {
        return diag(x, 0);
    }

    /** Diagonal k of a matrix, or the matrix whose diagonal k is the given vector. */
    public static NDArray diag(NDArray x, int k) {
        if (x.ndim() == 2) {
            return diagonal(x, k, 0, 1);
        }
        if (x.ndim() != 1) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.SHAPE_MISMATCH, "diag: takes a vector or a matrix, not " + x.type()));
        }
        int n = Math.addExact(x.size(), Math.abs(k));
        Shape square = Shapes.of(n, n);
        if (x.size() == 0) {
            return Lax.broadcast(zero(x), square);
        }
        int low = k >= 0 ? k : -k * n;
        int spread = low + (x.size() - 1) * (n + 1) + 1;
        NDArray flat = Lax.pad(x, zero(x), Ints.of(low), Ints.of(square.size() - spread), Ints.of(n));
        return Lax.reshape(flat, square);
    }

    /** A matrix with the elements of x on its main diagonal. */
    public static NDArray diagflat(NDArray x) {
        return diagflat(x, 0);
    }

    /** A matrix with the elements of x on diagonal k. */
    public static NDArray diagflat(NDArray x, int k) {
        return diag(Numpy.ravel(x), k);
    }

    /** {@code out[.., i] = x[i, i, ..]}: the diagonal of the first two axes, as a last axis. */
    public static NDArray diagonal(NDArray x) {
        return diagonal(x, 0, 0, 1);
    }

    /** {@code x[i, i+offset]} of the axes axis1 and axis2, as a last axis. */
    public static NDArray diagonal(NDArray x, int offset, int axis1, int axis2) {
        atLeastRank("diagonal", x, 2);
        Ints pair = Shapes.axes("diagonal", x.ndim(), axis1, axis2);
        NDArray last = Lax.transpose(x, pair.complement(x.ndim()).concat(pair));
        int m = x.shape().dim(pair.get(0));
        int n = x.shape().dim(pair.get(1));
        int length = Math.max(0, offset >= 0 ? Math.min(m, n - offset) : Math.min(m + offset, n));
        int[] batch =
                IntStream.range(0, x.ndim() - 2).map(i -> last.shape().dim(i)).toArray();
        Shape flat = Shape.of(Ints.of(batch).append(m * n));
        int start = length == 0 ? 0 : offset >= 0 ? offset : -offset * n;
        int limit = length == 0 ? 0 : start + (length - 1) * (n + 1) + 1;
        return Lax.sliceInDim(Lax.reshape(last, flat), start, limit, n + 1, x.ndim() - 2);
    }

    /** The sum of the diagonal of the first two axes. */
    public static NDArray trace(NDArray x) {
        return trace(x, 0, 0, 1);
    }

    public static NDArray trace(NDArray x, int offset, int axis1, int axis2) {
        atLeastRank("trace", x, 2);
        return Numpy.sum(diagonal(x, offset, axis1, axis2), -1);
    }

    /** {@code out[i, j] = x[i]^(n-1-j)} with as many columns as x has elements. */
    public static NDArray vander(NDArray x) {
        return vander(x, x.size());
    }

    /** {@code out[i, j] = x[i]^(n-1-j)}. */
    public static NDArray vander(NDArray x, int n) {
        if (x.ndim() != 1) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.SHAPE_MISMATCH, "vander: takes a vector, not " + x.type()));
        }
        return Numpy.stack(
                IntStream.range(0, n).mapToObj(j -> Numpy.power(x, n - 1 - j)).toList(), 1);
    }
}
