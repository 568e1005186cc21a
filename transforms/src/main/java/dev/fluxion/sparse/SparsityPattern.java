package dev.fluxion.sparse;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Which elements of a matrix may differ from zero, in compressed rows: row i has the columns {@code
 * columnIndices[rowStarts[i]], ..., columnIndices[rowStarts[i + 1] - 1]}, ascending. Immutable, compared by content.
 */
public final class SparsityPattern {
    private final int rows;
    private final int columns;
    private final int[] starts;
    private final int[] indices;
    private int hash;

    private SparsityPattern(int rows, int columns, int[] starts, int[] indices) {
        this.rows = rows;
        this.columns = columns;
        this.starts = starts;
        this.indices = indices;
    }

    /**
     * The pattern with elements at {@code (rowIndices[k], columnIndices[k])}, in any order; the same place may come again.
     *
     * @throws FluxionException when there are not as many row as column indices, or one is out of range (FX0207)
     */
    public static SparsityPattern of(int rows, int columns, int[] rowIndices, int[] columnIndices) {
        if (rowIndices.length != columnIndices.length) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.BAD_INDEX, "sparsity pattern: row and column indices differ in number")
                    .detail("there are " + rowIndices.length + " row indices")
                    .detail("there are " + columnIndices.length + " column indices"));
        }
        IndexSet.Union[] sets = new IndexSet.Union[rows];
        Arrays.setAll(sets, i -> new IndexSet.Union());
        for (int k = 0; k < rowIndices.length; k++) {
            int i = rowIndices[k];
            int j = columnIndices[k];
            if (i < 0 || i >= rows || j < 0 || j >= columns) {
                throw Tracing.located(
                        FluxionException.of(ErrorCode.BAD_INDEX, "sparsity pattern: an element is outside the matrix")
                                .detail("element " + k + " is at (" + i + ", " + j + ")")
                                .detail("the matrix has " + rows + " rows and " + columns + " columns"));
            }
            sets[i].add(IndexSet.of(j));
        }
        return ofRows(rows, columns, i -> sets[i].get());
    }

    /** The elements of a matrix that differ from zero. */
    public static SparsityPattern ofNonzeros(NDArray matrix) {
        if (matrix.ndim() != 2) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.SHAPE_MISMATCH, "sparsity pattern: " + matrix.type() + " is not a matrix"));
        }
        boolean[] nonzero = matrix.toBooleanArray();
        int columns = matrix.shape().dim(1);
        return ofRows(matrix.shape().dim(0), columns, i -> {
            IndexSet.Union set = new IndexSet.Union();
            for (int j = 0; j < columns; j++) {
                if (nonzero[i * columns + j]) {
                    set.add(IndexSet.of(j));
                }
            }
            return set.get();
        });
    }

    /** The elements (i, j) with {@code i - lower <= j <= i + upper}. */
    public static SparsityPattern banded(int rows, int columns, int lower, int upper) {
        return ofRows(
                rows, columns, i -> IndexSet.range(Math.max(0, i - lower), (int) Math.min(columns, 1L + i + upper)));
    }

    public static SparsityPattern diagonal(int size) {
        return banded(size, size, 0, 0);
    }

    public static SparsityPattern dense(int rows, int columns) {
        return ofRows(rows, columns, i -> IndexSet.range(0, columns));
    }

    /**
     * The pattern with the given rows.
     *
     * @throws FluxionException when there are more elements than an array holds (FX0409)
     */
    static SparsityPattern ofRows(int rows, int columns, IntFunction<IndexSet> row) {
        IndexSet[] sets = new IndexSet[rows];
        Arrays.setAll(sets, row);
        long count = Arrays.stream(sets).mapToLong(IndexSet::size).sum();
        if (count > Integer.MAX_VALUE - 8) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.TOO_LARGE, "sparsity pattern: " + count + " elements may differ from zero")
                    .detail("the matrix has " + rows + " rows and " + columns + " columns")
                    .detail("an array holds at most 2147483639 elements")
                    .hint("jvp, vjp and hvp multiply by the matrix without forming it"));
        }
        int[] starts = new int[rows + 1];
        int[] indices = new int[(int) count];
        int[] next = {0};
        for (int i = 0; i < rows; i++) {
            sets[i].forEach(j -> indices[next[0]++] = j);
            starts[i + 1] = next[0];
        }
        return new SparsityPattern(rows, columns, starts, indices);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The number of elements that may differ from zero. */
    public int nonzeros() {
        return indices.length;
    }

    /** Where each row starts among the elements, and where the last one ends: rows + 1 numbers. */
    public Ints rowStarts() {
        return Ints.of(starts);
    }

    /** The column of each element, row by row. */
    public Ints columnIndices() {
        return Ints.of(indices);
    }

    /** The row of each element, row by row. */
    public Ints rowIndices() {
        return Ints.of(rowOfEach());
    }

    /** Whether element (i, j) may differ from zero. */
    public boolean contains(int i, int j) {
        return element(i, j) >= 0;
    }

    /** The number of element (i, j) in the order of rows; negative when it is zero. */
    int element(int i, int j) {
        return Arrays.binarySearch(indices, starts[i], starts[i + 1], j);
    }

    public SparsityPattern transpose() {
        int[] count = new int[columns + 1];
        for (int j : indices) {
            count[j + 1]++;
        }
        Arrays.parallelPrefix(count, Integer::sum);
        int[] next = count.clone();
        int[] rowsOf = new int[indices.length];
        for (int i = 0; i < rows; i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                rowsOf[next[indices[k]]++] = i;
            }
        }
        return new SparsityPattern(columns, rows, count, rowsOf);
    }

    /** The elements of this pattern or that one, of the same size. */
    public SparsityPattern union(SparsityPattern that) {
        return ofRows(rows, columns, i -> {
            IndexSet.Union set = new IndexSet.Union();
            addRow(i, set);
            that.addRow(i, set);
            return set.get();
        });
    }

    private void addRow(int i, IndexSet.Union set) {
        for (int k = starts[i]; k < starts[i + 1]; k++) {
            set.add(IndexSet.of(indices[k]));
        }
    }

    boolean isSquare() {
        return rows == columns;
    }

    /** Where the elements of row i start. */
    int start(int i) {
        return starts[i];
    }

    /** The column of element k. */
    int column(int k) {
        return indices[k];
    }

    /** The number of elements in row i. */
    int rowSize(int i) {
        return starts[i + 1] - starts[i];
    }

    int largestRow() {
        int largest = 0;
        for (int i = 0; i < rows; i++) {
            largest = Math.max(largest, rowSize(i));
        }
        return largest;
    }

    int[] rowOfEach() {
        int[] row = new int[indices.length];
        for (int i = 0; i < rows; i++) {
            Arrays.fill(row, starts[i], starts[i + 1], i);
        }
        return row;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof SparsityPattern that
                        && rows == that.rows
                        && columns == that.columns
                        && Arrays.equals(starts, that.starts)
                        && Arrays.equals(indices, that.indices);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = 31 * (31 * Arrays.hashCode(indices) + Arrays.hashCode(starts)) + columns;
        }
        return hash;
    }

    /** {@code 3 x 3, 5 nonzeros}. */
    @Override
    public String toString() {
        return rows + " x " + columns + ", " + indices.length + " nonzeros";
    }
}
