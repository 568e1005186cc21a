package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.numerics.HostData;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The inner loops of all matrix products in one dtype: plain Java first, tiles of vectors once they are warm. */
public final class ProductCode {
    /** Multiplications in plain Java before vector code is thought to be worth its warm-up: a few ms. */
    private static final long THRESHOLD = 1 << 24;

    private static final ConcurrentMap<DType, ProductCode> CODES = new ConcurrentHashMap<>();

    private final DType dtype;
    private final RowCode rows;
    private volatile Tiles tiles;

    private final Demand demand;

    private ProductCode(DType dtype) {
        this.dtype = dtype;
        this.rows = RowEmitter.compile(dtype);
        this.demand = Demand.tiered(THRESHOLD, this::trial);
        if (VectorWarmup.policy() == VectorWarmup.Policy.VECTOR) {
            tiles = Tiles.of(dtype, VectorWarmup.preferredBits());
        }
    }

    /** The code for a floating dtype. */
    public static ProductCode of(DType dtype) {
        return CODES.computeIfAbsent(dtype, ProductCode::new);
    }

    public RowCode rows() {
        return rows;
    }

    /** The tiles, or null while there are none. */
    public Tiles tiles() {
        return tiles;
    }

    /** Notes work that may have to do without tiles, which has them made when it is much. */
    public void count(long multiplications) {
        demand.count(multiplications);
    }

    /**
     * Tiles of all sizes, with sums from zero and from c, and as many multiplications by rows. Were the sums longer,
     * HotSpot would compile each loop in the middle of its run first, and the method again.
     */
    private VectorWarmup.Trial trial() {
        Tiles vector = Tiles.of(dtype, VectorWarmup.preferredBits());
        int depth = 4 * RowCode.DEPTH;
        int columns = vector.columns();
        Object a = HostData.allocate(dtype, vector.rows() * depth);
        Object b = HostData.allocate(dtype, depth * columns);
        Object c = HostData.allocate(dtype, vector.rows() * columns);
        Object packed = HostData.allocate(dtype, depth * columns);
        TileCode code = vector.code();
        return new VectorWarmup.Trial(
                () -> {
                    for (int height = 1; height <= vector.rows(); height++) {
                        for (int width = 1; width <= vector.vectors(); width++) {
                            code.tile(a, 0, depth, b, 0, depth, c, 0, columns, true, height, width);
                            code.tile(a, 0, depth, b, 0, depth, c, 0, columns, false, height, width);
                        }
                        code.packingTile(a, 0, depth, packed, 0, depth, c, 0, columns, true, height, b, 0, columns);
                        code.packingTile(a, 0, depth, packed, 0, depth, c, 0, columns, false, height, b, 0, columns);
                    }
                },
                () -> {
                    for (int height = 1; height <= vector.rows(); height++) {
                        for (int width = 1; width <= vector.vectors(); width++) {
                            byRows(2 * height, a, b, c, depth, columns, width * vector.lanes());
                        }
                        byRows(2 * height, a, b, c, depth, columns, columns);
                    }
                },
                () -> tiles = vector);
    }

    private void byRows(int height, Object a, Object b, Object c, int depth, int columns, int n) {
        for (int row = 0; row < height; row++) {
            for (int p = 0; p < depth; p += RowCode.DEPTH) {
                rows.add(RowCode.DEPTH, a, p, 1, b, p * columns, columns, c, 0, n);
            }
        }
    }
}
