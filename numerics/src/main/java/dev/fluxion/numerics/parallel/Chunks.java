package dev.fluxion.numerics.parallel;

/** Work cut into chunks that may run in any order, at once, on any threads. */
@FunctionalInterface
public interface Chunks {
    /** Runs chunk {@code index} of {@code 0 .. count-1}. */
    void run(int index);

    /** The first of {@code size} things that belongs to chunk {@code index} when they are dealt out evenly to {@code count}. */
    static int start(int size, int index, int count) {
        return (int) ((long) size * index / count);
    }
}
