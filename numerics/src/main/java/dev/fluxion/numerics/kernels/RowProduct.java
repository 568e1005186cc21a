package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.codegen.RowCode;
import dev.fluxion.numerics.kernels.MatrixProduct.Operand;

/** Rows of the product grow by a few rows of the right operand at a time, in pieces that stay in the first cache. */
final class RowProduct implements BlockProduct {
    /** The products that are added to an element in one pass. */
    static final int DEPTH = RowCode.DEPTH;

    private static final int PIECE_BYTES = 2048;
    private static final int ROWS = 64;
    private static final int PACKED_DEPTH = 64;

    private final DType dtype;
    private final int columns;
    private final RowCode code;

    RowProduct(DType dtype, RowCode code) {
        this.dtype = dtype;
        this.columns = PIECE_BYTES / dtype.byteSize();
        this.code = code;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int workspace(Operand b, int m, int n, int k) {
        return isDirect(b) ? 0 : Math.min(columns, n) * Math.min(PACKED_DEPTH, k);
    }

    /** Whether the columns of b lie side by side, so that it need not be packed. */
    private static boolean isDirect(Operand b) {
        return b.columnStride() == 1;
    }

    @Override
    public void run(Operand a, Operand b, Operand c, int m, int n, int k, Object workspace, Epilogue epilogue) {
        boolean direct = isDirect(b);
        int blockDepth = direct ? Math.max(k, 1) : PACKED_DEPTH;
        Literal zero = Literal.of(dtype, 0L);
        for (int i = 0; i < m; i++) {
            int row = c.offset() + i * c.rowStride();
            HostData.fill(c.data(), row, row + n, zero);
        }
        for (int j = 0; j < n; j += columns) {
            int width = Math.min(columns, n - j);
            // Sums of no products are zeros: they take one round as well.
            for (int p = 0; p == 0 || p < k; p += blockDepth) {
                int depth = Math.min(blockDepth, k - p);
                Operand right = direct ? b.from(p, j) : pack(b.from(p, j), depth, width, workspace);
                for (int i = 0; i < m; i += ROWS) {
                    int height = Math.min(ROWS, m - i);
                    block(a.from(i, p), right, c.from(i, j), height, width, depth);
                    if (p + depth == k) {
                        epilogue.block(i, j, height, width);
                    }
                }
            }
        }
    }

    private Operand pack(Operand b, int depth, int width, Object to) {
        new StridedPlane(width, depth, b.columnStride(), b.rowStride(), 1, width).copy(b.data(), b.offset(), to, 0);
        return new Operand(to, 0, width, 1);
    }

    private void block(Operand a, Operand b, Operand c, int height, int width, int depth) {
        for (int p = 0; p < depth; p += DEPTH) {
            int terms = Math.min(DEPTH, depth - p);
            int left = a.offset() + p * a.columnStride();
            int right = b.offset() + p * b.rowStride();
            for (int i = 0; i < height; i++) {
                code.add(
                        terms,
                        a.data(),
                        left + i * a.rowStride(),
                        a.columnStride(),
                        b.data(),
                        right,
                        b.rowStride(),
                        c.data(),
                        c.offset() + i * c.rowStride(),
                        width);
            }
        }
    }
}
