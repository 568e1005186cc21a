package dev.fluxion.sparse;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * An immutable set of indices, kept as runs of neighbours {@code [start, end)} in ascending order: a band, a block and
 * everything are one run each. Unions give back an operand where it is the answer, so that equal sets mostly are the same
 * object.
 */
final class IndexSet {
    static final IndexSet EMPTY = new IndexSet();

    /** start, end, start, end, ...; a gap between each end and the next start. */
    private final int[] runs;

    private IndexSet(int... runs) {
        this.runs = runs;
    }

    /** {@code {start, ..., end - 1}}. */
    static IndexSet range(int start, int end) {
        return start < end ? new IndexSet(start, end) : EMPTY;
    }

    static IndexSet of(int index) {
        return new IndexSet(index, index + 1);
    }

    boolean isEmpty() {
        return runs.length == 0;
    }

    long size() {
        long size = 0;
        for (int i = 0; i < runs.length; i += 2) {
            size += runs[i + 1] - runs[i];
        }
        return size;
    }

    void forEach(IntConsumer action) {
        for (int i = 0; i < runs.length; i += 2) {
            for (int k = runs[i]; k < runs[i + 1]; k++) {
                action.accept(k);
            }
        }
    }

    IndexSet union(IndexSet that) {
        if (this == that || that.isEmpty() || contains(that)) {
            return this;
        }
        return isEmpty() || that.contains(this) ? that : merge(that);
    }

    boolean contains(IndexSet that) {
        int i = 0;
        for (int k = 0; k < that.runs.length; k += 2) {
            while (i < runs.length && runs[i + 1] < that.runs[k + 1]) {
                i += 2;
            }
            if (i == runs.length || runs[i] > that.runs[k]) {
                return false;
            }
        }
        return true;
    }

    private IndexSet merge(IndexSet that) {
        int[] merged = new int[runs.length + that.runs.length];
        int count = 0;
        int i = 0;
        int k = 0;
        while (i < runs.length || k < that.runs.length) {
            boolean mine = k == that.runs.length || (i < runs.length && runs[i] <= that.runs[k]);
            int start = mine ? runs[i] : that.runs[k];
            int end = mine ? runs[i + 1] : that.runs[k + 1];
            i += mine ? 2 : 0;
            k += mine ? 0 : 2;
            if (count > 0 && start <= merged[count - 1]) {
                merged[count - 1] = Math.max(merged[count - 1], end);
            } else {
                merged[count++] = start;
                merged[count++] = end;
            }
        }
        return new IndexSet(count == merged.length ? merged : Arrays.copyOf(merged, count));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndexSet that && Arrays.equals(runs, that.runs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(runs);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < runs.length; i += 2) {
            text.append(i == 0 ? "" : ", ").append(runs[i]);
            text.append(runs[i + 1] == runs[i] + 1 ? "" : ".." + (runs[i + 1] - 1));
        }
        return text.append('}').toString();
    }

    /** The union of many sets, in time about linear in the number of their runs. */
    static final class Union {
        private IndexSet only = EMPTY;
        private long[] collected = new long[16];
        private int count;

        void add(IndexSet set) {
            if (set == only || set.isEmpty()) {
                return;
            }
            if (only.isEmpty() && count == 0) {
                only = set;
                return;
            }
            if (count == 0) {
                collect(only);
            }
            // Sets often come again; then they add nothing.
            only = set;
            collect(set);
        }

        private void collect(IndexSet set) {
            for (int i = 0; i < set.runs.length; i += 2) {
                if (count > 0
                        && (int) (collected[count - 1] >>> 32) <= set.runs[i]
                        && set.runs[i] <= (int) collected[count - 1]) {
                    // Continues the run before: neighbours mostly come in order.
                    long start = collected[count - 1] >>> 32;
                    collected[count - 1] = start << 32 | Math.max((int) collected[count - 1], set.runs[i + 1]);
                    continue;
                }
                if (count == collected.length) {
                    collected = Arrays.copyOf(collected, 2 * count);
                }
                collected[count++] = (long) set.runs[i] << 32 | set.runs[i + 1];
            }
        }

        IndexSet get() {
            if (count == 0) {
                return only;
            }
            Arrays.sort(collected, 0, count);
            int[] merged = new int[2 * count];
            int length = 0;
            for (int i = 0; i < count; i++) {
                int start = (int) (collected[i] >>> 32);
                int end = (int) collected[i];
                if (length > 0 && start <= merged[length - 1]) {
                    merged[length - 1] = Math.max(merged[length - 1], end);
                } else {
                    merged[length++] = start;
                    merged[length++] = end;
                }
            }
            IndexSet union = new IndexSet(Arrays.copyOf(merged, length));
            return union.equals(only) ? only : union;
        }
    }
}
