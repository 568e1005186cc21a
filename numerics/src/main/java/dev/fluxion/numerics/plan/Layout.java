package dev.fluxion.numerics.plan;

import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import java.util.Arrays;

/**
 * Where the elements of an array lie in a buffer: element {@code i} at {@code offset + sum_d i_d * stride_d}. A stride of 0
 * repeats (broadcast), a negative one runs backwards.
 */
final class Layout {
    private final int offset;
    private final int[] dims;
    private final int[] strides;

    private Layout(int offset, int[] dims, int[] strides) {
        this.offset = offset;
        this.dims = dims;
        this.strides = strides;
    }

    /** Row-major from the start of the buffer. */
    static Layout contiguous(Shape shape) {
        int[] dims = shape.toArray();
        int[] strides = new int[dims.length];
        int stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, dims[axis]);
        }
        return new Layout(0, dims, strides);
    }

    int offset() {
        return offset;
    }

    int rank() {
        return dims.length;
    }

    int dim(int axis) {
        return dims[axis];
    }

    int stride(int axis) {
        return strides[axis];
    }

    int[] dims() {
        return dims.clone();
    }

    int[] strides() {
        return strides.clone();
    }

    int size() {
        int size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        return size;
    }

    /** True when the elements lie row-major without gaps from the offset on. */
    boolean isContiguous() {
        int expected = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            if (dims[axis] != 1 && strides[axis] != expected) {
                return false;
            }
            expected *= Math.max(1, dims[axis]);
        }
        return true;
    }

    Layout broadcast(Shape shape, Ints broadcastDimensions) {
        int[] newStrides = new int[shape.rank()];
        for (int k = 0; k < dims.length; k++) {
            newStrides[broadcastDimensions.get(k)] = dims[k] == 1 ? 0 : strides[k];
        }
        return new Layout(offset, shape.toArray(), newStrides);
    }

    /** Axis {@code k} of the result is axis {@code axes[k]} of this; axes left out are fixed at index 0. */
    Layout select(Ints axes) {
        int[] newDims = new int[axes.size()];
        int[] newStrides = new int[newDims.length];
        for (int k = 0; k < newDims.length; k++) {
            newDims[k] = dims[axes.get(k)];
            newStrides[k] = strides[axes.get(k)];
        }
        return new Layout(offset, newDims, newStrides);
    }

    Layout slice(Ints start, Shape sizes, Ints steps) {
        int newOffset = offset;
        int[] newStrides = new int[dims.length];
        for (int k = 0; k < dims.length; k++) {
            newOffset += start.get(k) * strides[k];
            newStrides[k] = strides[k] * steps.get(k);
        }
        return new Layout(newOffset, sizes.toArray(), newStrides);
    }

    Layout reverse(Ints axes) {
        int newOffset = offset;
        int[] newStrides = strides.clone();
        for (int k = 0; k < axes.size(); k++) {
            int axis = axes.get(k);
            newOffset += Math.max(0, dims[axis] - 1) * strides[axis];
            newStrides[axis] = -strides[axis];
        }
        return new Layout(newOffset, dims, newStrides);
    }

    /** Whether these are the sizes of the axes, those of size 1 aside. */
    boolean hasSpace(Ints space) {
        int next = 0;
        for (int dim : dims) {
            if (dim != 1 && (next == space.size() || space.get(next++) != dim)) {
                return false;
            }
        }
        return next == space.size();
    }

    /** Without the axes along which nothing changes. */
    Layout distinct() {
        return select(moving());
    }

    /** Where the same elements lie once those of {@link #distinct} lie row-major from the start of a buffer. */
    Layout packed() {
        return contiguous(Shape.of(moving().map(axis -> dims[axis]))).broadcast(Shape.of(dims), moving());
    }

    /** The axes along which elements change. */
    private Ints moving() {
        return Ints.of(Ints.range(dims.length).stream().filter(axis -> strides[axis] != 0));
    }

    /** Without the axes of size 1. */
    Layout withoutUnits() {
        int rank = 0;
        for (int dim : dims) {
            rank += dim == 1 ? 0 : 1;
        }
        if (rank == dims.length) {
            return this;
        }
        int[] newDims = new int[rank];
        int[] newStrides = new int[rank];
        int k = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] != 1) {
                newDims[k] = dims[axis];
                newStrides[k++] = strides[axis];
            }
        }
        return new Layout(offset, newDims, newStrides);
    }

    /** The same elements in row-major order under another shape, or null when no strides express that. */
    Layout reshape(Shape shape) {
        if (isContiguous() || size() == 0) {
            return new Layout(offset, shape.toArray(), shape.strides().toArray());
        }
        Layout from = withoutUnits();
        int[] newStrides = new int[shape.rank()];
        int axis = from.rank() - 1;
        int to = shape.rank() - 1;
        // Match blocks of axes of equal size from the right; a block must be evenly spaced on the side of this layout.
        while (to >= 0) {
            if (shape.dim(to) == 1) {
                to--;
                continue;
            }
            int stride = from.strides[axis];
            int have = from.dims[axis];
            int want = shape.dim(to);
            newStrides[to--] = stride;
            axis--;
            while (have != want) {
                if (have < want) {
                    if (from.strides[axis] != stride * have) {
                        return null;
                    }
                    have *= from.dims[axis--];
                } else {
                    newStrides[to] = stride * want;
                    want *= shape.dim(to--);
                }
            }
        }
        return new Layout(offset, shape.toArray(), newStrides);
    }

    /** True when both place every element alike, axes of size 1 aside. */
    boolean placesLike(Layout other) {
        Layout a = withoutUnits();
        Layout b = other.withoutUnits();
        return a.offset == b.offset && Arrays.equals(a.dims, b.dims) && Arrays.equals(a.strides, b.strides);
    }

    /** Equal for layouts that place alike. */
    int hashOfPlacing() {
        Layout a = withoutUnits();
        return offset + 31 * (Arrays.hashCode(a.dims) + 31 * Arrays.hashCode(a.strides));
    }

    @Override
    public String toString() {
        return offset + Arrays.toString(dims) + Arrays.toString(strides);
    }
}
