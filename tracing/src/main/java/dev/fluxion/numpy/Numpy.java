package dev.fluxion.numpy;

/**
 * The functions of {@code jax.numpy} under the same names in lowerCamelCase, made for
 * {@code import static dev.fluxion.numpy.Numpy.*}.
 *
 * <p>Operands broadcast as NumPy's do: aligned at the last axis, sizes equal or 1. Their dtypes promote along BOOL, INT32,
 * INT64, FLOAT32, FLOAT64; functions that are real by nature ({@code sin}, {@code mean}, {@code divide} ...) turn integers
 * and truth values into FLOAT64. Java scalars are weak: beside an array they take its dtype, except that a fraction beside
 * integers makes FLOAT64. Axes may be negative: they count from the end.
 */
public final class Numpy extends NumpyProducts {
    private Numpy() {}
}
