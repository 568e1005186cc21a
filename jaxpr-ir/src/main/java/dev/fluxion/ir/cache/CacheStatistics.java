package dev.fluxion.ir.cache;

import java.util.OptionalLong;

/**
 * What a cache holds and how it was used since the process began or the caches were cleared.
 *
 * @param name what it keeps: {@code traces}, {@code plans}
 * @param entries how many it keeps at present
 * @param capacity how many it keeps at most; of traces and of programs made by transforms so many for each function and for
 *     each program
 * @param hits how often what was asked for was there
 * @param misses how often it had to be made
 * @param evictions how many entries made room for others
 * @param bytes the array memory that the entries hold, where that is known
 */
public record CacheStatistics(
        String name, long entries, long capacity, long hits, long misses, long evictions, OptionalLong bytes) {
    /** {@code plans: 12 of 2048, 40 hits, 12 misses, 0 evictions, 1024 bytes}. */
    @Override
    public String toString() {
        return name + ": " + entries + " of " + capacity + ", " + hits + " hits, " + misses + " misses, " + evictions
                + " evictions" + (bytes.isPresent() ? ", " + bytes.getAsLong() + " bytes" : "");
    }
}
