package dev.fluxion.ir;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** An immutable list of ints, compared by content: axes, permutations, paddings. Prints as {@code (0, 2)} or {@code (1,)}. */
public final class Ints implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Ints EMPTY = new Ints(new int[0]);

    private final int[] values;

    private Ints(int[] values) {
        this.values = values;
    }

    public static Ints of(int... values) {
        return values.length == 0 ? EMPTY : new Ints(values.clone());
    }

    /** {@code (0, 1, ..., n-1)}. */
    public static Ints range(int n) {
        return range(0, n);
    }

    /** {@code (from, ..., to-1)}. */
    public static Ints range(int from, int to) {
        return from >= to ? EMPTY : new Ints(IntStream.range(from, to).toArray());
    }

    /** {@code n} times {@code value}. */
    public static Ints fill(int n, int value) {
        int[] result = new int[n];
        Arrays.fill(result, value);
        return new Ints(result);
    }

    public static Ints of(IntStream values) {
        return of(values.toArray());
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    public int get(int i) {
        return values[i];
    }

    public int last() {
        return values[values.length - 1];
    }

    public boolean contains(int value) {
        return indexOf(value) >= 0;
    }

    /** The position of the first {@code value}, or -1. */
    public int indexOf(int value) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        return -1;
    }

    public Ints map(IntUnaryOperator f) {
        return of(stream().map(f));
    }

    public Ints concat(Ints other) {
        return of(IntStream.concat(stream(), other.stream()));
    }

    public Ints append(int value) {
        return concat(of(value));
    }

    public Ints prepend(int value) {
        return of(value).concat(this);
    }

    public Ints sorted() {
        return of(stream().sorted());
    }

    /** True for {@code (0, 1, ..., n-1)}. */
    public boolean isRange() {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != i) {
                return false;
            }
        }
        return true;
    }

    /** The inverse of this permutation: {@code inverse().get(get(i)) == i}. */
    public Ints inversePermutation() {
        int[] inverse = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            inverse[values[i]] = i;
        }
        return of(inverse);
    }

    /** The members of {@code (0, ..., n-1)} that are not in this list, ascending. */
    public Ints complement(int n) {
        return of(IntStream.range(0, n).filter(i -> !contains(i)));
    }

    public IntStream stream() {
        return Arrays.stream(values);
    }

    public int[] toArray() {
        return values.clone();
    }

    /** A copy: what the stream holds besides does not reach it. */
    private Object readResolve() {
        return of(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ints that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        if (values.length == 1) {
            return "(" + values[0] + ",)";
        }
        String inside = Arrays.toString(values);
        return "(" + inside.substring(1, inside.length() - 1) + ")";
    }
}
