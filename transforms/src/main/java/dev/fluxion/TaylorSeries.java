package dev.fluxion;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.transforms.Derived;
import dev.fluxion.transforms.TaylorMode;
import dev.fluxion.transforms.TreeFunction;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.List;

/** Derivatives of high order along a curve, by arithmetic on truncated Taylor series. */
abstract class TaylorSeries extends Checkpointing {
    private record Key(String transform, int order) {}

    /**
     * {@code y_k = d^k/dt^k f(x(t))} at {@code t = 0} for {@code k = 1, ..., n}, where {@code x(t) = x_0 + x_1 t + x_2 t^2/2! +
     * ... + x_n t^n/n!}; {@code x_0} is {@code primals} and {@code x_k} the k-th entry of {@code series}, counted from 1.
     *
     * <p>Coefficients are derivatives, not divided by factorials. The series 1, 0, ..., 0 of a scalar gives the derivatives
     * of f. The work is about {@code n^2} times that of f. Integer leaves of the series are ignored.
     *
     * @throws dev.fluxion.ir.FluxionException when structure, shapes or dtypes of the coefficients are not those of the
     *     primals (FX0501, FX0403), or f has a derivative in reverse mode only (FX0406)
     */
    public static <A, R> Jet<R> jet(Function1<A, R> f, A primals, List<A> series) {
        return jet(TaylorMode.jet(
                TreeFunction.of(f), Array.of(primals), Array.ofAll(series).map(Array::of)));
    }

    /**
     * {@code d^k/dt^k f(a(t), b(t))}, see {@link #jet(Function1, Object, List)}.
     *
     * @throws dev.fluxion.ir.FluxionException also when the two series differ in length (FX0104)
     */
    public static <A, B, R> Jet<R> jet(Function2<A, B, R> f, Tuple2<A, B> primals, Tuple2<List<A>, List<B>> series) {
        TaylorMode.requireEqualLengths(series._1.size(), series._2.size());
        return jet(TaylorMode.jet(
                TreeFunction.of(f),
                Array.of(primals._1, primals._2),
                Array.ofAll(series._1).zipWith(series._2, Array::of)));
    }

    private static <R> Jet<R> jet(TaylorMode.Expansion expansion) {
        Array<R> terms = expansion.series().map(Gradients::cast);
        return new Jet<>(cast(expansion.primal()), terms.asJava());
    }

    /**
     * {@code x -> f^(n)(x)}: the n-th derivative of a function of a scalar, or of a function that treats every element of an
     * array alike, by one Taylor series of order n; the work is about {@code n^2} times that of f.
     *
     * <p>For any other f it is the n-th derivative along the vector of ones, {@code d^n/dt^n f(x + t)}.
     *
     * @throws dev.fluxion.ir.FluxionException when n is negative (FX0104); when called, if x is not floating (FX0402)
     */
    public static Function1<NDArray, NDArray> nthDerivative(Function1<NDArray, NDArray> f, int n) {
        TaylorMode.requireOrder(n);
        return Derived.of(f, new Key("nthDerivative", n), g -> {
            TreeFunction function = TreeFunction.of(g);
            return x -> TaylorMode.nthDerivative(function, n, x);
        });
    }
}
