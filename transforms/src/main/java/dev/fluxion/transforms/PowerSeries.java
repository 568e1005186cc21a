package dev.fluxion.transforms;

import dev.fluxion.numpy.NDArray;
import java.util.function.UnaryOperator;

/** Arithmetic on truncated power series, and on their coefficients, where null is zero. */
final class PowerSeries {
    private PowerSeries() {}

    /** {@code a b}. */
    static NDArray times(NDArray a, NDArray b) {
        return a == null || b == null ? null : a.times(b);
    }

    /** {@code a - b}. */
    static NDArray minus(NDArray a, NDArray b) {
        return b == null ? a : a == null ? b.unaryMinus() : a.minus(b);
    }

    /** {@code a / b}, b not zero. */
    static NDArray over(NDArray a, NDArray b) {
        return a == null ? null : a.div(b);
    }

    static NDArray scaled(NDArray a, double factor) {
        return a == null ? null : a.times(factor);
    }

    static NDArray negative(NDArray a) {
        return a == null ? null : a.unaryMinus();
    }

    /** {@code sum_{i=from}^{to} a_i b_{k-i}}. */
    static NDArray convolution(NDArray[] a, NDArray[] b, int k, int from, int to) {
        NDArray sum = null;
        for (int i = from; i <= to; i++) {
            sum = JvpRules.sum(sum, times(a[i], b[k - i]));
        }
        return sum;
    }

    /** {@code sum_{i=from}^{k-from} a_i a_{k-i}}, each product once. */
    static NDArray convolution(NDArray[] a, int k, int from) {
        NDArray twice = null;
        for (int i = from; 2 * i < k; i++) {
            twice = JvpRules.sum(twice, times(a[i], a[k - i]));
        }
        NDArray sum = scaled(twice, 2);
        return k % 2 == 0 && k / 2 >= from ? JvpRules.sum(sum, times(a[k / 2], a[k / 2])) : sum;
    }

    /** {@code y_k} of {@code y' = w x'}: {@code 1/k sum_{i=1}^k i x_i w_{k-i}}. */
    static NDArray integral(NDArray[] x, NDArray[] w, int k) {
        NDArray sum = null;
        for (int i = 1; i <= k; i++) {
            sum = JvpRules.sum(sum, times(scaled(x[i], i), w[k - i]));
        }
        return sum == null ? null : sum.div(k);
    }

    /** {@code y} of {@code y' = w x'} with the given {@code y_0}; w up to the order before that of x. */
    static Taylor integral(NDArray primal, Taylor x, Taylor w) {
        NDArray[] xs = x.coefficients();
        NDArray[] ws = w.coefficients();
        NDArray[] y = new NDArray[xs.length];
        y[0] = primal;
        for (int k = 1; k < y.length; k++) {
            y[k] = integral(xs, ws, k);
        }
        return Taylor.of(y);
    }

    static Taylor plus(Taylor a, Taylor b) {
        return new Taylor(a.primal().plus(b.primal()), a.terms().zipWith(b.terms(), JvpRules::sum));
    }

    static Taylor minus(Taylor a, Taylor b) {
        return new Taylor(a.primal().minus(b.primal()), a.terms().zipWith(b.terms(), PowerSeries::minus));
    }

    /** {@code c + a}. */
    static Taylor shifted(double c, Taylor a) {
        return new Taylor(a.primal().plus(c), a.terms());
    }

    /** A linear map of every coefficient. */
    static Taylor map(Taylor a, UnaryOperator<NDArray> linear) {
        return new Taylor(linear.apply(a.primal()), a.terms().map(term -> term == null ? null : linear.apply(term)));
    }

    static Taylor times(Taylor a, Taylor b) {
        NDArray[] as = a.coefficients();
        NDArray[] bs = b.coefficients();
        NDArray[] c = new NDArray[as.length];
        for (int k = 0; k < c.length; k++) {
            c[k] = convolution(as, bs, k, 0, k);
        }
        return Taylor.of(c);
    }

