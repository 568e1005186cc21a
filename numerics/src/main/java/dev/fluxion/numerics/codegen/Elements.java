package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import java.util.Arrays;

/** Element access to the Java arrays of each dtype, outside of the hot loops. */
final class Elements {
    private Elements() {}

    static Object newArray(DType dtype, int length) {
        return switch (dtype) {
            case BOOL -> new boolean[length];
            case INT32 -> new int[length];
            case INT64 -> new long[length];
            case FLOAT32 -> new float[length];
            case FLOAT64 -> new double[length];
        };
    }

    static Literal get(Object array, int index) {
        return switch (array) {
            case boolean[] a -> Literal.of(a[index]);
            case int[] a -> Literal.of(DType.INT32, (long) a[index]);
            case long[] a -> Literal.of(DType.INT64, a[index]);
            case float[] a -> Literal.of(DType.FLOAT32, a[index]);
            case double[] a -> Literal.of(a[index]);
            default -> throw notAnArray(array);
        };
    }

    static void set(Object array, int index, Literal value) {
        switch (array) {
            case boolean[] a -> a[index] = value.booleanValue();
            case int[] a -> a[index] = (int) value.longValue();
            case long[] a -> a[index] = value.longValue();
            case float[] a -> a[index] = (float) value.doubleValue();
            case double[] a -> a[index] = value.doubleValue();
            default -> throw notAnArray(array);
        }
    }

    static void fill(Object array, int from, int to, Literal value) {
        switch (array) {
            case boolean[] a -> Arrays.fill(a, from, to, value.booleanValue());
            case int[] a -> Arrays.fill(a, from, to, (int) value.longValue());
            case long[] a -> Arrays.fill(a, from, to, value.longValue());
            case float[] a -> Arrays.fill(a, from, to, (float) value.doubleValue());
            case double[] a -> Arrays.fill(a, from, to, value.doubleValue());
            default -> throw notAnArray(array);
        }
    }

    /** {@code to[toIndex] = to[toIndex] op from[fromIndex]}. */
    static void combine(BinaryOp op, Object to, int toIndex, Object from, int fromIndex) {
        switch (to) {
            case boolean[] a ->
                a[toIndex] = op.apply(DType.BOOL, a[toIndex] ? 1 : 0, ((boolean[]) from)[fromIndex] ? 1 : 0) != 0;
            case int[] a -> a[toIndex] = (int) op.apply(DType.INT32, a[toIndex], (long) ((int[]) from)[fromIndex]);
            case long[] a -> a[toIndex] = op.apply(DType.INT64, a[toIndex], ((long[]) from)[fromIndex]);
            case float[] a ->
                a[toIndex] = (float) op.apply(DType.FLOAT32, (double) a[toIndex], (double) ((float[]) from)[fromIndex]);
            case double[] a -> a[toIndex] = op.apply(DType.FLOAT64, a[toIndex], ((double[]) from)[fromIndex]);
            default -> throw notAnArray(to);
        }
    }

    /** {@code to[toIndex + i toStride] = from[fromIndex + i fromStride]} for i from 0 to n - 1. */
    static void copy(Object from, int fromIndex, int fromStride, Object to, int toIndex, int toStride, int n) {
        switch (from) {
            case boolean[] a -> {
                boolean[] b = (boolean[]) to;
                for (int i = 0; i < n; i++) {
                    b[toIndex + i * toStride] = a[fromIndex + i * fromStride];
                }
            }
            case int[] a -> {
                int[] b = (int[]) to;
                for (int i = 0; i < n; i++) {
                    b[toIndex + i * toStride] = a[fromIndex + i * fromStride];
                }
            }
            case long[] a -> {
                long[] b = (long[]) to;
                for (int i = 0; i < n; i++) {
                    b[toIndex + i * toStride] = a[fromIndex + i * fromStride];
                }
            }
            case float[] a -> {
                float[] b = (float[]) to;
                for (int i = 0; i < n; i++) {
                    b[toIndex + i * toStride] = a[fromIndex + i * fromStride];
                }
            }
            case double[] a -> {
                double[] b = (double[]) to;
                for (int i = 0; i < n; i++) {
                    b[toIndex + i * toStride] = a[fromIndex + i * fromStride];
                }
            }
            default -> throw notAnArray(from);
        }
    }

    private static IllegalArgumentException notAnArray(Object array) {
        return new IllegalArgumentException("not an array of a dtype: " + array);
    }
}
