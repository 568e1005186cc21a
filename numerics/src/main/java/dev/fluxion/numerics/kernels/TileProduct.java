package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.codegen.RowCode;
import dev.fluxion.numerics.codegen.Tiles;
import dev.fluxion.numerics.kernels.MatrixProduct.Operand;

/**
 * The matrix product in the manner of Goto and van de Geijn: both operands are packed in blocks that stay in the caches, and
 * the sums of one tile after the other are computed in registers.
 */
final class TileProduct implements BlockProduct {
    private final int byteSize;
    private final Tiles tiles;
    private final RowCode packing;

    TileProduct(DType dtype, Tiles tiles, RowCode packing) {
        this.byteSize = dtype.byteSize();
        this.tiles = tiles;
        this.packing = packing;
    }

    @Override
    public int workspace(Operand b, int m, int n, int k) {
        Blocking cut = Blocking.of(m, n, k, tiles.columns(), byteSize);
        return cut.depth() * (cut.columns() + cut.rows()) + tiles.rows() * tiles.columns();
    }

    /** The workspace has the packed right block, then the packed left block, then one tile. */
    @Override
    public void run(Operand a, Operand b, Operand c, int m, int n, int k, Object workspace) {
        Blocking cut = Blocking.of(m, n, k, tiles.columns(), byteSize);
        int afterRight = cut.depth() * cut.columns();
        int afterLeft = afterRight + cut.depth() * cut.rows();
        boolean inPlace = cut.leftInPlace() && a.columnStride() == 1;
        for (int j = 0; j < n; j += cut.columns()) {
            int width = Math.min(cut.columns(), n - j);
            // Sums of no products are zeros: they take one round as well.
            for (int p = 0; p == 0 || p < k; p += cut.depth()) {
                int depth = Math.min(cut.depth(), k - p);
                for (int i = 0; i < m; i += cut.rows()) {
                    int height = Math.min(cut.rows(), m - i);
                    Operand left = a.from(i, p);
                    if (!inPlace) {
                        left = packLeft(left, height, depth, workspace, afterRight);
                    }
                    Operand unpacked = i == 0 ? b.from(p, j) : null;
                    block(left, unpacked, workspace, depth, height, width, c.from(i, j), p == 0, afterLeft);
                }
            }
        }
    }

    /** Stores the rows one after the other. */
    private Operand packLeft(Operand a, int height, int depth, Object workspace, int at) {
        if (a.columnStride() == 1) {
            for (int i = 0; i < height; i++) {
                System.arraycopy(a.data(), a.offset() + i * a.rowStride(), workspace, at + i * depth, depth);
            }
        } else {
            packing.pack(height, a.data(), a.offset(), a.rowStride(), a.columnStride(), depth, workspace, at, depth, 1);
        }
        return new Operand(workspace, at, depth, 1);
    }

    /**
     * @param unpacked the block of the right operand while it is not packed, else null
     * @param spare where a tile fits the workspace
     */
    private void block(
            Operand a,
            Operand unpacked,
            Object workspace,
            int depth,
            int height,
            int width,
            Operand c,
            boolean first,
            int spare) {
        int count = Math.ceilDiv(height, tiles.rows());
        for (int j = 0; j < width; j += tiles.columns()) {
            int columns = Math.min(tiles.columns(), width - j);
            Panel panel = new Panel(workspace, j * depth, depth, columns, first);
            int row = 0;
            if (unpacked != null) {
                row = pack(unpacked.from(0, j), panel, a, Math.ceilDiv(height, count), c.from(0, j));
            }
            // Tiles of nearly one height, the higher ones first.
            for (int tile = row == 0 ? 1 : 2; tile <= count; tile++) {
                int next = Math.ceilDiv(tile * height, count);
                if (columns % tiles.lanes() == 0) {
                    tile(next - row, a.from(row, 0), panel, c.from(row, j));
                } else {
                    hangingTile(next - row, a.from(row, 0), panel, c.from(row, j), spare);
                }
                row = next;
            }
        }
    }

    /**
     * Stores the panel row by row; what the last one lacks stays as it was. A first tile that is as large as a tile may be is
     * summed up meanwhile.
     *
     * @param rows the rows of the first tile
     * @return the rows that are summed up
     */
    private int pack(Operand b, Panel to, Operand a, int rows, Operand c) {
        int whole = tiles.columns();
        if (b.columnStride() != 1 || to.columns() < whole) {
            packing.pack(
                    to.columns(),
                    b.data(),
                    b.offset(),
                    b.columnStride(),
                    b.rowStride(),
                    to.depth(),
                    to.data(),
                    to.at(),
                    1,
                    whole);
            return 0;
        }
        if (rows < tiles.rows()) {
            tiles.code().pack(b.data(), b.offset(), b.rowStride(), to.depth(), to.data(), to.at());
            return 0;
        }
        tiles.code()
                .packingTile(
                        a.data(),
                        a.offset(),
                        a.rowStride(),
                        to.data(),
                        to.at(),
                        to.depth(),
                        c.data(),
                        c.offset(),
                        c.rowStride(),
                        to.first(),
                        b.data(),
                        b.offset(),
                        b.rowStride());
        return rows;
    }

    /** A panel of the right operand, packed or to be packed, and whether its products are the first ones of the sums. */
    private record Panel(Object data, int at, int depth, int columns, boolean first) {}

    private void tile(int rows, Operand a, Panel b, Operand c) {
        int vectors = Math.ceilDiv(b.columns(), tiles.lanes());
        tiles.code()
                .tile(
                        a.data(),
                        a.offset(),
                        a.rowStride(),
                        b.data(),
                        b.at(),
                        b.depth(),
                        c.data(),
                        c.offset(),
                        c.rowStride(),
                        b.first(),
                        rows,
                        vectors);
    }

    /** A tile that hangs over the right edge is summed up in the workspace. */
    private void hangingTile(int rows, Operand a, Panel b, Operand c, int spare) {
        Operand whole = new Operand(b.data(), spare, tiles.columns(), 1);
        if (!b.first()) {
            copy(c, whole, rows, b.columns());
        }
        tile(rows, a, b, whole);
        copy(whole, c, rows, b.columns());
    }

    private static void copy(Operand from, Operand to, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(
                    from.data(),
                    from.offset() + i * from.rowStride(),
                    to.data(),
                    to.offset() + i * to.rowStride(),
                    columns);
        }
    }
}
