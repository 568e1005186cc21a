package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.codegen.Tiles;
import dev.fluxion.numerics.kernels.MatrixProduct.Operand;

/**
 * The matrix product in the manner of Goto and van de Geijn: blocks of the operands, packed where that is worth it, stay in the
 * caches, and the sums of one tile after the other are computed in registers.
 */
final class TileProduct implements BlockProduct {
    private static final int LINE_BYTES = 64;

    private final int byteSize;
    private final Tiles tiles;

    TileProduct(DType dtype, Tiles tiles) {
        this.byteSize = dtype.byteSize();
        this.tiles = tiles;
    }

    @Override
    public int columns() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int workspace(Operand b, int m, int n, int k) {
        Blocking cut = Blocking.of(m, n, k, tiles.columns(), byteSize);
        return cut.depth() * cut.columns() + leftStep(cut.depth()) * cut.rows() + tiles.rows() * tiles.columns();
    }

    /** The workspace has the packed right block, then the packed left block, then one tile. */
    @Override
    public void run(Operand a, Operand b, Operand c, int m, int n, int k, Object workspace, Epilogue epilogue) {
        Blocking cut = Blocking.of(m, n, k, tiles.columns(), byteSize);
        int afterRight = cut.depth() * cut.columns();
        int afterLeft = afterRight + leftStep(cut.depth()) * cut.rows();
        boolean inPlace = cut.leftInPlace() && a.columnStride() == 1;
        for (int j = 0; j < n; j += cut.columns()) {
            int width = Math.min(cut.columns(), n - j);
            // Sums of no products are zeros: they take one round as well.
            for (int p = 0; p == 0 || p < k; p += cut.depth()) {
                int depth = Math.min(cut.depth(), k - p);
                int step = m <= tiles.rows() ? 0 : depth;
                TileBlock block = new TileBlock(tiles, workspace, step, depth, p == 0, afterLeft);
                // Sums that go on with the next round are not complete.
                boolean isFollowed = epilogue != Epilogue.NONE && p + depth == k;
                int rows = isFollowed ? cut.followedRows(width, byteSize) : cut.rows();
                for (int i = 0; i < m; i += rows) {
                    int height = Math.min(rows, m - i);
                    Operand left = a.from(i, p);
                    if (!inPlace) {
                        left = packLeft(left, height, depth, workspace, afterRight);
                    }
                    block.run(left, i == 0 ? b.from(p, j) : null, c.from(i, j), height, width);
                    if (isFollowed) {
                        epilogue.block(i, j, height, width);
                    }
                }
            }
        }
    }

    /**
     * How far packed rows of the left operand are apart: a line of the cache more than they are long, since rows a power of two
     * apart would all fall on the same few lines.
     */
    private int leftStep(int depth) {
        return depth + LINE_BYTES / byteSize;
    }

    /** Stores the rows one after the other. */
    private Operand packLeft(Operand a, int height, int depth, Object workspace, int at) {
        int step = leftStep(depth);
        new StridedPlane(height, depth, a.rowStride(), a.columnStride(), step, 1)
                .copy(a.data(), a.offset(), workspace, at);
        return new Operand(workspace, at, step, 1);
    }
}
