package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.codegen.ProductCode;
import dev.fluxion.numerics.codegen.Tiles;
import dev.fluxion.numerics.parallel.Chunks;
import dev.fluxion.numerics.parallel.Workers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The matrix product on {@code double[]} or {@code float[]}: by tiles where they are warm and worth it, else by rows. Tiles that
 * get warm take over what is left of a product that has begun by rows.
 */
final class FloatingProduct implements MatrixProduct {
    /** With fewer multiplications, tiles cost more than they save. */
    private static final int TINY = 256;

    /** Of a multiplication; measured with tiles for 256-bit vectors. */
    private static final double NANOS_PER_BYTE = 0.006;

    /** Nanoseconds of work that are worth packing for. */
    private static final long CHUNK = 250_000;

    /** The same, as large as is worth it for the sake of even shares. */
    private static final long LARGE_CHUNK = 25_000_000;

    private final DType dtype;
    private final int m;
    private final int n;
    private final int k;
    private final ProductCode code;
    private final BlockProduct byRows;
    private volatile BlockProduct byTiles;
    private final double nanosEach;
    private final Workers workers = Workers.shared();
    private final Queue<Object> spare = new ConcurrentLinkedQueue<>();

    FloatingProduct(DType dtype, int m, int n, int k) {
        this.dtype = dtype;
        this.m = m;
        this.n = n;
        this.k = k;
        this.nanosEach = (double) m * n * k * dtype.byteSize() * NANOS_PER_BYTE;
        this.code = ProductCode.of(dtype);
        this.byRows = new RowProduct(dtype, code.rows());
    }

    @Override
    public void run(Operand a, int[] aStarts, Operand b, int[] bStarts, Object c, int offset, Epilogue epilogue) {
        int count = aStarts.length;
        long nanos = (long) (nanosEach * count);
        boolean cuts = count > 0 && workers.mayCut(nanos) && workers.isWorthCutting(nanos);
        boolean byBlocks = !cuts || epilogue.takesAnyOrder();
        if (!isTiny()) {
            code.count((long) m * n * k * count);
        }
        Batch batch = new Batch(a, aStarts, b, bStarts, c, offset, byBlocks ? epilogue : Epilogue.NONE);
        if (cuts) {
            runChunks(batch, nanos);
        } else {
            run(batch, Grid.WHOLE, 0, count);
        }
        if (!byBlocks) {
            epilogue.whole();
        }
    }

    private void runChunks(Batch batch, long nanos) {
        int count = batch.aStarts.length;
        int chunks = chunks(nanos);
        Grid grid = Grid.of(m, n, Math.ceilDiv(chunks, count));
        int blocks = count * grid.size();
        int dealt = Math.min(blocks, chunks);
        workers.run(
                dealt,
                chunk -> run(batch, grid, Chunks.start(blocks, chunk, dealt), Chunks.start(blocks, chunk + 1, dealt)));
    }

    private record Batch(Operand a, int[] aStarts, Operand b, int[] bStarts, Object c, int offset, Epilogue epilogue) {}

    /** Two for each thread, and more of them where that leaves them large: each packs its part of both operands. */
    private int chunks(long nanos) {
        int threads = workers.threads();
        long large = Math.clamp(nanos / LARGE_CHUNK, 2L * threads, 8L * threads);
        return (int) (nanos / CHUNK < 2L * threads ? threads : large / threads * threads);
    }

    /** Blocks {@code from .. to-1} of all matrices of the batch. */
    private void run(Batch batch, Grid grid, int from, int to) {
        Operand a = batch.a;
        Operand b = batch.b;
        Object workspace = spare.poll();
        for (int block = from; block < to; block++) {
            int i = block / grid.size();
            int row = block % grid.size() / grid.columns();
            int column = block % grid.columns();
            int top = grid.row(row, m);
            int height = grid.row(row + 1, m) - top;
            int left = grid.column(column, n);
            int width = grid.column(column + 1, n) - left;
            Operand rows = new Operand(a.data(), a.offset() + batch.aStarts[i], a.rowStride(), a.columnStride());
            Operand columns = new Operand(b.data(), b.offset() + batch.bStarts[i], b.rowStride(), b.columnStride());
            Operand product = new Operand(batch.c, batch.offset + i * m * n, n, 1);
            for (int end = left + width; left < end; left += width) {
                BlockProduct way = way();
                width = Math.min(way.columns(), end - left);
                workspace = atLeast(way.workspace(b, height, width, k), workspace);
                way.run(
                        rows.from(top, 0),
                        columns.from(0, left),
                        product.from(top, left),
                        height,
                        width,
                        k,
                        workspace,
                        batch.epilogue.from(i * m + top, left));
            }
        }
        if (workspace != null) {
            spare.offer(workspace);
        }
    }

    private Object atLeast(int elements, Object kept) {
        return kept != null && HostData.length(kept) >= elements ? kept : HostData.allocate(dtype, elements);
    }

    private boolean isTiny() {
        return (long) m * n * k < TINY;
    }

    private BlockProduct way() {
        if (isTiny()) {
            return byRows;
        }
        if (byTiles == null) {
            Tiles tiles = code.tiles();
            if (tiles == null) {
                return byRows;
            }
            byTiles = new TileProduct(dtype, tiles, code.rows());
        }
        return byTiles;
    }
}
