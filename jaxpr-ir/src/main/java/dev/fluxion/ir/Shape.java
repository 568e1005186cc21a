package dev.fluxion.ir;

import java.util.Arrays;

/** The sizes of an array's axes, row-major (last axis fastest). Immutable; prints as {@code [3,4]}, a scalar's as {@code []}. */
public final class Shape {
    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;
    private final int size;

    private Shape(int[] dims) {
        long product = 1;
        for (int dim : dims) {
            if (dim < 0) {
                throw FluxionException.of(
                                ErrorCode.BAD_SHAPE, "shape " + Arrays.toString(dims) + " has a negative size")
                        .hint("sizes are zero or more");
            }
            product = Math.multiplyExact(product, (long) dim);
            if (product > Integer.MAX_VALUE - 8) {
                throw FluxionException.of(
                                ErrorCode.BAD_SHAPE, "shape " + Arrays.toString(dims) + " has too many elements")
                        .hint("an array holds at most 2147483639 elements");
            }
        }
        this.dims = dims;
        this.size = (int) product;
    }

    public static Shape of(int... dims) {
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    public static Shape of(Ints dims) {
        return of(dims.toArray());
    }

    public int rank() {
        return dims.length;
    }

    /** The size of axis {@code axis}, {@code 0 <= axis < rank()}. */
    public int dim(int axis) {
        return dims[axis];
    }

    /** The number of elements: the product of the sizes, 1 for a scalar. */
    public int size() {
        return size;
    }

    public boolean isScalar() {
        return dims.length == 0;
    }

    public int[] toArray() {
        return dims.clone();
    }

    public Ints dims() {
        return Ints.of(dims);
    }

    /** This shape without the given axes. */
    public Shape without(Ints axes) {
        return of(axes.complement(rank()).map(this::dim));
    }

    /** This shape with a new axis of size {@code dim} so that it stands at position {@code axis} of the result. */
    public Shape insert(int axis, int dim) {
        int[] result = new int[dims.length + 1];
        System.arraycopy(dims, 0, result, 0, axis);
        result[axis] = dim;
        System.arraycopy(dims, axis, result, axis + 1, dims.length - axis);
        return new Shape(result);
    }

    /** This shape with axis {@code axis} of size {@code dim}. */
    public Shape with(int axis, int dim) {
        int[] result = dims.clone();
        result[axis] = dim;
        return new Shape(result);
    }

    /** The sizes of this shape, then those of {@code inner}. */
    public Shape concat(Shape inner) {
        return of(dims().concat(inner.dims()));
    }

    /** Row-major strides in elements: the last axis has stride 1. */
    public Ints strides() {
        int[] strides = new int[dims.length];
        int stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(1, dims[i]);
        }
        return Ints.of(strides);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Shape that && Arrays.equals(dims, that.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < dims.length; i++) {
            text.append(i == 0 ? "" : ",").append(dims[i]);
        }
        return text.append(']').toString();
    }
}
