package dev.fluxion.examples;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.jacobianSparsity;
import static dev.fluxion.Fluxion.sparseHessian;
import static dev.fluxion.Fluxion.sparseJacobian;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.pad;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.sparse.Coo;
import dev.fluxion.sparse.Csr;
import dev.fluxion.sparse.SparseDerivative;
import dev.fluxion.sparse.SparsityPattern;
import io.vavr.Function1;

/** The code of docs/sparse-derivatives.md. */
final class SparsePage {
    private SparsePage() {}

    // tag::heat[]
    static NDArray heat(NDArray u) {
        NDArray padded = pad(u, 1);
        int n = u.size();
        return padded.slice(0, 0, n)
                .plus(padded.slice(0, 2, n + 2))
                .minus(u.times(2.0))
                .plus(exp(u));
    }
    // end::heat[]

    static void jacobian() {
        // tag::jacobian[]
        Csr j = sparseJacobian(SparsePage::heat).apply(array(0.0, 0.0, 0.0, 0.0));
        System.out.println(j.pattern());
        System.out.println(j.rowStarts() + " " + j.columnIndices());
        System.out.println(j.values());
        System.out.println(j.toDense());
        System.out.println(j.matvec(array(1.0, 2.0, 3.0, 4.0)));
        Coo entries = j.toCoo();
        System.out.println(entries.rows());
        // end::jacobian[]
    }

    static void prepared() {
        // tag::prepared[]
        Function1<NDArray, NDArray> rosenbrock = x -> {
            NDArray head = x.slice(0, 0, x.size() - 1);
            NDArray tail = x.slice(0, 1, x.size());
            return sum(square(tail.minus(square(head))).times(100.0).plus(square(head.minus(1.0))));
        };
        NDArray x = linspace(0.0, 1.0, 10_000);
        SparseDerivative<NDArray> hessian = sparseHessian(rosenbrock, x);
        System.out.println(hessian.pattern() + ", " + hessian.colors() + " products by " + hessian.product());
        NDArray step = hessian.apply(x).matvec(grad(rosenbrock).apply(x));
        System.out.println(step.shape());
        // end::prepared[]
    }

    static void patterns() {
        // tag::patterns[]
        System.out.println(jacobianSparsity(SparsePage::heat, linspace(0.0, 1.0, 1_000)));
        SparsityPattern band = SparsityPattern.banded(1_000, 1_000, 1, 1);
        System.out.println(sparseJacobian(SparsePage::heat, band).colors());
        // end::patterns[]
    }
}
