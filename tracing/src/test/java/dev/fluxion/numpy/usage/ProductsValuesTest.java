package dev.fluxion.numpy.usage;

import static dev.fluxion.numpy.Numpy.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.nn.Nn;
import dev.fluxion.numpy.Linalg;
import dev.fluxion.numpy.NDArray;
import org.junit.jupiter.api.Test;

/** Products, einsum and the functions of nn. The expected texts are what JAX prints for the same expressions. */
class ProductsValuesTest {
    private final NDArray m = reshape(arange(6.0), 2, 3);
    private final NDArray t = reshape(arange(24.0), 2, 3, 4);
    private final NDArray v = array(1, 2, 4);

    private static void prints(String expected, NDArray actual) {
        assertEquals(expected, actual.toString());
    }

    @Test
    void products() {
        prints("""
            [[ 6. 22. 38.]
             [54. 70. 86.]]\
            """, matmul(t, ones(4)));
        prints("[2. 4. 8.]", dot(scalar(2.0), v));
        prints("55.0", vdot(m, m));
        prints("[10. 31.]", inner(m, v));
        prints("""
            [[ 1. 10.]
             [ 2. 20.]
             [ 4. 40.]]\
            """, outer(v, array(1, 10)));
        prints("[ 1. 10.  2. 20.  4. 40.]", kron(v, array(1, 10)));
        prints("""
            [[1. 0. 2. 0. 4. 0.]
             [0. 1. 0. 2. 0. 4.]]\
            """, kron(v, eye(2)));
        prints("[ 0.  4. -2.]", cross(v, array(1, 0, 0)));
        prints("-2.0", cross(array(1, 2), array(3, 4)));
        prints("[10. 31.]", vecdot(m, v));
        prints("""
            [[ 6. 22. 38.]
             [54. 70. 86.]]\
            """, matvec(t, ones(2, 4)));
        prints("""
            [[12. 15. 18. 21.]
             [48. 51. 54. 57.]]\
            """, vecmat(ones(3), t));
        prints("True", matmul(array(new boolean[] {true, true}), array(new boolean[] {true, true})));
    }

    @Test
    void einsums() {
        prints("""
            [[12. 14. 16. 18.]
             [20. 22. 24. 26.]
             [28. 30. 32. 34.]]\
            """, einsum("i...->...", t));
        prints("""
            [[12. 20. 28.]
             [14. 22. 30.]
             [16. 24. 32.]
             [18. 26. 34.]]\
            """, einsum("ijk->kj", t));
        prints("[3. 3.]", einsum("iij->j", ones(3, 3, 2)));
        prints("[ 0 13 26]", einsum("iii->i", reshape(arange(27), 3, 3, 3)));
        prints("""
            [[ 0  3]
             [12 15]]\
            """, einsum("iijj->ij", reshape(arange(16), 2, 2, 2, 2)));
        prints("[10. 31.]", einsum("...i,...i", m, v));
        prints("[ 41.  82. 164.]", einsum("ij,j,k->k", m, v, v));
        prints("""
            [[1. 2.]
             [2. 4.]
             [4. 8.]]\
            """, einsum("i,j", v, array(1, 2)));
        prints("""
            [[ 0.  9.]
             [ 0. 36.]]\
            """, einsum("ij,kj->ik", m, m.slice(1, 0, 1)));
        prints("[2. 4. 8.]", einsum(",i->i", scalar(2.0), v));
    }

    @Test
    void activations() {
        prints("[0. 0. 2.]", Nn.relu(v.minus(2)));
        prints("[nan]", Nn.relu(array(Double.NaN)));
        prints("[0.84119199 1.95459769 3.99992975]", Nn.gelu(v));
        prints("[0.84134475 1.95449974 3.99987332]", Nn.gelu(v, false));
        prints("[0.73105858 1.76159416 3.92805516]", Nn.silu(v));
        prints("[-0.63212056  0.          2.        ]", Nn.elu(v.minus(2)));
        prints("[-0.78693868  0.          2.        ]", Nn.celu(v.minus(2), 2));
        prints("[-1.11133074  0.          2.10140197]", Nn.selu(v.minus(2)));
        prints("[0.31326169 0.69314718 2.12692801]", Nn.softplus(v.minus(2)));
        prints("[-1.31326169 -0.69314718 -0.12692801]", Nn.logSigmoid(v.minus(2)));
        prints("[0.86509839 1.94395896 3.99741281]", Nn.mish(v));
        prints("[-1.  0.  1.]", Nn.hardTanh(v.minus(2)));
        prints("[0.66666667 1.66666667 4.        ]", Nn.hardSilu(v));
        prints("[0.66666667 0.83333333 1.        ]", Nn.hardSigmoid(v));
        prints("[1.61803399 2.41421356 4.23606798]", Nn.squareplus(v));
        prints("[0.   0.25 2.  ]", Nn.sparsePlus(v.minus(2)));
        prints("[0.  0.5 1. ]", Nn.sparseSigmoid(v.minus(2)));
        prints("[-1.50869155 -0.93275213 -0.45867515]", Nn.log1mexp(v.div(4)));
        prints("[-0.01  0.    2.  ]", Nn.leakyRelu(v.minus(2)));
        prints("[3. 6. 6.]", Nn.relu6(v.times(3.0)));
        prints("[0.5        0.66666667 0.8       ]", Nn.softSign(v));
        prints("""
            [[0.00426978 0.01160646 0.03154963]
             [0.08576079 0.23312201 0.63369132]]\
            """, Nn.softmax(m, 0, 1));
        prints("""
            [[1. 0. 0.]
             [0. 0. 0.]
             [0. 0. 0.]]\
            """, Nn.oneHot(array(new int[] {0, 5, -1}), 3));
    }

    @Test
    void norms() {
        prints("7.416198487095663", Linalg.norm(m));
        prints("7.0", Linalg.norm(m, 1));
        prints("3.0", Linalg.norm(m, Double.NEGATIVE_INFINITY));
        prints("[2.08008382 6.        ]", Linalg.vectorNorm(m, 3, 1));
        prints("5.0", Linalg.vectorNorm(m, 0));
        prints("[3.         4.04953891 5.19655302]", Linalg.vectorNorm(m, 2.5, 0));
    }
}
