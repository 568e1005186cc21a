package dev.fluxion.transforms;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;

/**
 * Functions with known derivatives of high order. The derivatives were computed with mpmath, in Python:
 *
 * <pre>
 * from mpmath import *
 * mp.dps = 150
 * def w1(x):
 *     a = sin(x); b = x*x; c = cos(b); d = exp(-x/2); e = a*c; g = tanh(e); h = 1 + b; j = log(h)*d
 *     k = g + j; l = x/h; o = sin(sqrt(h))*l; q = k*k + o
 *     return exp(-q)*q
 * def along(t):
 *     return sum(w1(tanh(sum(mpf(A[i][j])*(mpf(X[j]) + t*mpf(V[j])) for j in range(3)))) for i in range(3))
 * [c*factorial(n) for n, c in enumerate(taylor(w1, mpf(0.7), 10))]
 * [c*factorial(n) for n, c in enumerate(taylor(along, mpf(0), 10))]
 * </pre>
 */
final class HigherOrder {
    static final double POINT = 0.7;

    /** The derivatives of {@link #scalar} at {@link #POINT}, orders 0 to 10. */
    static final double[] SCALAR = {
        3.669294310799907976e-1,
        -3.6010465052210706433e-2,
        -5.391476174773599843e-1,
        8.3474730871942605164,
        -1.7757643239702462828e+1,
        -1.5849454869130868768e+2,
        1.6944330583679441146e+3,
        -1.8498804473136285916e+4,
        -2.2482557433373113096e+5,
        1.5206374942934154974e+6,
        -1.9712576635044188483e+7
    };

    /** The derivatives of {@link #field} at {@link #x} in the direction {@link #direction}, orders 0 to 10. */
    static final double[] FIELD = {
        2.0933028139848805464e-1,
        7.0323185137680808242e-2,
        -3.5766898013873279096e-1,
        3.2740364658220976907e-1,
        -1.1147568338127891475,
        -2.7118701269993793895,
        5.4942137472897498966e+1,
        -9.6899271197461586549e+1,
        -1.1878319612815947089e+3,
        9.0086748454209126147e+3,
        -1.9449640395310695379e+4
    };

    private HigherOrder() {}

    /** A function of a scalar, of twenty operations. */
    static NDArray scalar(NDArray x) {
        NDArray b = x.times(x);
        NDArray h = b.plus(1);
        NDArray g = tanh(sin(x).times(cos(b)));
        NDArray k = g.plus(log(h).times(exp(x.times(-0.5))));
        NDArray q = k.times(k).plus(sin(sqrt(h)).times(x.div(h)));
        return exp(q.unaryMinus()).times(q);
    }

    /** A scalar function of a vector: {@code sum_i scalar(tanh(A x)_i)}. */
    static NDArray field(NDArray x) {
        NDArray a = reshape(array(0.6, -0.3, 0.2, 0.1, 0.5, -0.4, -0.2, 0.3, 0.7), 3, 3);
        return scalar(tanh(a.matmul(x))).sum();
    }

    static NDArray x() {
        return array(0.7, -0.3, 0.4);
    }

    static NDArray direction() {
        return array(0.5, -0.25, 0.75);
    }

    /** {@code scalar} differentiated n times. */
    static Function1<NDArray, NDArray> nestedScalar(int n) {
        Function1<NDArray, NDArray> f = HigherOrder::scalar;
        for (int i = 0; i < n; i++) {
            f = grad(f);
        }
        return f;
    }

    /** {@code h_0 = field, h_{k+1}(x) = <v, grad h_k(x)>}. */
    static Function1<NDArray, NDArray> nestedField(int n) {
        NDArray v = direction();
        Function1<NDArray, NDArray> f = HigherOrder::field;
        for (int i = 0; i < n; i++) {
            Function1<NDArray, NDArray> gradient = grad(f);
            f = x -> gradient.apply(x).times(v).sum();
        }
        return f;
    }
}
