package dev.fluxion;

import java.util.List;

/**
 * {@code (f(x), [y_1, ..., y_n])}: the value of {@code y(t) = f(x(t))} at {@code t = 0} and its derivatives of order 1 to n
 * there, trees of one structure.
 */
public record Jet<R>(R primal, List<R> series) {
    public Jet {
        series = List.copyOf(series);
    }
}
