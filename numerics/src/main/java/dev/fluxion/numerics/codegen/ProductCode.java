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

    /** Whether tiles may be asked for. */
    private volatile boolean waiting;

    /** Multiplications so far; counted without care for races. */
    private long multiplications;

    private ProductCode(DType dtype) {
        this.dtype = dtype;
        this.rows = RowEmitter.compile(dtype);
        switch (VectorWarmup.policy()) {
            case SCALAR -> {}
            case VECTOR -> tiles = Tiles.of(dtype, VectorWarmup.preferredBits());
            case TIERED -> waiting = true;
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

    /** Notes work that was done without tiles. */
    public void count(long more) {
        if (waiting) {
            multiplications += more;
            if (multiplications >= THRESHOLD) {
                requestTiles();
            }
        }
    }

    private synchronized void requestTiles() {
        if (waiting) {
            waiting = false;
            VectorWarmup.request(this::trial);
        }
    }

    /** Tiles of all sizes, and as many multiplications by rows. */
    private VectorWarmup.Trial trial() {
        Tiles vector = Tiles.of(dtype, VectorWarmup.preferredBits());
        int depth = 8 * RowCode.DEPTH;
        int columns = vector.columns();
        Object a = HostData.allocate(dtype, vector.rows() * depth);
        Object b = HostData.allocate(dtype, depth * columns);
        Object c = HostData.allocate(dtype, vector.rows() * columns);
        Object packed = HostData.allocate(dtype, depth * columns);
        return new VectorWarmup.Trial(
                () -> {
                    for (int i = 0; i < vector.rows() * vector.vectors(); i++) {
                        int height = 1 + i % vector.rows();
                        int width = 1 + i / vector.rows();
                        vector.code().tile(a, 0, depth, b, 0, depth, c, 0, columns, true, height, width);
                        vector.code().tile(a, 0, depth, b, 0, depth, c, 0, columns, false, height, width);
                    }
                    vector.code().packingTile(a, 0, depth, packed, 0, depth, c, 0, columns, true, b, 0, columns);
                    vector.code().pack(b, 0, columns, depth, packed, 0);
                },
                () -> {
                    for (int i = 0; i < vector.rows() * vector.vectors(); i++) {
                        int height = 1 + i % vector.rows();
                        int n = (1 + i / vector.rows()) * vector.lanes();
                        for (int row = 0; row < 2 * height; row++) {
                            for (int p = 0; p < depth; p += RowCode.DEPTH) {
                                rows.add(RowCode.DEPTH, a, p, 1, b, p * columns, columns, c, 0, n);
                            }
                        }
                    }
                },
                () -> tiles = vector);
    }
}
