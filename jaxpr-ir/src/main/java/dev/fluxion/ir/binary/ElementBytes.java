package dev.fluxion.ir.binary;

import dev.fluxion.ir.ArrayType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements of arrays as bytes: row-major, little-endian, with exactly their bits; truth values as one byte 0 or 1. */
final class ElementBytes {
    private ElementBytes() {}

    /** @param elements a Java array of the type's dtype */
    static byte[] of(ArrayType type, Object elements) {
        byte[] bytes = new byte[Math.multiplyExact(type.size(), type.dtype().byteSize())];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (type.dtype()) {
            case BOOL -> {
                boolean[] values = (boolean[]) elements;
                for (int i = 0; i < values.length; i++) {
                    bytes[i] = (byte) (values[i] ? 1 : 0);
                }
            }
            case INT32 -> buffer.asIntBuffer().put((int[]) elements);
            case INT64 -> buffer.asLongBuffer().put((long[]) elements);
            case FLOAT32 -> buffer.asFloatBuffer().put((float[]) elements);
            case FLOAT64 -> buffer.asDoubleBuffer().put((double[]) elements);
        }
        return bytes;
    }

    /** A Java array of the type's dtype; its size is bounded by what is left of the input. */
    static Object read(ArrayType type, ByteInput in) {
        int start = in.position();
        long length = (long) type.size() * type.dtype().byteSize();
        if (length > in.remaining()) {
            throw in.wrong(
                    start,
                    "the elements of " + type + " cannot stand in the " + in.remaining() + " bytes that are left");
        }
        ByteBuffer bytes = in.slice((int) length).order(ByteOrder.LITTLE_ENDIAN);
        switch (type.dtype()) {
            case BOOL -> {
                boolean[] values = new boolean[type.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = truth(in, start + i, bytes.get(i));
                }
                return values;
            }
            case INT32 -> {
                int[] values = new int[type.size()];
                bytes.asIntBuffer().get(values);
                return values;
            }
            case INT64 -> {
                long[] values = new long[type.size()];
                bytes.asLongBuffer().get(values);
                return values;
            }
            case FLOAT32 -> {
                float[] values = new float[type.size()];
                bytes.asFloatBuffer().get(values);
                return values;
            }
            case FLOAT64 -> {
                double[] values = new double[type.size()];
                bytes.asDoubleBuffer().get(values);
                return values;
            }
        }
        throw new AssertionError(type);
    }

    static boolean truth(ByteInput in, int offset, long value) {
        if (value != 0 && value != 1) {
            throw in.wrong(offset, "a truth value is 0 or 1, not " + value);
        }
        return value == 1;
    }
}
