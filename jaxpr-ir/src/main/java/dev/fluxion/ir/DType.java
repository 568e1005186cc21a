package dev.fluxion.ir;

/**
 * The element type of an array.
 *
 * <p>The default floating type is {@link #FLOAT64}. The constants stand in promotion order: the common type of two
 * dtypes is the later of the two (JAX's lattice, so {@code INT64} with {@code FLOAT32} gives {@code FLOAT32}).
 */
public enum DType {
    /** Truth values, stored one per element. */
    BOOL("bool", 1),
    /** 32-bit two's complement integers; arithmetic wraps. */
    INT32("i32", 4),
    /** 64-bit two's complement integers; arithmetic wraps. */
    INT64("i64", 8),
    /** IEEE 754 binary32. */
    FLOAT32("f32", 4),
    /** IEEE 754 binary64, the default. */
    FLOAT64("f64", 8);

    private final String shortName;
    private final int byteSize;

    DType(String shortName, int byteSize) {
        this.shortName = shortName;
        this.byteSize = byteSize;
    }

    /** The name used in printed programs: {@code bool i32 i64 f32 f64}. */
    public String shortName() {
        return shortName;
    }

    /** Bytes per element. */
    public int byteSize() {
        return byteSize;
    }

    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64;
    }

    public boolean isInteger() {
        return this == INT32 || this == INT64;
    }

    /** Integer or floating. */
    public boolean isNumeric() {
        return this != BOOL;
    }

    /** The common type of two dtypes: the later in promotion order. */
    public DType promote(DType other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return shortName;
    }
}
