package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.codegen.ProductCode;
import dev.fluxion.numerics.codegen.Tiles;
import java.util.concurrent.atomic.AtomicReference;

/** The matrix product on {@code double[]} or {@code float[]}: by tiles where they are warm and worth it, else by rows. */
final class FloatingProduct implements MatrixProduct {
    /** With fewer rows, packing the right operand costs more than tiles save. */
    private static final int FEW_ROWS = 5;

    private final DType dtype;
    private final int m;
    private final int n;
    private final int k;
    private final ProductCode code;
    private final BlockProduct byRows;
    private volatile BlockProduct byTiles;
    private final AtomicReference<Object> spare = new AtomicReference<>();

    FloatingProduct(DType dtype, int m, int n, int k) {
        this.dtype = dtype;
        this.m = m;
        this.n = n;
        this.k = k;
        this.code = ProductCode.of(dtype);
        this.byRows = new RowProduct(dtype, code.rows());
    }

    @Override
    public void run(Operand a, int[] aStarts, Operand b, int[] bStarts, Object c, int offset) {
        BlockProduct block = block(aStarts.length);
        int elements = block.workspace(b, m, n, k);
        Object kept = spare.getAndSet(null);
        Object workspace =
                kept != null && HostData.length(kept) >= elements ? kept : HostData.allocate(dtype, elements);
        for (int i = 0; i < aStarts.length; i++) {
            Operand left = new Operand(a.data(), a.offset() + aStarts[i], a.rowStride(), a.columnStride());
            Operand right = new Operand(b.data(), b.offset() + bStarts[i], b.rowStride(), b.columnStride());
            block.run(left, right, new Operand(c, offset + i * m * n, n, 1), m, n, k, workspace);
        }
        spare.set(workspace);
    }

    private BlockProduct block(int count) {
        if (m < FEW_ROWS || k <= RowProduct.DEPTH) {
            return byRows;
        }
        if (byTiles == null) {
            Tiles tiles = code.tiles();
            if (tiles == null) {
                code.count((long) m * n * k * count);
                return byRows;
            }
            byTiles = new TileProduct(dtype, tiles, code.rows());
        }
        return byTiles;
    }
}
