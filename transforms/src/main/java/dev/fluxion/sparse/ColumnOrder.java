package dev.fluxion.sparse;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Orders in which a greedy coloring goes over the columns. Columns are neighbours when they share a row. */
enum ColumnOrder {
    /** As they stand: best for bands. */
    NATURAL {
        @Override
        int[] of(SparsityPattern pattern) {
            return IntStream.range(0, pattern.columns()).toArray();
        }
    },
    /** Those with most neighbours first. */
    LARGEST_FIRST {
        @Override
        int[] of(SparsityPattern pattern) {
            long[] degrees = degrees(pattern);
            return IntStream.range(0, pattern.columns())
                    .boxed()
                    .sorted(Comparator.<Integer>comparingLong(j -> -degrees[j]).thenComparingInt(j -> j))
                    .mapToInt(j -> j)
                    .toArray();
        }
    },
    /** From the end: the one that has fewest neighbours among those still left stands last. */
    SMALLEST_LAST {
        @Override
        int[] of(SparsityPattern pattern) {
            long work = 0;
            for (int i = 0; i < pattern.rows(); i++) {
                work += (long) pattern.rowSize(i) * pattern.rowSize(i);
            }
            return work > MOST_WORK ? LARGEST_FIRST.of(pattern) : new SmallestLast(pattern).order();
        }
    };

    private static final long MOST_WORK = 1L << 26;

    abstract int[] of(SparsityPattern pattern);

    /** The neighbours of each column, counted once for each row that is shared. */
    private static long[] degrees(SparsityPattern pattern) {
        long[] degrees = new long[pattern.columns()];
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = pattern.start(i); k < pattern.start(i + 1); k++) {
                degrees[pattern.column(k)] += pattern.rowSize(i) - 1;
            }
        }
        return degrees;
    }
}
