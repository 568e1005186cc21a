package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.codegen.Tiles;
import dev.fluxion.numerics.kernels.MatrixProduct.Operand;

/**
 * Blocks of a matrix product over the same rows of the right operand: tile by tile in one panel of columns after the other.
 *
 * @param workspace has the packed panels, each as wide as the widest tile and row by row
 * @param step how far the panels are apart, for each of their columns; 0 where none is needed again
 * @param depth the products in a sum
 * @param first whether they are the first ones of their sums
 * @param spare where a tile fits the workspace
 */
record TileBlock(Tiles tiles, Object workspace, int step, int depth, boolean first, int spare) {
    /** @param unpacked the block of the right operand while it is not packed, else null */
    void run(Operand a, Operand unpacked, Operand c, int height, int width) {
        for (int j = 0; j < width; j += tiles.columns()) {
            Panel panel = new Panel(j * step, Math.min(tiles.columns(), width - j));
            panel(a, unpacked == null ? null : unpacked.from(0, j), panel, c.from(0, j), height);
        }
    }

    /** A panel of the right operand: where in the workspace it is packed or to be packed. */
    private record Panel(int at, int columns) {}

    private void panel(Operand a, Operand unpacked, Panel panel, Operand c, int height) {
        int count = Math.ceilDiv(height, tiles.rows());
        int row = unpacked == null ? 0 : pack(unpacked, panel, a, Math.ceilDiv(height, count), c);
        // Tiles of nearly one height, the higher ones first.
        for (int tile = row == 0 ? 1 : 2; tile <= count; tile++) {
            int next = Math.ceilDiv(tile * height, count);
            if (panel.columns % tiles.lanes() == 0) {
                tile(next - row, a.from(row, 0), panel, c.from(row, 0));
            } else {
                hangingTile(next - row, a.from(row, 0), panel, c.from(row, 0));
            }
            row = next;
        }
    }

    /**
     * Packs a panel; what the last one lacks stays as it was. Where the rows of all of it are contiguous, the first tile is
     * summed up meanwhile.
     *
     * @param rows the rows of the first tile
     * @return the rows that are summed up
     */
    private int pack(Operand b, Panel to, Operand a, int rows, Operand c) {
        int whole = tiles.columns();
        if (b.columnStride() != 1 || to.columns < whole) {
            new StridedPlane(to.columns, depth, b.columnStride(), b.rowStride(), 1, whole)
                    .copy(b.data(), b.offset(), workspace, to.at);
            return 0;
        }
        tiles.code()
                .packingTile(
                        a.data(),
                        a.offset(),
                        a.rowStride(),
                        workspace,
                        to.at,
                        depth,
                        c.data(),
                        c.offset(),
                        c.rowStride(),
                        first,
                        rows,
                        b.data(),
                        b.offset(),
                        b.rowStride());
        return rows;
    }

    private void tile(int rows, Operand a, Panel b, Operand c) {
        int vectors = Math.ceilDiv(b.columns, tiles.lanes());
        tiles.code()
                .tile(
                        a.data(),
                        a.offset(),
                        a.rowStride(),
                        workspace,
                        b.at,
                        depth,
                        c.data(),
                        c.offset(),
                        c.rowStride(),
                        first,
                        rows,
                        vectors);
    }

    /** A tile that hangs over the right edge is summed up in the workspace. */
    private void hangingTile(int rows, Operand a, Panel b, Operand c) {
        Operand whole = new Operand(workspace, spare, tiles.columns(), 1);
        if (!first) {
            copy(c, whole, rows, b.columns);
        }
        tile(rows, a, b, whole);
        copy(whole, c, rows, b.columns);
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
