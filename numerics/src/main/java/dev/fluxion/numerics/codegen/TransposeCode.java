package dev.fluxion.numerics.codegen;

import java.util.stream.IntStream;

/**
 * Transposes squares of as many rows as a vector has lanes, in registers, for one dtype: in one step for each bit d of the lanes'
 * numbers, vectors i and i + d exchange those lanes that have the bit in the one and have it not in the other (Eklundh's method).
 */
public abstract class TransposeCode {
    /**
     * {@code to[toAt + i * toStep + j] = from[at + i + j * step]} for {@code j < lanes} and {@code i < count * lanes}.
     *
     * @param count the squares, one below the other in what is written
     */
    public abstract void squares(Object from, int at, int step, Object to, int toAt, int toStep, int count);

    /** The lanes that have the bit. */
    static boolean[] with(int bit, int lanes) {
        boolean[] with = new boolean[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            with[lane] = (lane & bit) != 0;
        }
        return with;
    }

    /** For each lane the one that differs by the bit. */
    static int[] across(int bit, int lanes) {
        return IntStream.range(0, lanes).map(lane -> lane ^ bit).toArray();
    }
}
