package dev.fluxion.ir.text;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Literal;
import java.util.Arrays;

/** The elements of an array as storage bits ({@link Literal#ofBits}), so that NaNs keep theirs. */
final class ElementBits {
    private long[] bits = new long[8];
    private int size;

    static ElementBits of(ArrayData data) {
        ElementBits result = new ElementBits();
        switch (data.toHostArray()) {
            case boolean[] values -> {
                for (boolean value : values) {
                    result.add(value ? 1 : 0);
                }
            }
            case int[] values -> Arrays.stream(values).forEach(result::add);
            case long[] values -> Arrays.stream(values).forEach(result::add);
            case float[] values -> {
                for (float value : values) {
                    result.add(Float.floatToRawIntBits(value));
                }
            }
            case double[] values ->
                Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).forEach(result::add);
            default -> throw new IllegalStateException("not elements of an array: " + data.type());
        }
        return result;
    }

    int size() {
        return size;
    }

    long get(int i) {
        return bits[i];
    }

    void add(long value) {
        if (size == bits.length) {
            bits = Arrays.copyOf(bits, 2 * size);
        }
        bits[size++] = value;
    }

    /** A Java array of the type's dtype. */
    Object toJavaArray(ArrayType type) {
        return switch (type.dtype()) {
            case BOOL -> {
                boolean[] array = new boolean[size];
                for (int i = 0; i < size; i++) {
                    array[i] = bits[i] != 0;
                }
                yield array;
            }
            case INT32 -> {
                int[] array = new int[size];
                Arrays.setAll(array, i -> (int) bits[i]);
                yield array;
            }
            case INT64 -> Arrays.copyOf(bits, size);
            case FLOAT32 -> {
                float[] array = new float[size];
                for (int i = 0; i < size; i++) {
                    array[i] = Float.intBitsToFloat((int) bits[i]);
                }
                yield array;
            }
            case FLOAT64 -> {
                double[] array = new double[size];
                Arrays.setAll(array, i -> Double.longBitsToDouble(bits[i]));
                yield array;
            }
        };
    }
}
