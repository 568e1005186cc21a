package dev.fluxion.golden;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.atan2;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.cumsum;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.hypot;
import static dev.fluxion.numpy.Numpy.log;
import static dev.fluxion.numpy.Numpy.log1p;
import static dev.fluxion.numpy.Numpy.logsumexp;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.lax.Lax;
import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.Linalg;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.Function1;
import io.vavr.collection.Array;

/** Models of statistics, learning and mechanics; small matrix functions written out by their formulas. */
final class ModelCompositions {
    private ModelCompositions() {}

    static Function1<Array<NDArray>, Array<NDArray>> of(String name) {
        return switch (name) {
            case "logdet_gram" -> a -> one(log(determinant(gram(a.get(0)))));
            case "trace_inverse" -> a -> one(traceInverse(a.get(0), a.get(1)));
            case "gauss_logpdf_chol" -> a -> one(gauss(a.get(0), a.get(1), a.get(2), a.get(3)));
            case "mlp_loss" -> a -> one(mlp(a));
            case "logistic_regression" -> a -> one(logistic(a.get(0), a.get(1), a.get(2)));
            case "softmax_regression" -> a -> one(softmaxRegression(a.get(0), a.get(1)));
            case "spherical_to_cartesian" ->
                a -> one(spherical(a.get(0).get(0), a.get(0).get(1), a.get(0).get(2)));
            case "cartesian_to_polar" ->
                a -> one(polar(a.get(0).get(0), a.get(0).get(1)));
            case "robot_arm" -> a -> one(arm(a.get(0)));
            case "gmm_1d" -> a -> one(mixture(a.get(0), a.get(1), a.get(2), a.get(3)));
            case "bilinear_attention" -> a -> one(attention(a.get(0), a.get(1), a.get(2), a.get(3)));
            case "log_ndtr_probit" -> a -> one(probit(a.get(0), a.get(1), a.get(2)));
            case "gamma_loglik" -> a -> one(gamma(a.get(0).get(0), a.get(0).get(1), a.get(1)));
            case "student_t" ->
                a -> one(studentT(a.get(0).get(0), a.get(0).get(1), a.get(0).get(2), a.get(1)));
            case "normalise" -> a -> one(a.get(0).div(Linalg.norm(a.get(0))));
            case "softmax_jacobian" -> a -> one(Nn.softmax(a.get(0)));
            case "lorenz_rhs" ->
                a -> one(lorenz(a.get(0).get(0), a.get(0).get(1), a.get(0).get(2)));
            case "eig_min" ->
                a -> one(smallestEigenvalue(
                        a.get(0).get(0), a.get(0).get(1), a.get(0).get(2)));
            case "expm_entry" ->
                a -> one(exponentialEntry(a.get(0).get(0), a.get(0).get(1)));
            case "multi_output_tuple" -> a -> severalResults(a.get(0));
            default -> null;
        };
    }

    private static Array<NDArray> one(NDArray result) {
        return Array.of(result);
    }

    private static Array<NDArray> severalResults(NDArray x) {
        return Array.of(sum(x), x.times(x), x.get(0).times(x.get(1)).reshape(1));
    }

    private static NDArray gram(NDArray x) {
        return matmul(x.transpose(), x).plus(Numpy.eye(x.shape().dim(1)));
    }

    private static NDArray determinant(NDArray m) {
        return m.get(0, 0).times(m.get(1, 1)).minus(m.get(0, 1).times(m.get(1, 0)));
    }

    /** Minors over determinant, 3x3. */
    private static NDArray traceInverse(NDArray x, NDArray b) {
        NDArray m = matmul(b.transpose(), b).plus(Numpy.diag(square(x)));
        NDArray minors = Numpy.scalar(0.0);
        for (int i = 0; i < 3; i++) {
            minors = minors.plus(cofactor(m, i, i));
        }
        NDArray det = m.get(0, 0).times(cofactor(m, 0, 0));
        det = det.plus(m.get(0, 1).times(cofactor(m, 0, 1))).plus(m.get(0, 2).times(cofactor(m, 0, 2)));
        return minors.div(det);
    }

    private static NDArray cofactor(NDArray m, int i, int j) {
        int r = (i + 1) % 3;
        int s = (i + 2) % 3;
        int c = (j + 1) % 3;
        int d = (j + 2) % 3;
        return m.get(r, c).times(m.get(s, d)).minus(m.get(r, d).times(m.get(s, c)));
    }

