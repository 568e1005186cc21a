package dev.fluxion.golden;

import static dev.fluxion.golden.SemanticFacts.second;
import static dev.fluxion.golden.SemanticFacts.slope;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.where;

import dev.fluxion.Fluxion;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.Linalg;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.Function1;
import io.vavr.Tuple;

/** Facts about derivatives at kinks, ties and the ends of domains. */
final class KinkFacts {
    private KinkFacts() {}

    static Object of(String name) {
        return switch (name) {
            case "where_unsafe" -> pullBack(0, x -> where(x.gt(0), sqrt(x), 0));
            case "where_unsafe_neg" -> slope(-1, x -> where(x.gt(0), log(x), 0));
            case "where_unsafe_zero_log" -> pullBack(0, x -> where(x.gt(0), log(x), 0));
            case "where_double" -> slope(0, x -> where(x.gt(0), sqrt(where(x.gt(0), x, 1)), 0));
            case "norm_at_zero" -> Fluxion.grad((NDArray x) -> Linalg.norm(x)).apply(array(0, 0));
            case "safe_norm_at_zero" -> Fluxion.grad(KinkFacts::safeNorm).apply(array(0, 0));
            case "atan2_at_zero" ->
                Fluxion.gradBoth((NDArray y, NDArray x) -> Numpy.atan2(y, x)).apply(scalar(0.0), scalar(0.0));
            case "relu_at_zero" -> slope(0, x -> Nn.relu(x));
            case "max_x_0_at_zero" -> slope(0, x -> Numpy.maximum(x, 0.0));
            case "max_xx" -> slope(1, x -> Numpy.maximum(x, x));
            case "sqrt_at_zero" -> slope(0, x -> sqrt(x));
            case "sqrt_square_at_zero" -> slope(0, x -> sqrt(x.times(x)));
            case "x_pow_0_at_zero" -> slope(0, x -> x.pow(0));
            case "pow_2_float_at_zero" -> {
                Function1<NDArray, NDArray> f = x -> Numpy.power(x, 2.0);
                yield Tuple.of(slope(0, f), second(0, f));
            }
            case "logsumexp_equal_grad" ->
                Fluxion.grad((NDArray x) -> Numpy.logsumexp(x)).apply(array(1000, 1000, 1000));
            case "log1p_expm1_tiny" -> {
                Function1<NDArray, NDArray> f = x -> Numpy.log1p(Numpy.expm1(x));
                yield Tuple.of(f.apply(scalar(1e-18)), slope(1e-18, f));
            }
            default -> null;
        };
    }

    /** The slope by reverse mode. */
    private static NDArray pullBack(double x, Function1<NDArray, NDArray> f) {
        return Fluxion.vjp(f, scalar(x)).pullback().apply(scalar(1.0));
    }

    private static NDArray safeNorm(NDArray x) {
        NDArray squares = sum(square(x));
        NDArray positive = squares.gt(0);
        return where(positive, sqrt(where(positive, squares, 1)), 0);
    }
}