    static Taylor square(Taylor a) {
        NDArray[] as = a.coefficients();
        NDArray[] c = new NDArray[as.length];
        c[0] = a.primal().times(a.primal());
        for (int k = 1; k < c.length; k++) {
            c[k] = convolution(as, k, 0);
        }
        return Taylor.of(c);
    }

    /** {@code c} of {@code c b = a}: {@code c_k = (a_k - sum_{i<k} c_i b_{k-i}) / b_0}. */
    static Taylor over(Taylor a, Taylor b) {
        NDArray[] bs = b.coefficients();
        NDArray[] c = new NDArray[bs.length];
        c[0] = a.primal().div(b.primal());
        for (int k = 1; k < c.length; k++) {
            c[k] = over(minus(a.get(k), convolution(c, bs, k, 0, k - 1)), b.primal());
        }
        return Taylor.of(c);
    }

    /** {@code 1 / a}. */
    static Taylor reciprocal(Taylor a) {
        return over(Taylor.constant(Scalars.like(a.primal(), 1), a.order()), a);
    }

    /** {@code y = x^a}: {@code x y' = a y x'}, so {@code y_k = 1/(k x_0) sum_{i=1}^k (a i - (k - i)) x_i y_{k-i}}. */
    static Taylor power(NDArray primal, Taylor x, UnaryOperator<NDArray> timesExponent) {
        NDArray[] xs = x.coefficients();
        NDArray[] y = new NDArray[xs.length];
        y[0] = primal;
        for (int k = 1; k < y.length; k++) {
            NDArray sum = null;
            for (int i = 1; i <= k; i++) {
                NDArray product = times(xs[i], y[k - i]);
                NDArray risen = product == null ? null : timesExponent.apply(product.times(i));
                sum = JvpRules.sum(sum, minus(risen, i == k ? null : scaled(product, k - i)));
            }
            y[k] = sum == null ? null : sum.div(x.primal().times(k));
        }
        return Taylor.of(y);
    }

    /** {@code a^n} by squaring, for n of at least 1. */
    static Taylor power(Taylor a, int n) {
        Taylor result = null;
        Taylor square = a;
        for (int rest = n; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result == null ? square : times(result, square);
            }
            if (rest > 1) {
                square = square(square);
            }
        }
        return result;
    }

    /** {@code y = e^u}: {@code y' = y u'}. */
    static Taylor exp(NDArray primal, Taylor u) {
        return along(primal, u, (y, k) -> y[k]);
    }

    /** {@code y = log x}: {@code x y' = x'}, so {@code y_k = (x_k - 1/k sum_{i<k} i y_i x_{k-i}) / x_0}. */
    static Taylor log(NDArray primal, Taylor x) {
        NDArray[] xs = x.coefficients();
        NDArray[] y = new NDArray[xs.length];
        NDArray[] slopes = new NDArray[xs.length];
        y[0] = primal;
        for (int k = 1; k < y.length; k++) {
            NDArray sum = convolution(slopes, xs, k, 1, k - 1);
            y[k] = over(minus(xs[k], sum == null ? null : sum.div(k)), xs[0]);
            slopes[k] = scaled(y[k], k);
        }
        return Taylor.of(y);
    }

    /** {@code 1 / sqrt(x)}. */
    static Taylor rsqrt(NDArray primal, Taylor x) {
        return power(primal, x, product -> product.times(-0.5));
    }

    /** One coefficient of the slope, from the coefficients of the function found so far. */
    interface Slope {
        NDArray at(NDArray[] y, int k);
    }

    /** {@code y} of {@code y' = w(y) x'}, where {@code w_k} follows from {@code y_0, ..., y_k}. */
    static Taylor along(NDArray primal, Taylor x, Slope slope) {
        NDArray[] xs = x.coefficients();
        NDArray[] y = new NDArray[xs.length];
        NDArray[] w = new NDArray[xs.length];
        y[0] = primal;
        for (int k = 1; k < y.length; k++) {
            w[k - 1] = slope.at(y, k - 1);
            y[k] = integral(xs, w, k);
        }
        return Taylor.of(y);
    }
}
