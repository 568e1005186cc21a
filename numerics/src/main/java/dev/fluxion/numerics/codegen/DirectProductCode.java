package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.cache.BoundedCache;
import dev.fluxion.ir.cache.CacheCounters;
import dev.fluxion.numerics.HostData;

/** The code of products of one shape that need no packing: none until the shape turned out to be busy and its code is warm. */
public final class DirectProductCode {
    private static final int CACHE_SIZE = 512;

    /** Multiplications by rows before vector code is thought to be worth its warm-up. */
    private static final long THRESHOLD = 1 << 22;

    /** The products in the sums of the warm-up: of longer ones HotSpot would compile the loop first, and the method again. */
    private static final int WARM_DEPTH = 4 * RowCode.DEPTH;

    private static final BoundedCache<DirectShape, DirectProductCode> CODES =
            new BoundedCache<>(CACHE_SIZE, new CacheCounters());

    private final DirectShape shape;
    private final Demand demand;
    private volatile DirectCode code;

    private DirectProductCode(DirectShape shape) {
        this.shape = shape;
        this.demand = Demand.tiered(THRESHOLD, this::trial);
        if (VectorWarmup.policy() == VectorWarmup.Policy.VECTOR) {
            code = DirectEmitter.compile(shape);
        }
    }

    /** The code for a product; null where others are better. */
    public static DirectProductCode of(ProductShape product) {
        DirectShape shape = VectorWarmup.policy() == VectorWarmup.Policy.SCALAR
                ? null
                : DirectShape.of(product, VectorWarmup.preferredBits());
        if (shape == null) {
            return null;
        }
        DirectProductCode known = CODES.get(shape);
        return known != null ? known : CODES.putIfAbsent(shape, new DirectProductCode(shape));
    }

    /** The code, or null while there is none. */
    public DirectCode code() {
        return code;
    }

    /** The least rows of what the code computes. */
    public int rows() {
        return shape.rows();
    }

    /** The least columns of what the code computes. */
    public int columns() {
        return shape.columns();
    }

    /** Notes work that may have to do without the code, which has it made when that is much. */
    public void count(long multiplications) {
        demand.count(multiplications);
    }

    /** Two tiles in each direction that may have more, and the same by rows. */
    private VectorWarmup.Trial trial() {
        DirectCode made = DirectEmitter.compile(shape);
        RowCode slow = ProductCode.of(shape.dtype()).rows();
        int height = shape.allRows() ? shape.rows() : 2 * shape.rows();
        int width = shape.allColumns() ? shape.columns() : 2 * shape.columns();
        int depth = shape.isStraight() ? shape.depth() : WARM_DEPTH;
        int aColumn = shape.isStraight() || shape.aColumn() == 1 ? shape.aColumn() : height;
        int aRow = shape.isStraight() ? shape.aRow() : aColumn == 1 ? depth : 1;
        int bRow = shape.isStraight() ? shape.bRow() : width;
        int cRow = shape.isStraight() ? shape.cRow() : width;
        Object a = HostData.allocate(shape.dtype(), 1 + (height - 1) * aRow + (depth - 1) * aColumn);
        Object b = HostData.allocate(shape.dtype(), (depth - 1) * bRow + width);
        Object c = HostData.allocate(shape.dtype(), (height - 1) * cRow + width);
        int[] starts = new int[2];
        return new VectorWarmup.Trial(
                () -> made.run(
                        a, 0, starts, aRow, aColumn, b, 0, starts, bRow, c, 0, 0, cRow, height, width, depth, 0, 2),
                () -> {
                    for (int row = 0; row < 2 * height; row++) {
                        for (int p = 0; p < depth; p += RowCode.DEPTH) {
                            int terms = Math.min(RowCode.DEPTH, depth - p);
                            slow.add(terms, a, p * aColumn, aColumn, b, p * bRow, bRow, c, 0, width);
                        }
                    }
                },
                () -> code = made);
    }
}
