package dev.fluxion.random;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;

/**
 * Random numbers as pure functions of a key: the same key gives the same numbers, traced or not, on every machine. They
 * are JAX's, bit for bit (threefry, partitionable): integers, uniform numbers and permutations exactly, other
 * distributions up to the rounding of their elementary functions.
 *
 * <p>{@snippet :
 * NDArray keys = split(key(42));
 * NDArray noise = normal(keys.get(0), 3, 4);
 * NDArray order = permutation(keys.get(1), 100);
 * }
 *
 * A key is used once: split it, or fold in a number, for further draws. Where JAX takes its dtype from the x64 mode, this
 * is the x64 mode: FLOAT64 and INT64.
 *
 * <p>Source of the cipher: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2,
 * 3", SC 2011.
 */
public final class Random extends RandomContinuous {
    private Random() {}

    /** INT64 integers in {@code [0, a)}, with replacement. */
    public static NDArray choice(NDArray key, int a, int... shape) {
        return choice(key, a, Shape.of(shape), true);
    }

    /**
     * INT64 integers in {@code [0, a)}.
     *
     * @param replace false: no integer twice
     * @throws FluxionException FX0104 when there are not enough integers
     */
    public static NDArray choice(NDArray key, int a, Shape shape, boolean replace) {
        if (shape.size() > 0 && (a <= 0 || !replace && shape.size() > a)) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.BAD_PARAMETER,
                    "choice: " + shape.size() + " draws" + (replace ? "" : " without replacement") + " from " + a
                            + " integers"));
        }
        return replace
                ? randint(key, shape, 0, a)
                : Lax.reshape(Lax.sliceInDim(permutation(key, a), 0, shape.size(), 1, 0), shape);
    }

    /** INT64 positions in p, i with probability {@code p[i] / sum(p)}, with replacement. */
    public static NDArray choice(NDArray key, NDArray p, int... shape) {
        if (p.ndim() != 1 || !p.dtype().isFloating()) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.SHAPE_MISMATCH, "choice: probabilities are a vector of floats, not " + p.type()));
        }
        int n = p.size();
        NDArray sums = Lax.cumsum(p, 0, false);
        NDArray total = Lax.squeeze(Lax.sliceInDim(sums, n - 1, n, 1, 0), Ints.of(0));
        NDArray u = uniform(key, Shape.of(shape), p.dtype());
        NDArray points = Lax.mul(Lax.broadcast(total, u.shape()), Lax.sub(constant(p.dtype(), 1.0), u));
        Shape table = Shape.of(u.shape().dims().append(n));
        NDArray below = Lax.lt(
                Lax.broadcastInDim(sums, table, Ints.of(u.ndim())),
                Lax.broadcastInDim(points, table, Ints.range(u.ndim())));
        return Lax.reduceSum(Lax.convertElementType(below, DType.INT64), Ints.of(u.ndim()));
    }

    /** INT64 positions along the last axis of logits, i with probability {@code e^logits[i] / sum(e^logits)}. */
    public static NDArray categorical(NDArray key, NDArray logits) {
        return categorical(key, logits, -1, logits.shape().without(Ints.of(logits.ndim() - 1)));
    }

    /**
     * INT64 positions along an axis of logits, i with probability {@code e^logits[i] / sum(e^logits)}: the largest of
     * {@code logits + gumbel}.
     *
     * @param axis counted from the end when negative
     * @param shape ends with the shape of logits without the axis
     */
    public static NDArray categorical(NDArray key, NDArray logits, int axis, Shape shape) {
        int along = axis("categorical", logits, axis);
        Shape batch = logits.shape().without(Ints.of(along));
        int more = shape.rank() - batch.rank();
        Ints all = shape.dims();
        if (more < 0 || !Shape.of(Ints.of(all.stream().skip(more))).equals(batch)) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.SHAPE_MISMATCH, "categorical: shape " + shape + " does not fit the logits")
                    .detail("logits " + logits.type() + " without axis " + axis + " leave " + batch)
                    .hint("the shape ends with " + batch + "; axes in front ask for more draws"));
        }
        Shape drawn = shape.insert(more + along, logits.shape().dim(along));
        NDArray spread = Lax.broadcastInDim(logits, drawn, Ints.range(more, drawn.rank()));
        return Lax.argmax(Lax.add(gumbel(key, drawn, logits.dtype()), spread), more + along, DType.INT64);
    }

    /** The numbers {@code 0, ..., n-1} (INT64) in random order. */
    public static NDArray permutation(NDArray key, int n) {
        return permutation(key, Lax.iota(DType.INT64, n));
    }

    /** x with the parts along axis 0 in random order. */
    public static NDArray permutation(NDArray key, NDArray x) {
        return permutation(key, x, 0, false);
    }

    /**
     * x with the parts along {@code axis} in random order. Gradients flow through.
     *
     * @param axis counted from the end when negative
     * @param independent every row along the axis gets an order of its own
     */
    public static NDArray permutation(NDArray key, NDArray x, int axis, boolean independent) {
        int along = axis("permutation", x, axis);
        Ints others = Ints.of(along).complement(x.ndim());
        Ints moved = independent ? others.append(along) : others.prepend(along);
        Shape words = independent ? x.shape() : Shape.of(x.shape().dim(along));
        NDArray order = order(key, words, independent ? moved : Ints.of(0));
        return order == null
                ? x
                : Lax.transpose(Permute.of(Lax.transpose(x, moved), order), moved.inversePermutation());
    }

    /**
     * A random order along the last axis: sorted by random words, several times over, since words can be equal. The
     * number of rounds is JAX's. Null for an array of one element.
     *
     * @param shape the shape of the words to draw
     * @param moved brings the axis that is ordered to the end
     */
    private static NDArray order(NDArray key, Shape shape, Ints moved) {
        double rounds = Math.ceil(3 * Math.log(Math.max(1, shape.size())) / Math.log(0xFFFFFFFFL));
        NDArray order = null;
        NDArray next = key;
        for (int round = 0; round < rounds; round++) {
            NDArray keys = split(next);
            next = oneOf(keys, 0);
            NDArray words = bits(oneOf(keys, 1), shape, DType.INT32);
            NDArray sorted = SortOrder.of(Lax.transpose(words, moved));
            order = order == null ? sorted : Permute.of(order, sorted);
        }
        return order;
    }

    private static int axis(String name, NDArray x, int axis) {
        if (axis < -x.ndim() || axis >= x.ndim()) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.BAD_AXIS, name + ": " + x.type() + " has no axis " + axis));
        }
        return axis < 0 ? axis + x.ndim() : axis;
    }
}
