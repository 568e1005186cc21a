package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.List;

/** Products of vectors, matrices and tensors. */
abstract class NumpyProducts extends NumpyRearranging {
    /** {@code sum_k x[.., k] y[.., k, j]}: the last axis of x with the last but one of y; a scalar multiplies. */
    public static NDArray dot(NDArray x, NDArray y) {
        return x.ndim() == 0 || y.ndim() == 0
                ? multiply(x, y)
                : contract("dot", x, y, Ints.of(x.ndim() - 1), Ints.of(Math.max(0, y.ndim() - 2)));
    }

    /**
     * {@code sum_k x[.., i, k] y[.., k, j]}: the matrix product; leading axes are a batch and broadcast. A vector is a row
     * on the left, a column on the right, and its axis disappears.
     */
    public static NDArray matmul(NDArray x, NDArray y) {
        notScalar("matmul", x, y);
        if (x.ndim() <= 2 && y.ndim() <= 2) {
            return contract("matmul", x, y, Ints.of(x.ndim() - 1), Ints.of(Math.max(0, y.ndim() - 2)));
        }
        boolean row = x.ndim() == 1;
        boolean column = y.ndim() == 1;
        int i = 0;
        int j = 1;
        int k = 2;
        int batch = Math.max(x.ndim(), y.ndim()) - 2;
        Ints xLabels = row ? Ints.of(k) : batchLabels(x.ndim() - 2).append(i).append(k);
        Ints yLabels = column ? Ints.of(k) : batchLabels(y.ndim() - 2).append(k).append(j);
        sameSize("matmul", x, y, xLabels.indexOf(k), yLabels.indexOf(k));
        Shapes.broadcast("matmul", Array.of(batchOf(x), batchOf(y)));
        Ints output = batchLabels(batch).concat(row ? Ints.of() : Ints.of(i)).concat(column ? Ints.of() : Ints.of(j));
        return product(x, xLabels, y, yLabels, output);
    }

    /** {@code -rank, ..., -1}: batch axes are aligned at the last one. */
    private static Ints batchLabels(int rank) {
        return Ints.range(rank).map(axis -> axis - rank);
    }

    private static Shape batchOf(NDArray x) {
        return x.ndim() < 2 ? Shape.SCALAR : x.shape().without(Ints.of(x.ndim() - 2, x.ndim() - 1));
    }

    private static NDArray product(NDArray x, Ints xLabels, NDArray y, Ints yLabels, Ints output) {
        DType dtype = x.dtype().promote(y.dtype());
        return Contraction.contract(
                List.of(new Contraction.Term(x.astype(dtype), xLabels), new Contraction.Term(y.astype(dtype), yLabels)),
                output);
    }

    /** Contracts the paired axes; the result has the other axes of x, then those of y. */
    private static NDArray contract(String name, NDArray x, NDArray y, Ints xAxes, Ints yAxes) {
        for (int i = 0; i < xAxes.size(); i++) {
            sameSize(name, x, y, xAxes.get(i), yAxes.get(i));
        }
        int[] xLabels = Ints.range(x.ndim()).toArray();
        int[] yLabels = Ints.range(x.ndim(), x.ndim() + y.ndim()).toArray();
        for (int i = 0; i < xAxes.size(); i++) {
            yLabels[yAxes.get(i)] = xLabels[xAxes.get(i)];
        }
        Ints left = Ints.of(xLabels);
        Ints right = Ints.of(yLabels);
        Ints output = Ints.of(left.stream().filter(label -> !right.contains(label)))
                .concat(Ints.of(right.stream().filter(label -> !left.contains(label))));
        return product(x, left, y, right, output);
    }

    private static void sameSize(String name, NDArray lhs, NDArray rhs, int lhsAxis, int rhsAxis) {
        int left = lhs.shape().dim(lhsAxis);
        int right = rhs.shape().dim(rhsAxis);
        if (left == right) {
            return;
        }
        throw Tracing.located(FluxionException.of(ErrorCode.DOT_MISMATCH, name + ": contracted sizes differ")
                .detail("lhs " + lhs.type() + " axis " + lhsAxis + " has size " + left)
                .detail("rhs " + rhs.type() + " axis " + rhsAxis + " has size " + right)
                .hint(hint(lhs, rhs, left, right)));
    }

    private static String hint(NDArray lhs, NDArray rhs, int left, int right) {
        if (rhs.ndim() == 2 && rhs.shape().dim(1) == left) {
            return "rhs.transpose() would be " + transpose(rhs.type()) + ", which fits: did you mean it?";
        }
        if (lhs.ndim() == 2 && lhs.shape().dim(0) == right) {
            return "lhs.transpose() would be " + transpose(lhs.type()) + ", which fits: did you mean it?";
        }
        return "the sizes of the paired axes must be equal";
    }

    private static ArrayType transpose(ArrayType matrix) {
        return matrix.withShape(Shape.of(matrix.shape().dim(1), matrix.shape().dim(0)));
    }

    private static void notScalar(String name, NDArray... operands) {
        for (NDArray x : operands) {
            if (x.ndim() == 0) {
                throw Tracing.located(FluxionException.of(
                                ErrorCode.SHAPE_MISMATCH, name + ": takes arrays of rank 1 or more, not " + x.type())
                        .hint("a scalar multiplies with times"));
            }
        }
    }

