package dev.fluxion.numpy;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import java.util.Arrays;

/** Reversing, rolling, rotating, padding. */
abstract class NumpyRearranging extends NumpyJoining {
    /** Reversed along the given axes; along all when none is given. */
    public static NDArray flip(NDArray x, int... axes) {
        return Lax.rev(x, axes.length == 0 ? Ints.range(x.ndim()) : Shapes.axes("flip", x.ndim(), axes));
    }

    /** Reversed along the second axis. */
    public static NDArray fliplr(NDArray x) {
        return flip(x, 1);
    }

    /** Reversed along the first axis. */
    public static NDArray flipud(NDArray x) {
        return flip(x, 0);
    }

    /** All elements moved {@code shift} places in row-major order; what leaves at the end comes in at the start. */
    public static NDArray roll(NDArray x, int shift) {
        return Lax.reshape(roll(ravel(x), shift, 0), x.shape());
    }

    /** The elements moved {@code shift} places along an axis; what leaves at the end comes in at the start. */
    public static NDArray roll(NDArray x, int shift, int axis) {
        int along = Shapes.axis("roll", axis, x.ndim());
        int size = x.shape().dim(along);
        int places = size == 0 ? 0 : Math.floorMod(shift, size);
        return places == 0
                ? x
                : concatenate(split(x, new int[] {size - places}, along).reversed(), along);
    }

    /** Turned by 90 degrees from the first axis toward the second. */
    public static NDArray rot90(NDArray x) {
        return rot90(x, 1, 0, 1);
    }

    /** Turned {@code k} times by 90 degrees from axis1 toward axis2. */
    public static NDArray rot90(NDArray x, int k, int axis1, int axis2) {
        Ints pair = Shapes.axes("rot90", x.ndim(), axis1, axis2);
        int a = pair.get(0);
        int b = pair.get(1);
        return switch (Math.floorMod(k, 4)) {
            case 1 -> swapaxes(flip(x, b), a, b);
            case 2 -> flip(x, a, b);
            case 3 -> flip(swapaxes(x, a, b), b);
            default -> x;
        };
    }

    /** x with {@code widths[k] = {before, after}} zeros around each axis. */
    public static NDArray pad(NDArray x, int[][] widths) {
        return pad(x, widths, 0);
    }

    /** x with {@code width} zeros before and after along every axis. */
    public static NDArray pad(NDArray x, int width) {
        return pad(x, width, 0);
    }

    /** x with {@code width} copies of {@code value} before and after along every axis. */
    public static NDArray pad(NDArray x, int width, Number value) {
        return pad(x, onAllSides(x, width), value);
    }

    /** x continued by {@code width} elements before and after along every axis, as {@code mode} says. */
    public static NDArray pad(NDArray x, int width, PadMode mode) {
        return pad(x, onAllSides(x, width), mode);
    }

    private static int[][] onAllSides(NDArray x, int width) {
        int[][] widths = new int[x.ndim()][];
        Arrays.fill(widths, new int[] {width, width});
        return widths;
    }

    /** x with {@code widths[k] = {before, after}} copies of {@code value} around each axis. */
    public static NDArray pad(NDArray x, int[][] widths, Number value) {
        int[][] pairs = widths(x, widths);
        int[] low = new int[x.ndim()];
        int[] high = new int[x.ndim()];
        for (int i = 0; i < pairs.length; i++) {
            low[i] = pairs[i][0];
            high[i] = pairs[i][1];
        }
        NDArray border = Operators.weak(x.dtype(), value).astype(x.dtype());
        return Lax.pad(x, border, Ints.of(low), Ints.of(high), Ints.fill(x.ndim(), 0));
    }

    /** x continued by {@code widths[k] = {before, after}} elements around each axis, as {@code mode} says. */
    public static NDArray pad(NDArray x, int[][] widths, PadMode mode) {
        int[][] pairs = widths(x, widths);
        NDArray result = x;
        for (int axis = 0; axis < pairs.length; axis++) {
            result = mode.pad(result, axis, pairs[axis][0], pairs[axis][1]);
        }
        return result;
    }

    private static int[][] widths(NDArray x, int[][] widths) {
        boolean fits = widths.length == x.ndim();
        for (int[] pair : widths) {
            fits &= pair.length == 2 && pair[0] >= 0 && pair[1] >= 0;
        }
        if (!fits) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "pad: the widths do not fit " + x.type())
                    .detail("widths are " + Arrays.deepToString(widths))
                    .hint("one pair {before, after} of non-negative widths for each axis"));
        }
        return widths;
    }
}
