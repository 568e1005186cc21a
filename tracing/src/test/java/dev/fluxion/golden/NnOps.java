package dev.fluxion.golden;

import static dev.fluxion.golden.GoldenOp.one;
import static dev.fluxion.golden.GoldenOp.three;
import static dev.fluxion.golden.GoldenOp.two;
import static dev.fluxion.numpy.Numpy.abs;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.axes;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.where;

import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.Linalg;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;

final class NnOps {
    private NnOps() {}

    static GoldenOp of(GoldenCase c) {
        return switch (c.name()) {
            case "glu" -> one(x -> Nn.glu(x));
            case "standardize" -> one(x -> Nn.standardize(x));
            case "logmeanexp" -> one(x -> Nn.logmeanexp(x));
            case "layernorm" -> three((x, g, b) -> normalized(x, -1).times(g).plus(b));
            case "softmax_xent" -> one(NnOps::crossEntropy);
            case "sigmoid_bce" -> two((z, y) -> Nn.softplus(z).minus(y.times(z)).mean());
            case "attention" -> three(NnOps::attention);
            case "batchnorm" -> one(x -> normalized(x, 0));
            case "dense_tanh" -> three((x, w, b) -> Numpy.tanh(matmul(x, w).plus(b)));
            case "huber" -> one(NnOps::huber);
            case "cosine_similarity" ->
                two((x, y) -> x.dot(y).div(Linalg.norm(x).times(Linalg.norm(y))));
            default -> null;
        };
    }

    private static NDArray normalized(NDArray x, int axis) {
        NDArray centered = x.minus(x.mean(axes(axis).keepdims()));
        return centered.div(sqrt(x.var(axes(axis).keepdims()).plus(1e-5)));
    }

    private static NDArray crossEntropy(NDArray z) {
        NDArray labels = Nn.oneHot(array(new int[] {2, 0, 1}), z.shape().dim(1));
        return Nn.logSoftmax(z).times(labels).sum(-1).mean().unaryMinus();
    }

    private static NDArray attention(NDArray q, NDArray k, NDArray v) {
        int n = q.shape().dim(0);
        NDArray scores = matmul(q, k.transpose()).div(Math.sqrt(q.shape().dim(1)));
        NDArray causal = Numpy.tri(n, n, 0).gt(0);
        return matmul(Nn.softmax(where(causal, scores, Double.NEGATIVE_INFINITY)), v);
    }

    private static NDArray huber(NDArray r) {
        return where(abs(r).le(1), square(r).times(0.5), abs(r).minus(0.5)).sum();
    }
}
