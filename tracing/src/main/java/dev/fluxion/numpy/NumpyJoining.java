package dev.fluxion.numpy;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joining arrays and splitting them. */
abstract class NumpyJoining extends NumpyReshaping {
    /** The arrays joined along the first axis. */
    public static NDArray concatenate(NDArray... arrays) {
        return concatenate(Arrays.asList(arrays), 0);
    }

    public static NDArray concatenate(List<NDArray> arrays) {
        return concatenate(arrays, 0);
    }

    /** The arrays joined along an axis; their other sizes are equal. */
    public static NDArray concatenate(List<NDArray> arrays, int axis) {
        NDArray[] operands = sameDtype("concatenate", arrays);
        int along = Shapes.axis("concatenate", axis, operands[0].ndim());
        return operands.length == 1 ? operands[0] : Lax.concatenate(Array.of(operands), along);
    }

    public static NDArray concat(List<NDArray> arrays, int axis) {
        return concatenate(arrays, axis);
    }

    /** x and y joined along an axis. */
    public static NDArray append(NDArray x, NDArray y, int axis) {
        return concatenate(List.of(x, y), axis);
    }

    /** x and y raveled and joined. */
    public static NDArray append(NDArray x, NDArray y) {
        return concatenate(ravel(x), ravel(y));
    }

    /** The arrays, all of one shape, along a new first axis. */
    public static NDArray stack(NDArray... arrays) {
        return stack(Arrays.asList(arrays), 0);
    }

    public static NDArray stack(List<NDArray> arrays) {
        return stack(arrays, 0);
    }

    /** The arrays, all of one shape, along a new axis at the given position of the result. */
    public static NDArray stack(List<NDArray> arrays, int axis) {
        NDArray[] operands = sameDtype("stack", arrays);
        int along = Shapes.axis("stack", axis, operands[0].ndim() + 1);
        for (NDArray operand : operands) {
            if (!operand.shape().equals(operands[0].shape())) {
                throw Tracing.located(
                        FluxionException.of(ErrorCode.SHAPE_MISMATCH, "stack: the arrays have different shapes")
                                .detail("arrays are "
                                        + Array.of(operands).map(NDArray::type).mkString(", ")));
            }
        }
        return Lax.concatenate(Array.of(operands).map(x -> Lax.expandDims(x, Ints.of(along))), along);
    }

    /** The arrays joined along the second axis, vectors along their only one. */
    public static NDArray hstack(NDArray... arrays) {
        List<NDArray> operands = Arrays.stream(arrays).map(Numpy::atleast1d).toList();
        return concatenate(operands, !operands.isEmpty() && operands.get(0).ndim() == 1 ? 0 : 1);
    }

    /** The arrays joined along the first axis, vectors as rows. */
    public static NDArray vstack(NDArray... arrays) {
        return concatenate(Arrays.stream(arrays).map(Numpy::atleast2d).toList(), 0);
    }

    /** The arrays joined along the third axis. */
    public static NDArray dstack(NDArray... arrays) {
        return concatenate(Arrays.stream(arrays).map(Numpy::atleast3d).toList(), 2);
    }

    /** The arrays joined along the second axis, vectors as columns. */
    public static NDArray columnStack(NDArray... arrays) {
        return concatenate(
                Arrays.stream(arrays)
                        .map(x -> x.ndim() >= 2 ? x : expandDims(atleast1d(x), 1))
                        .toList(),
                1);
    }

    private static NDArray[] sameDtype(String name, List<NDArray> arrays) {
        if (arrays.isEmpty()) {
            throw Tracing.located(FluxionException.of(ErrorCode.OPERAND_COUNT, name + ": takes at least one array"));
        }
        NDArray[] operands = arrays.toArray(NDArray[]::new);
        DType dtype = Operators.promoted(operands);
        return Arrays.stream(operands).map(x -> x.astype(dtype)).toArray(NDArray[]::new);
    }

    /** The array cut into {@code sections} equal parts along an axis. */
    public static List<NDArray> split(NDArray x, int sections, int axis) {
        int along = Shapes.axis("split", axis, x.ndim());
        int size = x.shape().dim(along);
        if (sections < 1 || size % sections != 0) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_PARAMETER,
                            "split: axis " + along + " of " + x.type() + " cannot be cut into " + sections
                                    + " equal parts")
                    .hint("arraySplit makes parts whose sizes differ by one"));
        }
        return arraySplit(x, sections, along);
    }

    public static List<NDArray> split(NDArray x, int sections) {
        return split(x, sections, 0);
    }

    /** The array cut before each of the given places along an axis. */
    public static List<NDArray> split(NDArray x, int[] places, int axis) {
        int along = Shapes.axis("split", axis, x.ndim());
        List<NDArray> parts = new ArrayList<>();
        int start = 0;
        for (int place : places) {
            parts.add(x.slice(along, start, place));
            start = place;
        }
        parts.add(x.slice(along, start, x.shape().dim(along)));
        return List.copyOf(parts);
    }

    /** The array cut into {@code sections} parts along an axis; the first ones are one longer where it does not divide. */
    public static List<NDArray> arraySplit(NDArray x, int sections, int axis) {
        int along = Shapes.axis("arraySplit", axis, x.ndim());
        if (sections < 1) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_PARAMETER, "arraySplit: " + sections + " sections"));
        }
        int size = x.shape().dim(along);
        int[] places = new int[sections - 1];
        int place = 0;
        for (int i = 0; i < places.length; i++) {
            place += size / sections + (i < size % sections ? 1 : 0);
            places[i] = place;
        }
        return split(x, places, along);
    }

    /** {@code x[0], x[1], ...}. */
    public static List<NDArray> unstack(NDArray x) {
        return unstack(x, 0);
    }

    /** The sub-arrays along an axis, which disappears. */
    public static List<NDArray> unstack(NDArray x, int axis) {
        int along = Shapes.axis("unstack", axis, x.ndim());
        Shape rest = x.shape().without(Ints.of(along));
        List<NDArray> parts = new ArrayList<>();
        for (int i = 0; i < x.shape().dim(along); i++) {
            NDArray part = x.slice(along, i, i + 1);
            parts.add(part.shape().equals(rest) ? part : Lax.squeeze(part, Ints.of(along)));
        }
        return List.copyOf(parts);
    }
}
