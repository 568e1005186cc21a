package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.codegen.DirectCode;
import dev.fluxion.numerics.codegen.DirectProductCode;
import dev.fluxion.numerics.codegen.ProductCode;
import dev.fluxion.numerics.codegen.ProductShape;
import dev.fluxion.numerics.codegen.Tiles;
import dev.fluxion.numerics.parallel.Chunks;
import dev.fluxion.numerics.parallel.Workers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The matrix product on {@code double[]} or {@code float[]}: by code of its own where that needs no packing and is warm, by tiles
 * where they are warm and worth it, else by rows. Tiles that get warm take over what is left of a product that has begun by rows.
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
    private final long size;
    private final ProductCode code;

    /** Null where packing is better. */
    private final DirectProductCode direct;

    private final BlockProduct byRows;
    private volatile BlockProduct byTiles;
    private final double nanosEach;
    private final Workers workers = Workers.shared();
    private final Queue<Object> spare = new ConcurrentLinkedQueue<>();

    FloatingProduct(ProductShape shape) {
        this.dtype = shape.dtype();
        this.m = shape.m();
        this.n = shape.n();
        this.k = shape.k();
        this.size = shape.size();
        this.nanosEach = size * dtype.byteSize() * NANOS_PER_BYTE;
        this.code = ProductCode.of(dtype);
        this.direct = DirectProductCode.of(shape);
        this.byRows = new RowProduct(dtype, code.rows());
    }

    @Override
    public void run(Operand a, int[] aStarts, Operand b, int[] bStarts, Object c, int offset, Epilogue epilogue) {
        int count = aStarts.length;
        long nanos = (long) (nanosEach * count);
        boolean cuts = count > 0 && workers.mayCut(nanos) && workers.isWorthCutting(nanos);
        boolean byBlocks = !cuts || epilogue.takesAnyOrder();
        count(size * count);
        ProductBatch batch = new ProductBatch(a, aStarts, b, bStarts, c, offset, byBlocks ? epilogue : Epilogue.NONE);
        if (cuts) {
            runChunks(batch, nanos);
        } else {
            run(batch, Grid.WHOLE, 0, count);
        }
        if (!byBlocks) {
            epilogue.whole();
        }
    }

    /** Notes work, for the code that is best for it. */
    private void count(long multiplications) {
        if (direct != null) {
            direct.count(multiplications);
        } else if (!isTiny()) {
            code.count(multiplications);
        }
    }

    private void runChunks(ProductBatch batch, long nanos) {
        int count = batch.size();
        int chunks = chunks(nanos);
        Grid grid = grid(Math.ceilDiv(chunks, count));
        int blocks = count * grid.size();
        int dealt = Math.min(blocks, chunks);
        workers.run(
                dealt,
                chunk -> run(batch, grid, Chunks.start(blocks, chunk, dealt), Chunks.start(blocks, chunk + 1, dealt)));
    }

    /** So many blocks of each matrix: where nothing is packed, of whole rows if there are enough. */
    private Grid grid(int blocks) {
        Grid ofRows = direct == null ? Grid.WHOLE : Grid.of(m, 1, blocks);
        return ofRows.size() > 1 ? ofRows : Grid.of(m, n, blocks);
    }

    /** Two for each thread, and more of them where that leaves them large: each packs its part of both operands. */
    private int chunks(long nanos) {
        int threads = workers.threads();
        long large = Math.clamp(nanos / LARGE_CHUNK, 2L * threads, 8L * threads);
        return (int) (nanos / CHUNK < 2L * threads ? threads : large / threads * threads);
    }

    /** Blocks {@code from .. to-1} of all matrices of the batch. */
    private void run(ProductBatch batch, Grid grid, int from, int to) {
        DirectCode ready = direct == null ? null : direct.code();
        if (ready != null) {
            DirectProduct product = new DirectProduct(direct, ready, m, n, k, dtype.byteSize());
            if (product.takes(grid)) {
                product.run(batch, grid, from, to);
                return;
            }
            code.count(size);
        }
        Object workspace = spare.poll();
        for (int i = from; i < to; i++) {
            int matrix = i / grid.size();
            GridBlock block = GridBlock.of(grid, i % grid.size(), m, n);
            Operand rows = batch.left(matrix).from(block.top(), 0);
            Operand columns = batch.right(matrix);
            Operand product = new Operand(batch.c(), batch.offset() + (matrix * m + block.top()) * n, n, 1);
            int end = block.left() + block.width();
            int width = 0;
            for (int left = block.left(); left < end; left += width) {
                BlockProduct way = way();
                width = Math.min(way.columns(), end - left);
                workspace = atLeast(way.workspace(columns, block.height(), width, k), workspace);
                way.run(
                        rows,
                        columns.from(0, left),
                        product.from(0, left),
                        block.height(),
                        width,
                        k,
                        workspace,
                        batch.epilogue().from(matrix * m + block.top(), left));
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
        return size < TINY;
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
            byTiles = new TileProduct(dtype, tiles);
        }
        return byTiles;
    }
}
