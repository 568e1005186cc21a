package dev.fluxion.numpy;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;

/**
 * Reductions: over the given axes, over all when none is given; {@link Axes} also keeps them with size 1 or leaves out
 * masked elements.
 */
abstract class NumpyReductions extends NumpySelection {
    /** Axes for a reduction: {@code mean(x, axes(-1).keepdims())}. */
    public static Axes axes(int... axes) {
        return Axes.of(axes);
    }

    /** All axes, for a reduction: {@code sum(x, allAxes().keepdims())}. */
    public static Axes allAxes() {
        return Axes.all();
    }

    /** {@code sum x}; truth values and INT32 sum as INT64. Over nothing 0. */
    public static NDArray sum(NDArray x, int... axes) {
        return sum(x, Axes.orAll(axes));
    }

    public static NDArray sum(NDArray x, Axes axes) {
        return reduce("sum", ReduceOp.SUM, wide(x), axes);
    }

    /** {@code product of x}; truth values and INT32 multiply as INT64. Over nothing 1. */
    public static NDArray prod(NDArray x, int... axes) {
        return prod(x, Axes.orAll(axes));
    }

    public static NDArray prod(NDArray x, Axes axes) {
        return reduce("prod", ReduceOp.PROD, wide(x), axes);
    }

    /** The largest element; NaN wins. Equal largest ones share the derivative. */
    public static NDArray max(NDArray x, int... axes) {
        return max(x, Axes.orAll(axes));
    }

    public static NDArray max(NDArray x, Axes axes) {
        return extreme("max", ReduceOp.MAX, x, axes);
    }

    /** The smallest element; NaN wins. Equal smallest ones share the derivative. */
    public static NDArray min(NDArray x, int... axes) {
        return min(x, Axes.orAll(axes));
    }

    public static NDArray min(NDArray x, Axes axes) {
        return extreme("min", ReduceOp.MIN, x, axes);
    }

    public static NDArray amax(NDArray x, int... axes) {
        return max(x, axes);
    }

    public static NDArray amin(NDArray x, int... axes) {
        return min(x, axes);
    }

    /** {@code max x - min x}. */
    public static NDArray ptp(NDArray x, int... axes) {
        return max(x, axes).minus(min(x, axes));
    }

    /** Whether some element is not zero. */
    public static NDArray any(NDArray x, int... axes) {
        return any(x, Axes.orAll(axes));
    }

    public static NDArray any(NDArray x, Axes axes) {
        return reduce("any", ReduceOp.OR, x.astype(DType.BOOL), axes);
    }

    /** Whether every element is not zero. */
    public static NDArray all(NDArray x, int... axes) {
        return all(x, Axes.orAll(axes));
    }

    public static NDArray all(NDArray x, Axes axes) {
        return reduce("all", ReduceOp.AND, x.astype(DType.BOOL), axes);
    }

    /** How many elements are not zero, INT64. */
    public static NDArray countNonzero(NDArray x, int... axes) {
        return sum(x.astype(DType.BOOL), axes);
    }

    /** The row-major index of the first largest element, INT64; NaN wins. */
    public static NDArray argmax(NDArray x) {
        return argmax(Numpy.ravel(x), 0);
    }

    /** The indices of the first largest elements along an axis, INT64; NaN wins. */
    public static NDArray argmax(NDArray x, int axis) {
        return Lax.argmax(x, Shapes.axis("argmax", axis, x.ndim()), DType.INT64);
    }

    /** The row-major index of the first smallest element, INT64; NaN wins. */
    public static NDArray argmin(NDArray x) {
        return argmin(Numpy.ravel(x), 0);
    }

    /** The indices of the first smallest elements along an axis, INT64; NaN wins. */
    public static NDArray argmin(NDArray x, int axis) {
        return Lax.argmin(x, Shapes.axis("argmin", axis, x.ndim()), DType.INT64);
    }

    private static NDArray wide(NDArray x) {
        return x.dtype().isFloating() ? x : x.astype(DType.INT64);
    }

    private static NDArray extreme(String name, ReduceOp op, NDArray x, Axes axes) {
        Ints over = axes.in(name, x.ndim());
        boolean empty = over.stream().anyMatch(a -> x.shape().dim(a) == 0);
        if (empty && axes.mask() == null) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.EMPTY_REDUCTION, name + ": no elements along axes " + over + " of " + x.type())
                    .hint("a " + name + " over nothing has no value; a mask (axes(...).where(mask)) gives "
                            + op.identity(x.dtype())));
        }
        return reduce(name, op, x, axes);
    }

    private static NDArray reduce(String name, ReduceOp op, NDArray x, Axes axes) {
        NDArray masked = axes.masked(x, op);
        Ints over = axes.in(name, masked.ndim());
        return axes.finish(Lax.reduce(op, masked, over), over);
    }
}