    /** Cholesky's factor and forward substitution, 3x3. */
    private static NDArray gauss(NDArray m, NDArray t, NDArray x, NDArray b) {
        NDArray s = matmul(b, b.transpose()).plus(Numpy.diag(exp(t)));
        NDArray[][] l = new NDArray[3][3];
        NDArray[] z = new NDArray[3];
        NDArray logs = Numpy.scalar(0.0);
        NDArray squares = Numpy.scalar(0.0);
        for (int i = 0; i < 3; i++) {
            NDArray rest = x.get(i).minus(m.get(i));
            for (int j = 0; j <= i; j++) {
                NDArray v = s.get(i, j);
                for (int k = 0; k < j; k++) {
                    v = v.minus(l[i][k].times(l[j][k]));
                }
                l[i][j] = i == j ? sqrt(v) : v.div(l[j][j]);
                rest = i == j ? rest : rest.minus(l[i][j].times(z[j]));
            }
            z[i] = rest.div(l[i][i]);
            logs = logs.plus(log(l[i][i]));
            squares = squares.plus(square(z[i]));
        }
        return squares.times(-0.5).minus(logs).minus(1.5 * Math.log(2 * Math.PI));
    }

    /** Arguments W1, b1, W2, b2, X, y. */
    private static NDArray mlp(Array<NDArray> a) {
        NDArray hidden = tanh(matmul(a.get(4), a.get(0).transpose()).plus(a.get(1)));
        NDArray out = matmul(hidden, a.get(2).transpose()).plus(a.get(3));
        return square(out.squeeze(1).minus(a.get(5))).mean();
    }

    private static NDArray logistic(NDArray w, NDArray x, NDArray s) {
        return Nn.softplus(s.times(matmul(x, w)).unaryMinus())
                .mean()
                .plus(w.dot(w).times(0.05));
    }

    /** The loss of one example of the logistic regression. */
    static NDArray logisticExample(NDArray w, NDArray x, NDArray s) {
        return Nn.softplus(s.times(x.dot(w)).unaryMinus());
    }

    private static NDArray softmaxRegression(NDArray w, NDArray x) {
        NDArray labels = Nn.oneHot(array(new int[] {0, 2, 1, 2}), 3);
        return sum(Nn.logSoftmax(matmul(x, w)).times(labels), -1).mean().unaryMinus();
    }

    private static NDArray spherical(NDArray r, NDArray th, NDArray ph) {
        NDArray flat = r.times(sin(th));
        return stack(flat.times(cos(ph)), flat.times(sin(ph)), r.times(cos(th)));
    }

    private static NDArray polar(NDArray x, NDArray y) {
        return stack(hypot(x, y), atan2(y, x));
    }

    private static NDArray arm(NDArray q) {
        NDArray angles = cumsum(q);
        NDArray lengths = array(1, 0.7, 0.4);
        return stack(lengths.dot(cos(angles)), lengths.dot(sin(angles)));
    }

    private static NDArray mixture(NDArray a, NDArray m, NDArray t, NDArray x) {
        NDArray z = Numpy.expandDims(x, 1).minus(m).div(exp(t));
        NDArray logs = Nn.logSoftmax(a).minus(t).minus(square(z).div(2));
        return sum(logsumexp(logs, 1)).minus(x.size() / 2.0 * Math.log(2 * Math.PI));
    }

    private static NDArray attention(NDArray q, NDArray k, NDArray v, NDArray t) {
        NDArray weights = Nn.softmax(matmul(q, k.transpose()).div(Math.sqrt(2)));
        return sum(matmul(weights, v).times(t));
    }

    private static NDArray probit(NDArray w, NDArray x, NDArray s) {
        NDArray z = s.times(matmul(x, w));
        return sum(log(Lax.erfc(z.div(-Math.sqrt(2))).div(2))).unaryMinus();
    }

    private static NDArray gamma(NDArray a, NDArray b, NDArray x) {
        NDArray logs = a.minus(1).times(log(x)).minus(b.times(x));
        return sum(logs.plus(a.times(log(b))).minus(Lax.lgamma(a)));
    }

    private static NDArray studentT(NDArray mu, NDArray ls, NDArray nu, NDArray x) {
        NDArray half = nu.plus(1).div(2);
        NDArray z = square(x.minus(mu).div(exp(ls))).div(nu);
        NDArray norm = Lax.lgamma(half)
                .minus(Lax.lgamma(nu.div(2)))
                .minus(log(nu.times(Math.PI)).div(2));
        return sum(norm.minus(ls).minus(half.times(log1p(z))));
    }

    private static NDArray lorenz(NDArray x, NDArray y, NDArray z) {
        NDArray dy = x.times(z.unaryMinus().plus(28)).minus(y);
        return stack(y.minus(x).times(10), dy, x.times(y).minus(z.times(8).div(3)));
    }

    private static NDArray smallestEigenvalue(NDArray a, NDArray b, NDArray c) {
        NDArray radius = sqrt(square(a.minus(c).div(2)).plus(square(b)));
        return a.plus(c).div(2).minus(radius);
    }

    /** The power series, 30 terms. */
    private static NDArray exponentialEntry(NDArray s, NDArray t) {
        NDArray m = array(new double[][] {{0, 1}, {-1, 0}})
                .times(s)
                .plus(array(new double[][] {{0.2, 0.1}, {0.3, -0.1}}).times(t));
        NDArray term = Numpy.eye(2);
        NDArray total = term;
        for (int k = 1; k < 30; k++) {
            term = matmul(term, m).div(k);
            total = total.plus(term);
        }
        return total.get(0, 1);
    }
}
