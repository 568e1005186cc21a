package dev.fluxion.lax;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple;
import io.vavr.Tuple2;

/**
 * Loops over the leading axis of arrays. The function is traced once, whatever the number of steps; arrays that it closes
 * over are as good as arguments, and so are their derivatives. All modes of differentiation go through.
 */
abstract class LaxScans extends LaxLoops {
    /**
     * {@code c = init; for (x : xs) { (c, y) = f(c, x); ys.add(y); } return (c, ys)}.
     *
     * <p>xs is a tree of arrays {@code [n, ...]}, of which a step sees {@code [...]}; ys has a new axis of size n in front of
     * what a step gives. C, X and Y are any trees; null is a tree without arrays. With n = 0 the carry is init and ys are empty.
     *
     * @throws FluxionException FX0304 when f gives another carry than it takes, FX0307 when the sizes of xs along axis 0
     *     differ, FX0303 when f gives null
     */
    public static <C, X, Y> Scan<C, Y> scan(Function2<C, X, Tuple2<C, Y>> f, C init, X xs) {
        return scan(f, init, xs, ScanOptions.DEFAULT);
    }

    /**
     * A scan without xs: {@code for (i = 0; i < length; i++) { (c, y) = f(c); ys.add(y); }}, see
     * {@link #scan(Function2, Object, Object)}.
     */
    public static <C, Y> Scan<C, Y> scan(Function1<C, Tuple2<C, Y>> f, C init, int length) {
        return scan((c, none) -> f.apply(c), init, null, ScanOptions.DEFAULT.withLength(length));
    }

    /** A scan that goes backwards, is unrolled, or has no xs, see {@link #scan(Function2, Object, Object)}. */
    public static <C, X, Y> Scan<C, Y> scan(Function2<C, X, Tuple2<C, Y>> f, C init, X xs, ScanOptions options) {
        return scan("scan", f, init, xs, options);
    }

    private static <C, X, Y> Scan<C, Y> scan(
            String name, Function2<C, X, Tuple2<C, Y>> f, C init, X xs, ScanOptions options) {
        ScanStep<C, X, Y> step = new ScanStep<>(name, f, init, xs);
        return step.result(Loops.scan(name, step.init(), step.xs(), step.length(options), options, step::apply));
    }

    /**
     * {@code ys[i] = f(xs[i])}, one after the other; vmap computes them together.
     *
     * @throws FluxionException FX0307 when the sizes of xs along axis 0 differ
     */
    public static <X, Y> Y map(Function1<X, Y> f, X xs) {
        Function2<Object, X, Tuple2<Object, Y>> step = (none, x) -> Tuple.of(null, f.apply(x));
        return scan("map", step, null, xs, ScanOptions.DEFAULT).ys();
    }

    /**
     * {@code ys[i] = f(xs[i])}, {@code batchSize} of them together and the chunks one after the other: as fast as vmap where a
     * chunk is large, in the memory of one chunk. A remainder that does not fill a chunk comes last.
     *
     * @throws FluxionException FX0104 when the batch size is not positive, FX0307 when the sizes of xs along axis 0 differ
     */
    public static <X, Y> Y map(Function1<X, Y> f, X xs, int batchSize) {
        if (batchSize < 1) {
            throw Tracing.located(FluxionException.of(ErrorCode.BAD_PARAMETER, "map: the batch size is " + batchSize)
                    .hint("it is at least 1"));
        }
        Function2<Object, X, Tuple2<Object, Y>> each = (none, x) -> Tuple.of(null, f.apply(x));
        ScanStep<Object, X, Y> step = new ScanStep<>("map", each, null, xs);
        int length = step.length(ScanOptions.DEFAULT);
        return step.result(ChunkedMap.of("map", step::apply, step.xs(), length, batchSize))
                .ys();
    }

    /**
     * The inclusive scan of an associative operation: {@code ys[i] = fn(ys[i - 1], xs[i])}, {@code ys[0] = xs[0]}, in about
     * {@code 2 log2 n} applications of fn to whole slices instead of n.
     *
     * @param fn associative, and vectorised: given two trees like {@code elems}, of any size along axis 0, it combines them
     *     slice by slice; it need not commute
     * @throws FluxionException FX0307 when the sizes of the arrays along axis 0 differ, FX0304 when fn gives another structure or
     *     other types than it takes
     */
    public static <A> A associativeScan(Function2<A, A, A> fn, A elems) {
        return associativeScan(fn, elems, false, 0);
    }

    /**
     * As {@link #associativeScan(Function2, Object)}, along any axis (negative ones count from the last), and from the last
     * element to the first: {@code ys[i] = fn(ys[i + 1], xs[i])}.
     */
    public static <A> A associativeScan(Function2<A, A, A> fn, A elems, boolean reverse, int axis) {
        return AssociativeScan.of(fn, elems, reverse, axis);
    }
}
