package dev.fluxion.ir.testing;

import java.util.List;

/** A stream of decisions made from one number: 0 always takes the first. */
final class Choice {
    private long state;

    Choice(int seed) {
        this.state = seed;
    }

    /** A number below {@code bound}; from the seed 0 always 0. */
    int number(int bound) {
        int result = (int) Long.remainderUnsigned(state, bound);
        state = state == 0 ? 0 : (state ^ (state >>> 7)) * 0x9E3779B97F4A7C15L >>> 11;
        return result;
    }

    boolean oneIn(int n) {
        return number(n) == n - 1;
    }

    <T> T of(List<T> values) {
        // The last values first, so that programs become deep rather than wide.
        return values.get(values.size() - 1 - number(values.size()));
    }

    @SafeVarargs
    final <T> T among(T... values) {
        return values[number(values.length)];
    }
}
