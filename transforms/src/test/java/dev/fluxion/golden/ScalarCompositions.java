package dev.fluxion.golden;

import static dev.fluxion.numpy.Numpy.acosh;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.cumsum;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log1p;
import static dev.fluxion.numpy.Numpy.logsumexp;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.maximum;
import static dev.fluxion.numpy.Numpy.minimum;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sinh;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.Function1;
import io.vavr.collection.Array;

/** Functions of one array, all others fixed: test functions of optimisation, sums, loops written out. */
final class ScalarCompositions {
    private ScalarCompositions() {}

    static Function1<Array<NDArray>, NDArray> of(String name) {
        return switch (name) {
            case "rosenbrock" -> a -> rosenbrock(a.get(0));
            case "beale" -> a -> beale(a.get(0).get(0), a.get(0).get(1));
            case "himmelblau" -> a -> himmelblau(a.get(0).get(0), a.get(0).get(1));
            case "ackley" -> a -> ackley(a.get(0));
            case "rastrigin" -> a -> rastrigin(a.get(0));
            case "quadratic_form", "quadratic_form_all_args" -> a -> quadraticForm(a.get(0), a.get(1), a.get(2));
            case "logsumexp_linear" -> a -> logsumexp(matmul(a.get(1), a.get(0)));
            case "max_affine" ->
                a -> matmul(a.get(1), a.get(0)).max().plus(sum(square(a.get(0))).times(0.1));
            case "tanh_chain_10" -> a -> tanhChain(a.get(0));
            case "nested_trig" -> a -> sum(sin(exp(cos(a.get(0)))).times(log1p(square(a.get(0)))));
            case "prod_of_all", "prod_with_zero" -> a -> a.get(0).prod();
            case "sorted_weights" -> a -> sum(sorted(a.get(0)).times(array(1, 2, 3, 4)));
            case "sort_squares" -> a -> sum(cumsum(sorted(a.get(0)).pow(3)));
            case "cumsum_squared" -> a -> sum(square(cumsum(a.get(0))));
            case "lennard_jones" -> a -> lennardJones(a.get(0));
            case "vdp_euler" ->
                a -> vanDerPol(a.get(0).get(0), a.get(0).get(1), a.get(0).get(2));
            case "newton_sqrt_unrolled" -> a -> newton(a.get(0));
            case "gather_table" -> a -> table(a.get(0));
            case "catenary" ->
                a -> sum(sqrt(square(sinh(a.get(0))).plus(1))
                        .times(acosh(square(a.get(0)).plus(1))));
            case "x_pow_x" -> a -> sum(a.get(0).pow(a.get(0)));
            case "dict_tree_two_args" ->
                a -> sum(tanh(a.get(0).times(a.get(1)))).plus(a.get(1).pow(3));
            case "conv_loss" -> a -> convolutionLoss(a.get(0));
            case "fft_spectrum" -> a -> spectrum(a.get(0));
            default -> null;
        };
    }

    private static NDArray rosenbrock(NDArray x) {
        int n = x.size();
        NDArray head = x.slice(0, 0, n - 1);
        NDArray rise = x.slice(0, 1, n).minus(square(head));
        return sum(square(rise).times(100).plus(square(head.minus(1))));
    }

    private static NDArray beale(NDArray x, NDArray y) {
        NDArray a = x.times(y).minus(x).plus(1.5);
        NDArray b = x.times(square(y)).minus(x).plus(2.25);
        NDArray c = x.times(y.pow(3)).minus(x).plus(2.625);
        return square(a).plus(square(b)).plus(square(c));
    }

    private static NDArray himmelblau(NDArray x, NDArray y) {
        return square(square(x).plus(y).minus(11)).plus(square(x.plus(square(y)).minus(7)));
    }

    private static NDArray ackley(NDArray x) {
        NDArray radius = exp(sqrt(square(x).mean()).times(-0.2)).times(-20);
        return radius.minus(exp(cos(x.times(2 * Math.PI)).mean())).plus(20 + Math.E);
    }

    private static NDArray rastrigin(NDArray x) {
        return sum(square(x).minus(cos(x.times(2 * Math.PI)).times(10))).plus(10 * x.size());
    }

    private static NDArray quadraticForm(NDArray x, NDArray m, NDArray b) {
        return x.dot(matmul(m, x)).div(2).plus(b.dot(x));
    }

    private static NDArray tanhChain(NDArray x) {
        NDArray y = x;
        for (int k = 0; k < 10; k++) {
            y = tanh(y.times(1.2).plus(0.1 * k));
        }
        return sum(y);
    }

    /** Four elements in ascending order, by a network of comparisons. */
    private static NDArray sorted(NDArray x) {
        NDArray[] v = {x.get(0), x.get(1), x.get(2), x.get(3)};
        int[][] network = {{0, 1}, {2, 3}, {0, 2}, {1, 3}, {1, 2}};
        for (int[] pair : network) {
            NDArray low = minimum(v[pair[0]], v[pair[1]]);
            v[pair[1]] = maximum(v[pair[0]], v[pair[1]]);
            v[pair[0]] = low;
        }
        return stack(v);
    }

    private static NDArray lennardJones(NDArray r) {
        NDArray energy = Numpy.scalar(0.0);
        for (int i = 0; i < 3; i++) {
            for (int j = i + 1; j < 3; j++) {
                NDArray squared = sum(square(r.get(i).minus(r.get(j))));
                energy = energy.plus(squared.pow(-6).minus(squared.pow(-3)).times(4));
            }
        }
        return energy;
    }

    private static NDArray vanDerPol(NDArray x0, NDArray v0, NDArray mu) {
        NDArray x = x0;
        NDArray v = v0;
        for (int step = 0; step < 20; step++) {
            NDArray force = mu.times(square(x).unaryMinus().plus(1)).times(v).minus(x);
            NDArray next = x.plus(v.times(0.05));
            v = v.plus(force.times(0.05));
            x = next;
        }
        return square(x).plus(square(v));
    }

    private static NDArray newton(NDArray x) {
        NDArray y = Numpy.onesLike(x);
        for (int k = 0; k < 6; k++) {
            y = y.plus(x.div(y)).div(2);
        }
        return sum(y);
    }

    private static NDArray table(NDArray t) {
        int[] i = {0, 2, 2, 1};
        int[] j = {1, 2, 0, 1};
        NDArray total = Numpy.scalar(0.0);
        for (int k = 0; k < 4; k++) {
            total = total.plus(t.get(i[k]).times(t.get(j[k])).times(k + 1));
        }
        return total;
    }

    private static NDArray convolutionLoss(NDArray k) {
        NDArray padded = array(0, 0.5, -1, 2, 0.3, -0.7, 0);
        NDArray out = Numpy.zeros(5);
        for (int i = 0; i < 3; i++) {
            out = out.plus(padded.slice(0, i, i + 5).times(k.get(i)));
        }
        return sum(square(Nn.relu(out)));
    }

    private static NDArray spectrum(NDArray x) {
        NDArray angle = Numpy.outer(Numpy.arange(4.0), Numpy.arange(6.0)).times(2 * Math.PI / 6);
        NDArray power = square(matmul(cos(angle), x)).plus(square(matmul(sin(angle), x)));
        return sum(power.times(array(1, 2, 3, 4)));
    }
}
