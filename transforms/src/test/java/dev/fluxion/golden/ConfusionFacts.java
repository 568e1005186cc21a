package dev.fluxion.golden;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.gradSecond;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.atan;
import static dev.fluxion.numpy.Numpy.cumsum;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.reciprocal;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sinc;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.lax.Lax;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Facts about nested derivatives: perturbations that must stay apart, high orders, mixed modes. */
final class ConfusionFacts {
    private interface F extends Function1<NDArray, NDArray> {}

    private ConfusionFacts() {}

    static Object of(String name) {
        return switch (name) {
            case "pc_classic" -> gradAt(1, x -> x.times(gradAt(1, y -> x.plus(y))));
            case "pc_mul" -> gradAt(3, x -> x.times(gradAt(2, y -> x.times(y))));
            case "pc_jvp_in_jvp" -> slopeAt(1, x -> x.times(slopeAt(1, y -> x.plus(y))));
            case "pc_jvp_in_grad" -> gradAt(2, x -> x.times(slopeAt(3, y -> x.times(y.pow(2)))));
            case "pc_grad_in_jvp" -> slopeAt(2, x -> x.times(gradAt(3, y -> x.times(y.pow(2)))));
            case "pc_amazing_bug" -> gradAt(0, a -> gradAt(0, b -> exp(a.plus(b).plus(1))));
            case "pc_three_levels" ->
                gradAt(
                        3,
                        x -> x.times(gradAt(
                                2, y -> y.times(gradAt(1, z -> x.times(y).times(z.pow(2)))))));
            case "pc_vmap_in_grad" -> gradAt(2, x -> sum(map(y -> x.times(y).times(y), array(1, 2, 3))));
            case "pc_grad_in_vmap_closure" -> map(x -> gradAt(2, y -> x.times(y.pow(2))), array(1, 2, 3));
            case "pc_nested_vmap" -> map(x -> map(y -> x.times(10).plus(y), array(1, 2)), array(3, 4, 5));
            case "pc_jit_closure" ->
                gradAt(2, x -> jit((NDArray y) -> x.times(y)).apply(scalar(3.0)));
            case "pc_grad_jit_grad" ->
                gradAt(0.7, x -> jit(grad((NDArray y) -> sin(x.times(y)))).apply(x));
            case "mixed_4th" -> mixed();
            case "mixed_modes_4th" -> mixedModes();
            case "third_derivative_tensor" ->
                jacfwd(jacrev(grad(ConfusionFacts::polynomial))).apply(array(0.5, 1.2));
            case "fourth_derivative_tensor" ->
                hessian(hessian(ConfusionFacts::polynomial)).apply(array(0.5, 1.2));
            case "taylor_jet_exp_sin" ->
                stack(orders(t -> exp(sin(t.plus(0.3))), 0, false).subList(1, 5));
            case "sinc_derivs_at_zero" -> stack(orders(x -> sinc(x), 0, false).subList(0, 4));
            case "hessian_all_orders" -> hessians();
            case "hvp_forward_over_reverse" ->
                jvp(grad(ConfusionFacts::growth), AT, V).tangent();
            case "hvp_reverse_over_forward" ->
                grad((NDArray x) -> jvp(ConfusionFacts::growth, x, V).tangent()).apply(AT);
            case "hvp_reverse_over_reverse" ->
                grad((NDArray x) -> grad(ConfusionFacts::growth).apply(x).dot(V))
                        .apply(AT);
            default -> highOrder(name);
        };
    }

    private static Object highOrder(String name) {
        if (!name.startsWith("high_order_")) {
            return null;
        }
        boolean forward = name.startsWith("high_order_fwd_");
        return stack(
                switch (name.substring(forward ? 15 : 11)) {
                    case "sin" -> orders(x -> sin(x), 0.7, forward);
                    case "exp_x2" -> orders(x -> exp(x.times(x)), 0.6, forward);
                    case "reciprocal" -> orders(x -> reciprocal(x), 1.3, forward);
                    case "tanh" -> orders(x -> tanh(x), 0.4, forward);
                    case "log" -> orders(x -> log(x), 1.7, forward);
                    case "sqrt" -> orders(x -> sqrt(x), 2.1, forward);
                    case "x_pow_x" -> orders(x -> x.pow(x), 1.4, forward);
                    case "logistic" -> orders(x -> Nn.sigmoid(x), 0.9, forward);
                    case "atan" -> orders(x -> atan(x), 0.8, forward);
                    case "erf" -> orders(x -> Lax.erf(x), 0.5, forward);
                    default -> throw new IllegalArgumentException(name);
                });
    }

    /** The value and four derivatives, by jvp or by grad. */
    private static List<NDArray> orders(F f, double at, boolean forward) {
        UnaryOperator<Function1<NDArray, NDArray>> derivative =
                forward ? g -> x -> jvp(g, x, scalar(1.0)).tangent() : g -> grad(g);
        List<NDArray> values = new ArrayList<>();
        Function1<NDArray, NDArray> g = f;
        for (int k = 0; k < 5; k++) {
            values.add(g.apply(scalar(at)));
            g = derivative.apply(g);
        }
        return values;
    }

    private static NDArray gradAt(double x, F f) {
        return grad((Function1<NDArray, NDArray>) f).apply(scalar(x));
    }

    private static NDArray slopeAt(double x, F f) {
        return jvp((Function1<NDArray, NDArray>) f, scalar(x), scalar(1.0)).tangent();
    }

    private static NDArray map(F f, NDArray xs) {
        return vmap((Function1<NDArray, NDArray>) f).apply(xs);
    }

    private static NDArray wave(NDArray x, NDArray y) {
        return sin(x.times(y)).times(exp(x.minus(y)));
    }

    private static NDArray mixed() {
        Function2<NDArray, NDArray, NDArray> f = ConfusionFacts::wave;
        return grad(grad(gradSecond(gradSecond(f)))).apply(scalar(0.4), scalar(0.9));
    }

    private static NDArray mixedModes() {
        Function2<NDArray, NDArray, NDArray> f = ConfusionFacts::wave;
        NDArray one = scalar(1.0);
        Function2<NDArray, NDArray, NDArray> dy = gradSecond(f);
        Function2<NDArray, NDArray, NDArray> dyy =
                (x, y) -> jvp((NDArray b) -> dy.apply(x, b), y, one).tangent();
        Function2<NDArray, NDArray, NDArray> dxyy = grad(dyy);
        return jvp((NDArray a) -> dxyy.apply(a, scalar(0.9)), scalar(0.4), one).tangent();
    }

    private static NDArray polynomial(NDArray x) {
        NDArray a = x.get(0);
        NDArray b = x.get(1);
        return a.pow(2).times(b.pow(3)).plus(sin(a.times(b)));
    }

    private static List<NDArray> hessians() {
        Function1<NDArray, NDArray> f =
                x -> x.get(0).pow(2).times(x.get(1)).plus(exp(x.get(1).times(x.get(2))));
        NDArray at = array(1, 0.5, 0.2);
        return List.of(
                jacfwd(jacfwd(f)).apply(at),
                jacfwd(jacrev(f)).apply(at),
                jacrev(jacfwd(f)).apply(at),
                jacrev(jacrev(f)).apply(at));
    }

    private static final NDArray AT = array(0.1, 0.2, 0.3);
    private static final NDArray V = array(1, 0, -1);

    private static NDArray growth(NDArray x) {
        return sum(exp(x).times(cumsum(x)));
    }
}
