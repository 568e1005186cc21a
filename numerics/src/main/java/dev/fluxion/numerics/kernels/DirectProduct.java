package dev.fluxion.numerics.kernels;

import dev.fluxion.numerics.codegen.DirectCode;
import dev.fluxion.numerics.codegen.DirectProductCode;
import dev.fluxion.numerics.kernels.MatrixProduct.Operand;
import dev.fluxion.numerics.parallel.Chunks;

/** Blocks of products by code that reads both operands where they are. */
record DirectProduct(DirectProductCode made, DirectCode code, int m, int n, int k, int byteSize) {
    /** The bytes of products that are looked for before the next ones are computed. */
    private static final int NEAR_BYTES = 1 << 18;

    /** Whether all blocks of the grid have the rows and the columns of a tile. */
    boolean takes(Grid grid) {
        int last = grid.columns() - 1;
        return m / grid.rows() >= made.rows() && n - grid.column(last, n) >= made.columns();
    }

    /** Blocks {@code from .. to-1} of all matrices of the batch. */
    void run(ProductBatch batch, Grid grid, int from, int to) {
        int together = batch.epilogue() == Epilogue.NONE ? to - from : (int) (NEAR_BYTES / bytes(m, n));
        if (grid.size() > 1 || together <= 1) {
            for (int block = from; block < to; block++) {
                pieces(batch, block / grid.size(), GridBlock.of(grid, block % grid.size(), m, n));
            }
            return;
        }
        for (int i = from; i < to; i += together) {
            int count = Math.min(together, to - i);
            piece(batch, i, i + count, new GridBlock(0, m, 0, n));
            batch.epilogue().block(i * m, 0, count * m, n);
        }
    }

    private long bytes(int height, int width) {
        return (long) height * width * byteSize;
    }

    /** A block of matrix i, some rows at a time where something follows upon them. */
    private void pieces(ProductBatch batch, int i, GridBlock block) {
        boolean isFollowed = batch.epilogue() != Epilogue.NONE;
        long near = bytes(block.height(), block.width()) / NEAR_BYTES;
        int count = isFollowed ? Math.clamp(near, 1, block.height() / made.rows()) : 1;
        for (int piece = 0; piece < count; piece++) {
            int start = Chunks.start(block.height(), piece, count);
            int height = Chunks.start(block.height(), piece + 1, count) - start;
            int top = block.top() + start;
            piece(batch, i, i + 1, new GridBlock(top, height, block.left(), block.width()));
            batch.epilogue().block(i * m + top, block.left(), height, block.width());
        }
    }

    private void piece(ProductBatch batch, int from, int to, GridBlock block) {
        Operand a = batch.a().from(block.top(), 0);
        Operand b = batch.b().from(0, block.left());
        code.run(
                a.data(),
                a.offset(),
                batch.aStarts(),
                a.rowStride(),
                a.columnStride(),
                b.data(),
                b.offset(),
                batch.bStarts(),
                b.rowStride(),
                batch.c(),
                batch.offset() + block.top() * n + block.left(),
                m * n,
                n,
                block.height(),
                block.width(),
                k,
                from,
                to);
    }
}
