package dev.fluxion.random;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;

/** Numbers that are equally likely: floats of an interval, integers of a range, truth values. */
abstract class RandomUniform extends RandomBits {
    /** FLOAT64 numbers in {@code [0, 1)}. */
    public static NDArray uniform(NDArray key, int... shape) {
        return uniform(key, Shape.of(shape), DType.FLOAT64);
    }

    /** Numbers in {@code [0, 1)}: multiples of {@code 2^-52}, or {@code 2^-23} for FLOAT32. */
    public static NDArray uniform(NDArray key, Shape shape, DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> unit(key, shape, dtype, DType.INT32, 9, Float.floatToIntBits(1));
            case FLOAT64 -> unit(key, shape, dtype, DType.INT64, 12, Double.doubleToLongBits(1));
            case BOOL, INT32, INT64 ->
                throw Tracing.located(
                        FluxionException.of(ErrorCode.DTYPE_MISMATCH, "uniform: numbers are f32 or f64, not " + dtype)
                                .hint("randint gives integers, bernoulli truth values"));
        };
    }

    /** FLOAT64 numbers in {@code [minval, maxval)}. */
    public static NDArray uniform(NDArray key, Shape shape, double minval, double maxval) {
        return uniform(key, shape, DType.FLOAT64, minval, maxval);
    }

    /** Numbers in {@code [minval, maxval)}: {@code max(minval, u*(maxval - minval) + minval)} with u in {@code [0, 1)}. */
    public static NDArray uniform(NDArray key, Shape shape, DType dtype, double minval, double maxval) {
        return uniform(key, shape, dtype, constant(dtype, minval), constant(dtype, maxval));
    }

    /**
     * Numbers in {@code [minval, maxval)}.
     *
     * @param minval of the given dtype; a scalar or of the given shape, as is maxval
     */
    public static NDArray uniform(NDArray key, Shape shape, DType dtype, NDArray minval, NDArray maxval) {
        NDArray u = uniform(key, shape, dtype);
        NDArray low = Lax.broadcast(minval, shape);
        NDArray span = Lax.sub(Lax.broadcast(maxval, shape), low);
        return Lax.max(low, Lax.add(Lax.mul(u, span), low));
    }

    /** Truth values, true with probability p. */
    public static NDArray bernoulli(NDArray key, double p, int... shape) {
        return Lax.lt(uniform(key, shape), constant(DType.FLOAT64, p));
    }

    /** Truth values of p's shape, element i true with probability p[i]. */
    public static NDArray bernoulli(NDArray key, NDArray p) {
        return Lax.lt(uniform(key, p.shape(), p.dtype()), p);
    }

    /** -1 or 1 (INT64). */
    public static NDArray rademacher(NDArray key, int... shape) {
        NDArray one = constant(DType.INT64, 1);
        return Lax.select(
                bernoulli(key, 0.5, shape),
                Lax.broadcast(one, Shape.of(shape)),
                Lax.broadcast(Lax.neg(one), Shape.of(shape)));
    }

    /** INT64 integers in {@code [minval, maxval)}. */
    public static NDArray randint(NDArray key, Shape shape, long minval, long maxval) {
        return randint(key, shape, minval, maxval, DType.INT64);
    }

    /**
     * Integers in {@code [minval, maxval)}; minval when the range is empty. Twice as many bits as the dtype has are reduced
     * modulo the length of the range, which favours some values by a part in {@code 2^32} or less.
     *
     * @param maxval may be one more than the dtype's largest value
     * @param dtype INT32 or INT64; another dtype draws other numbers
     */
    public static NDArray randint(NDArray key, Shape shape, long minval, long maxval, DType dtype) {
        NDArray keys = split(key);
        NDArray higher = bits(oneOf(keys, 0), shape, dtype);
        NDArray lower = bits(oneOf(keys, 1), shape, dtype);
        return dtype == DType.INT32
                ? randint32(higher, lower, minval, maxval)
                : randint64(higher, lower, minval, maxval);
    }

    /** Key i of a stack. */
    static NDArray oneOf(NDArray keys, int i) {
        return Lax.reshape(Lax.sliceInDim(keys, i, i + 1, 1, 0), Shape.of(2));
    }

    /** Unsigned 32-bit arithmetic in INT64; products and sums wrap to 32 bits. */
    private static NDArray randint32(NDArray higher, NDArray lower, long minval, long maxval) {
        long low = Math.clamp(minval, Integer.MIN_VALUE, Integer.MAX_VALUE);
        long high = Math.clamp(maxval, Integer.MIN_VALUE, Integer.MAX_VALUE + 1L);
        long span = Math.max(1, high - low);
        long half = (1L << 16) % span;
        NDArray n = constant(DType.INT64, span);
        NDArray multiplier = constant(DType.INT64, word(half * half) % span);
        NDArray product = word(Lax.mul(Lax.rem(unsigned(higher), n), multiplier));
        NDArray offset = Lax.rem(word(Lax.add(product, Lax.rem(unsigned(lower), n))), n);
        return Lax.convertElementType(Lax.add(offset, constant(DType.INT64, low)), DType.INT32);
    }

    private static long word(long x) {
        return x & 0xFFFFFFFFL;
    }

    private static NDArray word(NDArray x) {
        return Lax.bitwiseAnd(x, constant(DType.INT64, 0xFFFFFFFFL));
    }

    private static NDArray unsigned(NDArray x) {
        return word(Lax.convertElementType(x, DType.INT64));
    }

    /** Unsigned 64-bit arithmetic in INT64. */
    private static NDArray randint64(NDArray higher, NDArray lower, long minval, long maxval) {
        long span = maxval <= minval ? 1 : maxval - minval;
        long half = Long.remainderUnsigned(1L << 32, span);
        NDArray multiplier = constant(DType.INT64, Long.remainderUnsigned(half * half, span));
        NDArray product = Lax.mul(remainderUnsigned(higher, span), multiplier);
        NDArray offset = remainderUnsigned(Lax.add(product, remainderUnsigned(lower, span)), span);
        return Lax.add(offset, constant(DType.INT64, minval));
    }

    /** {@code x mod n} of unsigned words: the quotient from half of x, then one correction. */
    private static NDArray remainderUnsigned(NDArray x, long n) {
        NDArray one = constant(DType.INT64, 1);
        NDArray by = constant(DType.INT64, n);
        NDArray rest = x;
        if (n > 0) {
            NDArray quotient = Lax.shiftLeft(Lax.div(Lax.shiftRightLogical(x, one), by), one);
            rest = Lax.sub(x, Lax.mul(quotient, by));
        }
        NDArray sign = constant(DType.INT64, Long.MIN_VALUE);
        NDArray below = Lax.lt(Lax.bitwiseXor(rest, sign), constant(DType.INT64, n ^ Long.MIN_VALUE));
        return Lax.select(below, rest, Lax.sub(rest, by));
    }

    private static NDArray unit(NDArray key, Shape shape, DType dtype, DType words, int drop, long one) {
        NDArray mantissa = Lax.shiftRightLogical(bits(key, shape, words), constant(words, drop));
        NDArray from1To2 = Lax.bitcastConvertType(Lax.bitwiseOr(mantissa, constant(words, one)), dtype);
        return Lax.sub(from1To2, constant(dtype, 1.0));
    }
}
