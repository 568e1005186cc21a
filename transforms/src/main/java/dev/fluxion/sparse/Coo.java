package dev.fluxion.sparse;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import java.util.Arrays;

/**
 * A sparse matrix as a list of coordinates: {@code A[rows[k], columns[k]] = values[k]}, all other elements are zero. In any
 * order; values of a place that comes again are added. A tree with the array {@code values}.
 *
 * @param values one for each coordinate, floating
 */
public record Coo(Ints rows, Ints columns, NDArray values, Shape shape) {
    public Coo {
        if (shape.rank() != 2 || rows.size() != columns.size()) {
            throw Tracing.located(FluxionException.of(ErrorCode.SHAPE_MISMATCH, "coo: not the coordinates of a matrix")
                    .detail("the shape is " + shape)
                    .detail("there are " + rows.size() + " row and " + columns.size() + " column indices"));
        }
        Entries.requireValues("coo", rows.size(), values);
        Entries.requireInRange("coo rows", rows, shape.dim(0));
        Entries.requireInRange("coo columns", columns, shape.dim(1));
    }

    /** The matrix with all its zeros. */
    public NDArray toDense() {
        int width = shape.dim(1);
        int[] flat = new int[rows.size()];
        Arrays.setAll(flat, k -> rows.get(k) * width + columns.get(k));
        return Lax.reshape(Entries.add(values, Ints.of(flat), shape.size()), shape);
    }

    /**
     * {@code y_i = sum_j A_ij x_j}.
     *
     * @throws FluxionException when x is not a vector of as many elements as there are columns, of the values' dtype (FX0201)
     */
    public NDArray matvec(NDArray x) {
        if (x.ndim() != 1 || x.size() != shape.dim(1) || x.dtype() != values.dtype()) {
            throw Tracing.located(FluxionException.of(ErrorCode.SHAPE_MISMATCH, "matvec: the vector does not fit")
                    .detail("the matrix is " + values.dtype() + shape)
                    .detail("the vector is " + x.type()));
        }
        return Entries.add(values.times(Entries.take(x, columns)), rows, shape.dim(0));
    }

    /** The matrix with rows and columns exchanged. */
    public Coo transpose() {
        return new Coo(columns, rows, values, Shape.of(shape.dim(1), shape.dim(0)));
    }

    /** In compressed rows; values of one place are added. */
    public Csr toCsr() {
        SparsityPattern pattern = SparsityPattern.of(shape.dim(0), shape.dim(1), rows.toArray(), columns.toArray());
        int[] element = new int[rows.size()];
        Arrays.setAll(element, k -> pattern.element(rows.get(k), columns.get(k)));
        return new Csr(pattern, Entries.add(values, Ints.of(element), pattern.nonzeros()));
    }
}
