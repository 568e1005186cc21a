package dev.fluxion.sparse;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Takes columns out, fewest neighbours first; columns of one degree wait in a list. */
final class SmallestLast {
    private final SparsityPattern rows;
    private final SparsityPattern columns;
    private final int[] degree;
    private final int[] head;
    private final int[] next;
    private final int[] previous;
    private final int[] seen;

    SmallestLast(SparsityPattern pattern) {
        rows = pattern;
        columns = pattern.transpose();
        int n = pattern.columns();
        degree = new int[n];
        next = new int[n];
        previous = new int[n];
        seen = new int[n];
        Arrays.fill(seen, -1);
        for (int j = 0; j < n; j++) {
            int[] count = {0};
            neighbours(j, j, other -> count[0]++);
            degree[j] = count[0];
        }
        head = new int[Arrays.stream(degree).max().orElse(0) + 1];
        Arrays.fill(head, -1);
        for (int j = n - 1; j >= 0; j--) {
            insert(j);
        }
        Arrays.fill(seen, -1);
    }

    int[] order() {
        int[] order = new int[degree.length];
        int least = 0;
        for (int at = order.length - 1; at >= 0; at--) {
            while (head[least] < 0) {
                least++;
            }
            int column = head[least];
            remove(column);
            degree[column] = -1;
            order[at] = column;
            neighbours(column, column, other -> {
                if (degree[other] >= 0) {
                    remove(other);
                    degree[other]--;
                    insert(other);
                }
            });
            least = Math.max(0, least - 1);
        }
        return order;
    }

    private void neighbours(int column, int mark, IntConsumer action) {
        seen[column] = mark;
        for (int k = columns.start(column); k < columns.start(column + 1); k++) {
            int row = columns.column(k);
            for (int l = rows.start(row); l < rows.start(row + 1); l++) {
                int other = rows.column(l);
                if (seen[other] != mark) {
                    seen[other] = mark;
                    action.accept(other);
                }
            }
        }
    }

    private void insert(int column) {
        int d = degree[column];
        next[column] = head[d];
        previous[column] = -1;
        if (head[d] >= 0) {
            previous[head[d]] = column;
        }
        head[d] = column;
    }

    private void remove(int column) {
        if (previous[column] >= 0) {
            next[previous[column]] = next[column];
        } else {
            head[degree[column]] = next[column];
        }
        if (next[column] >= 0) {
            previous[next[column]] = previous[column];
        }
    }
}
