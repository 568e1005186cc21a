package dev.fluxion.numerics.kernels;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product on {@code float[]} in the manner of Goto and van de Geijn: both operands are packed in panels that stay
 * in the caches, and tiles of {@value #ROWS} rows by two vectors are summed up in registers.
 */
final class VectorProductF32 implements MatrixProduct {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Eight sums stay in registers even where there are only sixteen. */
    private static final int ROWS = 4;

    private static final int COLUMNS = 2 * LANES;

    private final int m;
    private final int n;
    private final int k;
    private final Blocking blocking;
    private final AtomicReference<float[]> spare = new AtomicReference<>();

    VectorProductF32(int m, int n, int k) {
        this.m = m;
        this.n = n;
        this.k = k;
        this.blocking = Blocking.of(m, n, k, ROWS, COLUMNS);
    }

    @Override
    public void run(Operand left, Operand right, Object product, int offset) {
        float[] c = (float[]) product;
        if (k == 0) {
            Arrays.fill(c, offset, offset + m * n, 0);
            return;
        }
        float[] kept = spare.getAndSet(null);
        float[] packed = kept != null ? kept : new float[blocking.workspace()];
        for (int j = 0; j < n; j += blocking.columns()) {
            int width = Math.min(blocking.columns(), n - j);
            for (int p = 0; p < k; p += blocking.depth()) {
                int depth = Math.min(blocking.depth(), k - p);
                packRight(right, p, depth, j, width, packed);
                for (int i = 0; i < m; i += blocking.rows()) {
                    int height = Math.min(blocking.rows(), m - i);
                    packLeft(left, i, height, p, depth, packed);
                    block(packed, depth, height, width, c, offset + i * n + j, p == 0);
                }
            }
        }
        spare.set(packed);
    }

    /** Panels of ROWS rows, each stored column by column, missing rows as zeros. */
    private void packLeft(Operand a, int i, int height, int p, int depth, float[] packed) {
        float[] from = (float[]) a.data();
        int at = blocking.leftOffset();
        for (int panel = 0; panel < height; panel += ROWS) {
            int rows = Math.min(ROWS, height - panel);
            for (int r = 0; r < ROWS; r++) {
                int source = a.offset() + (i + panel + r) * a.rowStride() + p * a.columnStride();
                for (int q = 0; q < depth; q++) {
                    packed[at + q * ROWS + r] = r < rows ? from[source + q * a.columnStride()] : 0;
                }
            }
            at += ROWS * depth;
        }
    }

    /** Panels of COLUMNS columns, each stored row by row, missing columns as zeros. */
    private void packRight(Operand b, int p, int depth, int j, int width, float[] packed) {
        float[] from = (float[]) b.data();
        int at = 0;
        for (int panel = 0; panel < width; panel += COLUMNS) {
            int columns = Math.min(COLUMNS, width - panel);
            int source = b.offset() + p * b.rowStride() + (j + panel) * b.columnStride();
            for (int q = 0; q < depth; q++) {
                packRow(from, source + q * b.rowStride(), b.columnStride(), columns, packed, at);
                at += COLUMNS;
            }
        }
    }

    private static void packRow(float[] from, int source, int step, int columns, float[] packed, int at) {
        for (int column = 0; column < columns; column++) {
            packed[at + column] = from[source + column * step];
        }
        for (int column = columns; column < COLUMNS; column++) {
            packed[at + column] = 0;
        }
    }

    private void block(float[] packed, int depth, int height, int width, float[] c, int at, boolean first) {
        int tile = blocking.tileOffset();
        for (int column = 0; column < width; column += COLUMNS) {
            int columns = Math.min(COLUMNS, width - column);
            int right = column * depth;
            for (int row = 0; row < height; row += ROWS) {
                int rows = Math.min(ROWS, height - row);
                int left = blocking.leftOffset() + row * depth;
                int target = at + row * n + column;
                if (rows == ROWS && columns == COLUMNS) {
                    tile(packed, left, right, depth, c, target, n, first);
                    continue;
                }
                // A tile that hangs over the edge is summed up in the workspace.
                for (int r = 0; r < rows && !first; r++) {
                    System.arraycopy(c, target + r * n, packed, tile + r * COLUMNS, columns);
                }
                tile(packed, left, right, depth, packed, tile, COLUMNS, first);
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(packed, tile + r * COLUMNS, c, target + r * n, columns);
                }
            }
        }
    }

    private static void tile(
            float[] packed, int left, int right, int depth, float[] c, int at, int stride, boolean first) {
        FloatVector c00 = first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at);
        FloatVector c01 = first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at + LANES);
        FloatVector c10 = first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at + stride);
        FloatVector c11 = first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at + stride + LANES);
        FloatVector c20 = first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at + 2 * stride);
        FloatVector c21 =
                first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at + 2 * stride + LANES);
        FloatVector c30 = first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at + 3 * stride);
        FloatVector c31 =
                first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at + 3 * stride + LANES);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, packed, right + p * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, packed, right + p * COLUMNS + LANES);
            int a = left + p * ROWS;
            FloatVector a0 = FloatVector.broadcast(SPECIES, packed[a]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, packed[a + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, packed[a + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, packed[a + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
        }
        c00.intoArray(c, at);
        c01.intoArray(c, at + LANES);
        c10.intoArray(c, at + stride);
        c11.intoArray(c, at + stride + LANES);
        c20.intoArray(c, at + 2 * stride);
        c21.intoArray(c, at + 2 * stride + LANES);
        c30.intoArray(c, at + 3 * stride);
        c31.intoArray(c, at + 3 * stride + LANES);
    }
}
