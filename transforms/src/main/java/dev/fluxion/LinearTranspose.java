package dev.fluxion;

import io.vavr.Function1;

/** The transpose {@code ct -> f^T ct} of a linear function. Itself a function: the transpose. */
public record LinearTranspose<A, R>(Function1<R, A> transpose) implements Function1<R, A> {
    private static final long serialVersionUID = 1L;

    @Override
    public A apply(R cotangents) {
        return transpose.apply(cotangents);
    }
}