    /** {@code sum x[i] y[i]} over all elements, raveled. */
    public static NDArray vdot(NDArray x, NDArray y) {
        return contract("vdot", ravel(x), ravel(y), Ints.of(0), Ints.of(0));
    }

    /** {@code sum_k x[.., k] y[.., k]} for all pairs: the last axes contracted; a scalar multiplies. */
    public static NDArray inner(NDArray x, NDArray y) {
        return x.ndim() == 0 || y.ndim() == 0
                ? multiply(x, y)
                : contract("inner", x, y, Ints.of(x.ndim() - 1), Ints.of(y.ndim() - 1));
    }

    /** {@code out[i, j] = x[i] y[j]}, raveled. */
    public static NDArray outer(NDArray x, NDArray y) {
        return multiply(expandDims(ravel(x), 1), expandDims(ravel(y), 0));
    }

    /** The last {@code axes} axes of x contracted with the first of y. */
    public static NDArray tensordot(NDArray x, NDArray y, int axes) {
        if (axes < 0 || axes > Math.min(x.ndim(), y.ndim())) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_AXIS, "tensordot: " + axes + " axes of " + x.type() + " and " + y.type()));
        }
        return contract("tensordot", x, y, Ints.range(x.ndim() - axes, x.ndim()), Ints.range(axes));
    }

    /** The given axes contracted pairwise; the result has the other axes of x, then those of y. */
    public static NDArray tensordot(NDArray x, NDArray y, int[] xAxes, int[] yAxes) {
        if (xAxes.length != yAxes.length) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_AXIS, "tensordot: " + xAxes.length + " axes of lhs, " + yAxes.length + " of rhs"));
        }
        Ints left = Shapes.axes("tensordot", x.ndim(), xAxes);
        return contract("tensordot", x, y, left, Shapes.axes("tensordot", y.ndim(), yAxes));
    }

    /**
     * Einstein's summation: {@code einsum("ij,jk->ik", x, y)}. Letters name axes; what the output leaves out is summed
     * over; a letter repeated in one operand reads its diagonal; {@code ...} stands for leading axes that broadcast. Without
     * an arrow the output has the letters that stand once, in alphabetical order.
     *
     * <p>More than two operands are multiplied pairwise, the cheapest product first.
     *
     * @throws FluxionException when the specification does not fit the operands
     */
    public static NDArray einsum(String subscripts, NDArray... operands) {
        return Einsum.of(subscripts, operands);
    }

    /** {@code sum_k x[.., k] y[.., k]} with broadcasting leading axes. */
    public static NDArray vecdot(NDArray x, NDArray y) {
        notScalar("vecdot", x, y);
        sameSize("vecdot", x, y, x.ndim() - 1, y.ndim() - 1);
        return einsum("...k,...k->...", x, y);
    }

    /** {@code sum_k x[.., i, k] y[.., k]} with broadcasting leading axes. */
    public static NDArray matvec(NDArray x, NDArray y) {
        return einsum("...ik,...k->...i", x, y);
    }

    /** {@code sum_k x[.., k] y[.., k, j]} with broadcasting leading axes. */
    public static NDArray vecmat(NDArray x, NDArray y) {
        return einsum("...k,...kj->...j", x, y);
    }

    /** The Kronecker product: every element of x times all of y. */
    public static NDArray kron(NDArray x, NDArray y) {
        int rank = Math.max(x.ndim(), y.ndim());
        int[] left = new int[2 * rank];
        int[] right = new int[2 * rank];
        int[] joined = new int[rank];
        for (int i = 0; i < rank; i++) {
            left[2 * i] = i < rank - x.ndim() ? 1 : x.shape().dim(i - rank + x.ndim());
            left[2 * i + 1] = 1;
            right[2 * i] = 1;
            right[2 * i + 1] = i < rank - y.ndim() ? 1 : y.shape().dim(i - rank + y.ndim());
            joined[i] = Math.multiplyExact(left[2 * i], right[2 * i + 1]);
        }
        return reshape(multiply(reshape(x, left), reshape(y, right)), joined);
    }

    /** The cross product of the 3-vectors along the last axis; 2-vectors give its third component. */
    public static NDArray cross(NDArray x, NDArray y) {
        notScalar("cross", x, y);
        int n = x.shape().dim(x.ndim() - 1);
        int m = y.shape().dim(y.ndim() - 1);
        if (n < 2 || n > 3 || m < 2 || m > 3) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.SHAPE_MISMATCH, "cross: the last axes must have 2 or 3 components")
                            .detail("lhs is " + x.type())
                            .detail("rhs is " + y.type()));
        }
        List<NDArray> a = unstack(x, -1);
        List<NDArray> b = unstack(y, -1);
        NDArray third = a.get(0).times(b.get(1)).minus(a.get(1).times(b.get(0)));
        if (n == 2 && m == 2) {
            return third;
        }
        NDArray az = n == 3 ? a.get(2) : zerosLike(a.get(0));
        NDArray bz = m == 3 ? b.get(2) : zerosLike(b.get(0));
        NDArray first = a.get(1).times(bz).minus(az.times(b.get(1)));
        NDArray second = az.times(b.get(0)).minus(a.get(0).times(bz));
        return stack(List.of(first, second, third), -1);
    }
}
