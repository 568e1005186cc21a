package dev.fluxion.ir;

/**
 * A scalar constant inside an equation. Compared by dtype and bits: NaN equals NaN, and {@code -0.0} differs from
 * {@code 0.0}.
 */
public final class Literal implements Atom {
    private final ArrayType type;
    private final long bits;

    private Literal(DType dtype, long bits) {
        this.type = ArrayType.scalar(dtype);
        this.bits = bits;
    }

    /** The literal of the given dtype nearest to {@code value}; integers truncate, BOOL is {@code value != 0}. */
    public static Literal of(DType dtype, double value) {
        return switch (dtype) {
            case BOOL -> ofBits(dtype, value != 0 ? 1 : 0);
            case INT32 -> ofBits(dtype, (int) value);
            case INT64 -> ofBits(dtype, (long) value);
            case FLOAT32 -> ofBits(dtype, Float.floatToIntBits((float) value));
            case FLOAT64 -> ofBits(dtype, Double.doubleToLongBits(value));
        };
    }

    /** The literal of the given dtype for an integer value; integers wrap to their width, floats round. */
    public static Literal of(DType dtype, long value) {
        return switch (dtype) {
            case BOOL -> ofBits(dtype, value != 0 ? 1 : 0);
            case INT32 -> ofBits(dtype, (int) value);
            case INT64 -> ofBits(dtype, value);
            case FLOAT32 -> ofBits(dtype, Float.floatToIntBits((float) value));
            case FLOAT64 -> ofBits(dtype, Double.doubleToLongBits((double) value));
        };
    }

    public static Literal of(double value) {
        return of(DType.FLOAT64, value);
    }

    public static Literal of(boolean value) {
        return ofBits(DType.BOOL, value ? 1 : 0);
    }

    /** The literal with the given storage bits: IEEE bits for floats, two's complement for integers, 0 or 1 for BOOL. */
    public static Literal ofBits(DType dtype, long bits) {
        return new Literal(dtype, bits);
    }

    @Override
    public ArrayType type() {
        return type;
    }

    /** The storage bits, see {@link #ofBits}. */
    public long bits() {
        return bits;
    }

    public double doubleValue() {
        return switch (type.dtype()) {
            case BOOL, INT32, INT64 -> bits;
            case FLOAT32 -> Float.intBitsToFloat((int) bits);
            case FLOAT64 -> Double.longBitsToDouble(bits);
        };
    }

    public long longValue() {
        return type.dtype().isFloating() ? (long) doubleValue() : bits;
    }

    public boolean booleanValue() {
        return type.dtype().isFloating() ? doubleValue() != 0 : bits != 0;
    }

    /** True when the value equals {@code number}; both zeros equal 0. */
    public boolean is(double number) {
        return doubleValue() == number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Literal that && bits == that.bits && type.dtype() == that.type.dtype();
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(bits) + type.dtype().hashCode();
    }

    @Override
    public String toString() {
        return switch (type.dtype()) {
            case BOOL -> String.valueOf(bits != 0);
            case INT32, INT64 -> String.valueOf(bits);
            case FLOAT32 -> String.valueOf((float) doubleValue());
            case FLOAT64 -> String.valueOf(doubleValue());
        };
    }
}
