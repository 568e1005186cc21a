package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.List;
import java.util.stream.IntStream;

/** Arrays made by a rule: constants, ranges, grids. */
abstract class NumpyFilling extends NumpyCreation {
    /** All zeros, FLOAT64. */
    public static NDArray zeros(int... shape) {
        return zeros(DType.FLOAT64, shape);
    }

    public static NDArray zeros(DType dtype, int... shape) {
        return Lax.broadcast(Operators.scalar(dtype, 0L), Shapes.of(shape));
    }

    /** All ones, FLOAT64. */
    public static NDArray ones(int... shape) {
        return ones(DType.FLOAT64, shape);
    }

    public static NDArray ones(DType dtype, int... shape) {
        return Lax.broadcast(Operators.scalar(dtype, 1L), Shapes.of(shape));
    }

    /** All elements equal to {@code value}; a fraction makes FLOAT64, an integer INT64. */
    public static NDArray full(int[] shape, Number value) {
        return Lax.broadcast(Operators.weak(DType.BOOL, value), Shapes.of(shape));
    }

    /** All elements equal to {@code value}, which broadcasts. */
    public static NDArray full(int[] shape, NDArray value) {
        return Numpy.broadcastTo(value, shape);
    }

    /** Zeros of the shape and dtype of x. */
    public static NDArray zerosLike(NDArray x) {
        return filled(x.type(), 0);
    }

    /** Ones of the shape and dtype of x. */
    public static NDArray onesLike(NDArray x) {
        return filled(x.type(), 1);
    }

    /** {@code value} in the shape and dtype of x. */
    public static NDArray fullLike(NDArray x, Number value) {
        return Lax.broadcast(Operators.weak(x.dtype(), value).astype(x.dtype()), x.shape());
    }

    private static NDArray filled(ArrayType type, long value) {
        return Lax.broadcast(Operators.scalar(type.dtype(), value), type.shape());
    }

    /** {@code 0, 1, ..., stop-1}, INT64. */
    public static NDArray arange(int stop) {
        return Lax.iota(DType.INT64, Math.max(0, stop));
    }

    /** {@code start, start+1, ...} below {@code stop}, INT64. */
    public static NDArray arange(int start, int stop) {
        return arange(start, stop, 1);
    }

    /** {@code start, start+step, ...} before {@code stop}, INT64. */
    public static NDArray arange(int start, int stop, int step) {
        int count = count(start, stop, step);
        return Lax.iota(DType.INT64, count).times((long) step).plus((long) start);
    }

    /** {@code 0.0, 1.0, ...} below {@code stop}, FLOAT64. */
    public static NDArray arange(double stop) {
        return arange(0.0, stop, 1.0);
    }

    /** {@code start, start+1, ...} below {@code stop}, FLOAT64. */
    public static NDArray arange(double start, double stop) {
        return arange(start, stop, 1.0);
    }

    /** {@code start + i*step} for {@code i < (stop-start)/step}, FLOAT64. */
    public static NDArray arange(double start, double stop, double step) {
        int count = count(start, stop, step);
        return Lax.iota(DType.FLOAT64, count).times(step).plus(start);
    }

    private static int count(double start, double stop, double step) {
        double count = Math.ceil((stop - start) / step);
        if (Double.isNaN(count) || count > Integer.MAX_VALUE) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_PARAMETER,
                    "arange: no range from " + start + " to " + stop + " in steps of " + step));
        }
        return (int) Math.max(0, count);
    }

    /** {@code num} numbers from {@code start} to {@code stop} in equal steps, both included, FLOAT64. */
    public static NDArray linspace(double start, double stop, int num) {
        return linspace(scalar(start), scalar(stop), num, true);
    }

    public static NDArray linspace(double start, double stop, int num, boolean endpoint) {
        return linspace(scalar(start), scalar(stop), num, endpoint);
    }

    /** {@code start (1 - i/(num-1)) + stop i/(num-1)} along a new first axis. */
    public static NDArray linspace(NDArray start, NDArray stop, int num) {
        return linspace(start, stop, num, true);
    }

    public static NDArray linspace(NDArray start, NDArray stop, int num, boolean endpoint) {
        DType dtype = Operators.realDType(start.dtype().promote(stop.dtype()));
        Shape bounds = Shapes.broadcast("linspace", Array.of(start.shape(), stop.shape()));
        NDArray first = Shapes.broadcastTo(start.astype(dtype), bounds);
        NDArray last = Shapes.broadcastTo(stop.astype(dtype), bounds);
        int steps = endpoint ? num - 1 : num;
        if (steps < 1) {
            return Shapes.broadcastTo(
                    first, Shapes.of(bounds.dims().prepend(num).toArray()));
        }
        int[] column = Ints.fill(bounds.rank() + 1, 1).toArray();
        column[0] = steps;
        NDArray t = Lax.reshape(Lax.iota(dtype, steps), Shape.of(column)).div(steps);
        NDArray inner = first.times(Operators.scalar(dtype, 1L).minus(t)).plus(last.times(t));
        return endpoint ? Lax.concatenate(Array.of(inner, Lax.expandDims(last, Ints.of(0))), 0) : inner;
    }

    /** {@code base^y} for {@code num} equally spaced y from {@code start} to {@code stop}. */
    public static NDArray logspace(double start, double stop, int num, double base) {
        return Numpy.power(base, linspace(start, stop, num));
    }

    /** {@code 10^y} for {@code num} equally spaced y from {@code start} to {@code stop}. */
    public static NDArray logspace(double start, double stop, int num) {
        return logspace(start, stop, num, 10);
    }

    /** {@code num} numbers from {@code start} to {@code stop} in equal ratios, both included and positive. */
    public static NDArray geomspace(double start, double stop, int num) {
        return logspace(Math.log10(start), Math.log10(stop), num);
    }

    /** The grid of the given vectors, first axis y, second axis x ("xy" indexing). */
    public static List<NDArray> meshgrid(NDArray... vectors) {
        return meshgrid("xy", vectors);
    }

    /**
     * {@code out_k[i0, i1, ...] = vectors[k][i_k]}.
     *
     * @param indexing {@code ij}, or {@code xy}: the first two axes exchanged
     */
    public static List<NDArray> meshgrid(String indexing, NDArray... vectors) {
        boolean xy = indexing.equals("xy");
        if (!xy && !indexing.equals("ij")) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_PARAMETER, "meshgrid: indexing " + indexing + " is not xy or ij"));
        }
        int rank = vectors.length;
        int[] places = Ints.range(rank).toArray();
        if (xy && rank >= 2) {
            places[0] = 1;
            places[1] = 0;
        }
        int[] dims = new int[rank];
        for (int k = 0; k < rank; k++) {
            dims[places[k]] = vectors[k].size();
        }
        Shape shape = Shape.of(dims);
        return IntStream.range(0, rank)
                .mapToObj(k -> Lax.broadcastInDim(Numpy.ravel(vectors[k]), shape, Ints.of(places[k])))
                .toList();
    }

    /** {@code out[k, i0, i1, ...] = i_k}: the index of every element, INT64. */
    public static NDArray indices(int... dimensions) {
        Shape shape = Shapes.of(dimensions);
        return Numpy.stack(IntStream.range(0, shape.rank())
                .mapToObj(k -> Lax.broadcastedIota(DType.INT64, shape, k))
                .toList());
    }
}
