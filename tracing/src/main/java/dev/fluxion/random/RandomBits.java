package dev.fluxion.random;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;

/** Keys and raw bits. There are no unsigned dtypes: INT32 and INT64 carry the same bit patterns. */
abstract class RandomBits {
    /** What a key is: two words. */
    private static final ArrayType KEY = ArrayType.of(DType.INT32, 2);

    /** The key {@code (high word of seed, low word of seed)}, an {@code i32[2]}. */
    public static NDArray key(long seed) {
        return NDArray.of(Backend.get().array(KEY, new int[] {(int) (seed >>> 32), (int) seed}));
    }

    /**
     * The key of a seed that may be traced.
     *
     * @param seed an integer scalar; an INT32 seed has the high word 0
     */
    public static NDArray key(NDArray seed) {
        if (seed.ndim() != 0 || !seed.dtype().isInteger()) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.SHAPE_MISMATCH, "key: a seed is an integer scalar, not " + seed.type())
                    .hint("vmap(Random::key) makes a stack of keys from a vector of seeds"));
        }
        NDArray high = seed.dtype() == DType.INT32
                ? constant(DType.INT32, 0)
                : Lax.convertElementType(Lax.shiftRightLogical(seed, constant(DType.INT64, 32)), DType.INT32);
        NDArray low = seed.dtype() == DType.INT32 ? seed : Lax.convertElementType(lowWord(seed), DType.INT32);
        return words(high, low);
    }

    /** Two independent keys, an {@code i32[2,2]}: {@code keys.get(0)}, {@code keys.get(1)}. */
    public static NDArray split(NDArray key) {
        return split(key, 2);
    }

    /** {@code n} independent keys, an {@code i32[n,2]}. */
    public static NDArray split(NDArray key, int n) {
        return split(key, Shape.of(n));
    }

    /** An array of independent keys: {@code shape} followed by an axis of size 2. */
    public static NDArray split(NDArray key, Shape shape) {
        Array<NDArray> words = cipher(key, shape);
        return words(words.get(0), words.get(1));
    }

    /** The key for the case {@code data} of {@code key}: for a loop index, an example, a layer. Low 32 bits count. */
    public static NDArray foldIn(NDArray key, long data) {
        return foldIn(key, constant(DType.INT32, (int) data));
    }

    /**
     * The key for the case {@code data} of {@code key}.
     *
     * @param data an integer scalar, of which the low 32 bits count
     */
    public static NDArray foldIn(NDArray key, NDArray data) {
        if (data.ndim() != 0 || !data.dtype().isInteger()) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.SHAPE_MISMATCH, "foldIn: the data is an integer scalar, not " + data.type())
                    .hint("vmap(foldIn, inAxes(NONE, 0)) folds in each element of a vector"));
        }
        NDArray low = data.dtype() == DType.INT64 ? Lax.convertElementType(lowWord(data), DType.INT32) : data;
        requireKey(key);
        Array<NDArray> out = Lax.threefry2x32(word(key, 0), word(key, 1), constant(DType.INT32, 0), low);
        return words(out.get(0), out.get(1));
    }

    /** Random 64-bit words (INT64) of the given shape. */
    public static NDArray bits(NDArray key, int... shape) {
        return bits(key, Shape.of(shape), DType.INT64);
    }

    /**
     * Random words.
     *
     * @param dtype INT32 or INT64: the bits of JAX's uint32 or uint64
     */
    public static NDArray bits(NDArray key, Shape shape, DType dtype) {
        Array<NDArray> words = cipher(key, shape);
        return switch (dtype) {
            case INT32 -> Lax.bitwiseXor(words.get(0), words.get(1));
            case INT64 ->
                Lax.bitwiseOr(
                        Lax.shiftLeft(Lax.convertElementType(words.get(0), DType.INT64), constant(DType.INT64, 32)),
                        lowWord(Lax.convertElementType(words.get(1), DType.INT64)));
            case BOOL, FLOAT32, FLOAT64 ->
                throw Tracing.located(
                        FluxionException.of(ErrorCode.DTYPE_MISMATCH, "bits: words are i32 or i64, not " + dtype)
                                .hint("uniform and normal give floats, bernoulli truth values"));
        };
    }

    /** The cipher of {@code (0, i)} for the row-major position i of each element. */
    private static Array<NDArray> cipher(NDArray key, Shape shape) {
        requireKey(key);
        NDArray low = Lax.reshape(Lax.iota(DType.INT32, shape.size()), shape);
        NDArray high = Lax.broadcast(constant(DType.INT32, 0), shape);
        return Lax.threefry2x32(Lax.broadcast(word(key, 0), shape), Lax.broadcast(word(key, 1), shape), high, low);
    }

    private static void requireKey(NDArray key) {
        if (!key.type().equals(KEY)) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.SHAPE_MISMATCH, "random: " + key.type() + " is not a key")
                            .detail("a key is " + KEY + ", as Random.key(seed) makes it")
                            .hint("keys.get(i) is one key of a stack that split made; vmap draws with all of them"));
        }
    }

    private static NDArray word(NDArray key, int i) {
        return Lax.squeeze(Lax.sliceInDim(key, i, i + 1, 1, 0), Ints.of(0));
    }

    /** The two words of each key along a new last axis. */
    private static NDArray words(NDArray high, NDArray low) {
        Ints last = Ints.of(low.ndim());
        return Lax.concatenate(Array.of(Lax.expandDims(high, last), Lax.expandDims(low, last)), low.ndim());
    }

    private static NDArray lowWord(NDArray x) {
        return Lax.bitwiseAnd(x, constant(DType.INT64, 0xFFFFFFFFL));
    }

    /** An integer scalar. */
    static NDArray constant(DType dtype, long value) {
        Object data = dtype == DType.INT32 ? new int[] {(int) value} : new long[] {value};
        return NDArray.of(Backend.get().array(ArrayType.scalar(dtype), data));
    }

    /** A floating scalar. */
    static NDArray constant(DType dtype, double value) {
        Object data = dtype == DType.FLOAT32 ? new float[] {(float) value} : new double[] {value};
        return NDArray.of(Backend.get().array(ArrayType.scalar(dtype), data));
    }
}
