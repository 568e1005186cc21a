package dev.fluxion.numpy;

import dev.fluxion.ir.DType;

/** Reductions, rearrangements and products of arrays as methods; {@link Numpy} has the same as functions, and more. */
abstract class NDArrayMethods extends NDArrayOperators {

    /** The sum over the given axes; over all when none is given. */
    public final NDArray sum(int... axes) {
        return Numpy.sum(self(), axes);
    }

    public final NDArray sum(Axes axes) {
        return Numpy.sum(self(), axes);
    }

    /** The product over the given axes. */
    public final NDArray prod(int... axes) {
        return Numpy.prod(self(), axes);
    }

    public final NDArray prod(Axes axes) {
        return Numpy.prod(self(), axes);
    }

    /** The mean over the given axes. */
    public final NDArray mean(int... axes) {
        return Numpy.mean(self(), axes);
    }

    public final NDArray mean(Axes axes) {
        return Numpy.mean(self(), axes);
    }

    /** The variance over the given axes: {@code mean((x - mean x)^2)}. */
    public final NDArray var(int... axes) {
        return Numpy.var(self(), axes);
    }

    public final NDArray var(Axes axes) {
        return Numpy.var(self(), axes);
    }

    /** The standard deviation over the given axes. */
    public final NDArray std(int... axes) {
        return Numpy.std(self(), axes);
    }

    public final NDArray std(Axes axes) {
        return Numpy.std(self(), axes);
    }

    /** The largest element over the given axes; NaN wins. */
    public final NDArray max(int... axes) {
        return Numpy.max(self(), axes);
    }

    public final NDArray max(Axes axes) {
        return Numpy.max(self(), axes);
    }

    /** The smallest element over the given axes; NaN wins. */
    public final NDArray min(int... axes) {
        return Numpy.min(self(), axes);
    }

    public final NDArray min(Axes axes) {
        return Numpy.min(self(), axes);
    }

    /** Whether some element over the given axes is not zero. */
    public final NDArray any(int... axes) {
        return Numpy.any(self(), axes);
    }

    public final NDArray any(Axes axes) {
        return Numpy.any(self(), axes);
    }

    /** Whether every element over the given axes is not zero. */
    public final NDArray all(int... axes) {
        return Numpy.all(self(), axes);
    }

    public final NDArray all(Axes axes) {
        return Numpy.all(self(), axes);
    }

    /** The row-major index of the first largest element; NaN wins. */
    public final NDArray argmax() {
        return Numpy.argmax(self());
    }

    /** The indices of the first largest elements along an axis; NaN wins. */
    public final NDArray argmax(int axis) {
        return Numpy.argmax(self(), axis);
    }

    /** The row-major index of the first smallest element; NaN wins. */
    public final NDArray argmin() {
        return Numpy.argmin(self());
    }

    /** The indices of the first smallest elements along an axis; NaN wins. */
    public final NDArray argmin(int axis) {
        return Numpy.argmin(self(), axis);
    }

    /** The running sums of all elements in row-major order. */
    public final NDArray cumsum() {
        return Numpy.cumsum(self());
    }

    /** The running sums along an axis. */
    public final NDArray cumsum(int axis) {
        return Numpy.cumsum(self(), axis);
    }

    /** The running products of all elements in row-major order. */
    public final NDArray cumprod() {
        return Numpy.cumprod(self());
    }

    /** The running products along an axis. */
    public final NDArray cumprod(int axis) {
        return Numpy.cumprod(self(), axis);
    }

    /** {@code sum_k this[.., k] other[.., k, j]}: see {@link Numpy#dot}. */
    public final NDArray dot(NDArray other) {
        return Numpy.dot(self(), other);
    }

    /** The matrix product, over leading batch axes: see {@link Numpy#matmul}. */
    public final NDArray matmul(NDArray other) {
        return Numpy.matmul(self(), other);
    }

    /** The same elements, row-major, in another shape; one size may be -1. */
    public final NDArray reshape(int... shape) {
        return Numpy.reshape(self(), shape);
    }

    /** The elements in row-major order as a vector. */
    public final NDArray ravel() {
        return Numpy.ravel(self());
    }

    /** The axes in reverse order. */
    public final NDArray transpose() {
        return Numpy.transpose(self());
    }

    /** Axis k of the result is axis {@code axes[k]}. */
    public final NDArray transpose(int... axes) {
        return Numpy.transpose(self(), axes);
    }

    /** Two axes exchanged. */
    public final NDArray swapaxes(int axis1, int axis2) {
        return Numpy.swapaxes(self(), axis1, axis2);
    }

    /** Without the given axes of size 1; without all of them when none is given. */
    public final NDArray squeeze(int... axes) {
        return Numpy.squeeze(self(), axes);
    }

    /** With new axes of size 1 at the given positions of the result. */
    public final NDArray expandDims(int... axes) {
        return Numpy.expandDims(self(), axes);
    }

    /** Repeated to a shape, as NumPy broadcasts. */
    public final NDArray broadcastTo(int... shape) {
        return Numpy.broadcastTo(self(), shape);
    }

    /** Every element {@code repeats} times in a row along an axis. */
    public final NDArray repeat(int repeats, int axis) {
        return Numpy.repeat(self(), repeats, axis);
    }

    /** Reversed along the given axes; along all when none is given. */
    public final NDArray flip(int... axes) {
        return Numpy.flip(self(), axes);
    }

    /** {@code x[i, i, ..]}: the diagonal of the first two axes. */
    public final NDArray diagonal() {
        return Numpy.diagonal(self());
    }

    /** The sum of the diagonal. */
    public final NDArray trace() {
        return Numpy.trace(self());
    }

    /** The nearest integers, halves to even. */
    public final NDArray round() {
        return Numpy.round(self());
    }

    /** {@code minimum(maximum(this, min), max)}. */
    public final NDArray clip(Number min, Number max) {
        return Numpy.clip(self(), min, max);
    }

    /** {@code minimum(maximum(this, min), max)}. */
    public final NDArray clip(NDArray min, NDArray max) {
        return Numpy.clip(self(), min, max);
    }

    /** The same values in another dtype: floats truncate to integers. */
    public final NDArray astype(DType dtype) {
        return Numpy.astype(self(), dtype);
    }

    /** The element, or the sub-array, at a static index; negative numbers count from the end. */
    public final NDArray get(int... index) {
        return Indexing.element(self(), index);
    }

    /** {@code this[index]} along the first axis for an integer scalar that may be traced; it is clamped into the axis. */
    public final NDArray get(NDArray index) {
        return Indexing.element(self(), index);
    }

    /** {@code this[start:stop]} along an axis, with Python's rules: negative numbers count from the end, too large ones stop there. */
    public final NDArray slice(int axis, int start, int stop) {
        return Indexing.slice(self(), axis, start, stop, 1);
    }

    /** {@code this[start:stop:step]} along an axis, {@code step >= 1}. */
    public final NDArray slice(int axis, int start, int stop, int step) {
        return Indexing.slice(self(), axis, start, stop, step);
    }
}
