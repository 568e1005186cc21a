package dev.fluxion.numerics.parallel;

/** Work cut into chunks that may run in any order, at once, on any threads. */
@FunctionalInterface
public interface Chunks {
    /** Runs chunk {@code index} of {@code 0 .. count-1}. */
    void run(int index);
}
