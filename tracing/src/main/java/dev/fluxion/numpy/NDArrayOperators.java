package dev.fluxion.numpy;

/**
 * The operators of arrays, under the names that Kotlin reads as operators. All broadcast and promote as NumPy's do; a Java
 * scalar is weak, it takes the array's dtype: see {@link Numpy}.
 */
abstract class NDArrayOperators {
    abstract NDArray self();

    /** {@code this + other}. */
    public final NDArray plus(NDArray other) {
        return Numpy.add(self(), other);
    }

    public final NDArray plus(Number other) {
        return Numpy.add(self(), other);
    }

    /** {@code this - other}. */
    public final NDArray minus(NDArray other) {
        return Numpy.subtract(self(), other);
    }

    public final NDArray minus(Number other) {
        return Numpy.subtract(self(), other);
    }

    /** {@code this * other}. */
    public final NDArray times(NDArray other) {
        return Numpy.multiply(self(), other);
    }

    public final NDArray times(Number other) {
        return Numpy.multiply(self(), other);
    }

    /** {@code this / other} as real numbers: integers become FLOAT64. */
    public final NDArray div(NDArray other) {
        return Numpy.divide(self(), other);
    }

    public final NDArray div(Number other) {
        return Numpy.divide(self(), other);
    }

    /** {@code this - other * floor(this / other)}: the remainder with the sign of {@code other}. */
    public final NDArray rem(NDArray other) {
        return Numpy.remainder(self(), other);
    }

    public final NDArray rem(Number other) {
        return Numpy.remainder(self(), other);
    }

    /** {@code this ^ other}; an integer scalar is a repeated product. */
    public final NDArray pow(NDArray other) {
        return Numpy.power(self(), other);
    }

    public final NDArray pow(Number other) {
        return Numpy.power(self(), other);
    }

    /** {@code -this}. */
    public final NDArray unaryMinus() {
        return Numpy.negative(self());
    }

    /** {@code this < other} per element. */
    public final NDArray lt(NDArray other) {
        return Numpy.less(self(), other);
    }

    public final NDArray lt(Number other) {
        return Numpy.less(self(), other);
    }

    /** {@code this <= other} per element. */
    public final NDArray le(NDArray other) {
        return Numpy.lessEqual(self(), other);
    }

    public final NDArray le(Number other) {
        return Numpy.lessEqual(self(), other);
    }

    /** {@code this > other} per element. */
    public final NDArray gt(NDArray other) {
        return Numpy.greater(self(), other);
    }

    public final NDArray gt(Number other) {
        return Numpy.greater(self(), other);
    }

    /** {@code this >= other} per element. */
    public final NDArray ge(NDArray other) {
        return Numpy.greaterEqual(self(), other);
    }

    public final NDArray ge(Number other) {
        return Numpy.greaterEqual(self(), other);
    }

    /** {@code this == other} per element. */
    public final NDArray eq(NDArray other) {
        return Numpy.equal(self(), other);
    }

    public final NDArray eq(Number other) {
        return Numpy.equal(self(), other);
    }

    /** {@code this != other} per element. */
    public final NDArray ne(NDArray other) {
        return Numpy.notEqual(self(), other);
    }

    public final NDArray ne(Number other) {
        return Numpy.notEqual(self(), other);
    }

    /** Logical "and" of truth values, bitwise of integers. */
    public final NDArray and(NDArray other) {
        return Numpy.bitwiseAnd(self(), other);
    }

    /** Logical "or" of truth values, bitwise of integers. */
    public final NDArray or(NDArray other) {
        return Numpy.bitwiseOr(self(), other);
    }

    /** Logical "exclusive or" of truth values, bitwise of integers. */
    public final NDArray xor(NDArray other) {
        return Numpy.bitwiseXor(self(), other);
    }

    /** Logical "not" of truth values, bitwise complement of integers. */
    public final NDArray not() {
        return Numpy.bitwiseNot(self());
    }
}
