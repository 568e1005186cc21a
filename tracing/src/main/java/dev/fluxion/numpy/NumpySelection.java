package dev.fluxion.numpy;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.List;

/** Choosing by values, and functions of two arrays that are stable where their formula is not. */
abstract class NumpySelection extends NumpyLogic {
    /**
     * {@code condition ? x : y} per element. Both are computed: keep what is not chosen finite, or its derivative is NaN.
     */
    public static NDArray where(NDArray condition, NDArray x, NDArray y) {
        DType dtype = x.dtype().promote(y.dtype());
        Shape shape = Shapes.broadcast("where", Array.of(condition.shape(), x.shape(), y.shape()));
        return Tracing.bind(
                new Elementwise.SelectN(),
                Shapes.beside(condition.astype(DType.BOOL), shape),
                Shapes.beside(y.astype(dtype), shape),
                Shapes.beside(x.astype(dtype), shape));
    }

    public static NDArray where(NDArray condition, NDArray x, Number y) {
        return where(condition, x, Operators.weak(x.dtype(), y));
    }

    public static NDArray where(NDArray condition, Number x, NDArray y) {
        return where(condition, Operators.weak(y.dtype(), x), y);
    }

    public static NDArray where(NDArray condition, Number x, Number y) {
        return where(condition, Operators.weak(DType.BOOL, x), Operators.weak(DType.BOOL, y));
    }

    /** The choice of the first condition that holds, else {@code otherwise}. */
    public static NDArray select(List<NDArray> conditions, List<NDArray> choices, NDArray otherwise) {
        if (conditions.size() != choices.size()) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_PARAMETER,
                    "select: " + conditions.size() + " conditions but " + choices.size() + " choices"));
        }
        NDArray result = otherwise;
        for (int i = conditions.size() - 1; i >= 0; i--) {
            result = where(conditions.get(i), choices.get(i), result);
        }
        return result;
    }

    /** {@code minimum(maximum(x, min), max)}. */
    public static NDArray clip(NDArray x, NDArray min, NDArray max) {
        return minimum(max, maximum(min, x));
    }

    public static NDArray clip(NDArray x, Number min, Number max) {
        return minimum(max, maximum(min, x));
    }

    /** x as another dtype: floats truncate to integers; to BOOL is {@code x != 0}. */
    public static NDArray astype(NDArray x, DType dtype) {
        return Lax.convertElementType(x, dtype);
    }

    /** The angle of the point (x2, x1): {@code arctan(x1 / x2)} in all four quadrants. */
    public static NDArray arctan2(NDArray x1, NDArray x2) {
        return Operators.realBinary("arctan2", BinaryOp.ATAN2, x1, x2);
    }

    public static NDArray atan2(NDArray x1, NDArray x2) {
        return arctan2(x1, x2);
    }

    /** {@code sqrt(x^2 + y^2)} without overflow; at (0, 0) the derivative is 0. */
    public static NDArray hypot(NDArray x, NDArray y) {
        DType dtype = Operators.realDType(x.dtype().promote(y.dtype()));
        NDArray a = x.astype(dtype);
        NDArray b = y.astype(dtype);
        NDArray scale = Lax.stopGradient(maximum(Lax.abs(a), Lax.abs(b)));
        NDArray usual = Lax.isFinite(scale).and(scale.gt(0));
        NDArray unit = powerOfTwo(where(usual, scale, 1.0));
        NDArray u = a.div(unit);
        NDArray v = b.div(unit);
        NDArray squares = Lax.fma(u, u, square(v));
        NDArray length = unit.times(sqrt(where(usual, squares, 1.0)));
        NDArray infinite = isinf(a).or(isinf(b));
        return where(usual, length, where(infinite, Double.POSITIVE_INFINITY, scale));
    }

    /** The largest normal power of two up to {@code x > 0}, the least one for subnormal x: division by it is exact. */
    private static NDArray powerOfTwo(NDArray x) {
        boolean isSingle = x.dtype() == DType.FLOAT32;
        DType bits = isSingle ? DType.INT32 : DType.INT64;
        NDArray exponent = Lax.bitwiseAnd(
                Lax.bitcastConvertType(x, bits),
                scalar(isSingle ? 0x7F800000L : 0x7FF0000000000000L).astype(bits));
        return maximum(Lax.bitcastConvertType(exponent, x.dtype()), isSingle ? Float.MIN_NORMAL : Double.MIN_NORMAL);
    }

    /** {@code log(e^x + e^y)} without overflow. */
    public static NDArray logaddexp(NDArray x, NDArray y) {
        DType dtype = Operators.realDType(x.dtype().promote(y.dtype()));
        return LogAddExp.of(x.astype(dtype), y.astype(dtype));
    }

    /** {@code log2(2^x + 2^y)} without overflow. */
    public static NDArray logaddexp2(NDArray x, NDArray y) {
        double ln2 = Math.log(2);
        return logaddexp(Operators.real(x).times(ln2), Operators.real(y).times(ln2))
                .div(ln2);
    }
}
