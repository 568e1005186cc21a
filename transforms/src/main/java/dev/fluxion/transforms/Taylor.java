package dev.fluxion.transforms;

import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/**
 * {@code x(t) = x_0 + x_1 t + ... + x_n t^n}, a truncated power series: {@code x_k} is the k-th derivative divided by
 * {@code k!}, so that products need no binomial coefficients.
 *
 * @param terms {@code x_1, ..., x_n}; null is zero
 */
record Taylor(NDArray primal, Array<NDArray> terms) {
    static Taylor constant(NDArray primal, int order) {
        return new Taylor(primal, Array.fill(order, () -> null));
    }

    /** The series with the given coefficients, the first of them {@code x_0}. */
    static Taylor of(NDArray... coefficients) {
        Array<NDArray> all = Array.of(coefficients);
        return new Taylor(all.head(), all.tail());
    }

    int order() {
        return terms.size();
    }

    boolean isConstant() {
        return terms.forAll(term -> term == null);
    }

    /** {@code x_k}; null is zero. */
    NDArray get(int k) {
        return k == 0 ? primal : terms.get(k - 1);
    }

    /** {@code x_0, ..., x_n}. */
    NDArray[] coefficients() {
        return terms.prepend(primal).toJavaArray(NDArray[]::new);
    }

    /** The same series up to a lower order. */
    Taylor truncated(int order) {
        return new Taylor(primal, terms.take(order));
    }

    /** {@code x'(t)}, of an order less. */
    Taylor derivative() {
        Array<NDArray> terms = terms().zipWithIndex((term, i) -> PowerSeries.scaled(term, i + 1.0));
        return new Taylor(terms.head() == null ? Scalars.zeros(primal.type()) : terms.head(), terms.tail());
    }
}
