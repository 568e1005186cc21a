package dev.fluxion.numerics;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import java.util.Arrays;

/** The Java arrays that hold elements: {@code boolean[] int[] long[] float[] double[]}, one kind per dtype. */
public final class HostData {
    private HostData() {}

    /** A fresh Java array for {@code size} elements. */
    public static Object allocate(DType dtype, int size) {
        return switch (dtype) {
            case BOOL -> new boolean[size];
            case INT32 -> new int[size];
            case INT64 -> new long[size];
            case FLOAT32 -> new float[size];
            case FLOAT64 -> new double[size];
        };
    }

    /** The dtype a Java array holds, or null for any other object. */
    public static DType dtypeOf(Object data) {
        return switch (data) {
            case double[] _ -> DType.FLOAT64;
            case float[] _ -> DType.FLOAT32;
            case long[] _ -> DType.INT64;
            case int[] _ -> DType.INT32;
            case boolean[] _ -> DType.BOOL;
            case null, default -> null;
        };
    }

    /** The number of elements of one of the five kinds of arrays. */
    public static int length(Object data) {
        return java.lang.reflect.Array.getLength(data);
    }

    /** A copy of one of the five kinds of arrays. */
    public static Object copy(Object data) {
        return switch (data) {
            case double[] x -> x.clone();
            case float[] x -> x.clone();
            case long[] x -> x.clone();
            case int[] x -> x.clone();
            default -> ((boolean[]) data).clone();
        };
    }

    /** Element {@code index} with exactly its bits. */
    public static Literal literal(Object data, int index) {
        return switch (data) {
            case double[] x -> Literal.ofBits(DType.FLOAT64, Double.doubleToRawLongBits(x[index]));
            case float[] x -> Literal.ofBits(DType.FLOAT32, Float.floatToRawIntBits(x[index]));
            case long[] x -> Literal.ofBits(DType.INT64, x[index]);
            case int[] x -> Literal.ofBits(DType.INT32, x[index]);
            default -> Literal.of(((boolean[]) data)[index]);
        };
    }

    /** {@code data[index] = value}, which is of the array's dtype. */
    public static void put(Object data, int index, Literal value) {
        switch (data) {
            case double[] x -> x[index] = Double.longBitsToDouble(value.bits());
            case float[] x -> x[index] = Float.intBitsToFloat((int) value.bits());
            case long[] x -> x[index] = value.bits();
            case int[] x -> x[index] = (int) value.bits();
            default -> ((boolean[]) data)[index] = value.bits() != 0;
        }
    }

    /** {@code data[from .. to-1] = value}, which is of the array's dtype. */
    public static void fill(Object data, int from, int to, Literal value) {
        switch (data) {
            case double[] x -> Arrays.fill(x, from, to, Double.longBitsToDouble(value.bits()));
            case float[] x -> Arrays.fill(x, from, to, Float.intBitsToFloat((int) value.bits()));
            case long[] x -> Arrays.fill(x, from, to, value.bits());
            case int[] x -> Arrays.fill(x, from, to, (int) value.bits());
            default -> Arrays.fill((boolean[]) data, from, to, value.bits() != 0);
        }
    }

    static String elementName(DType dtype) {
        return switch (dtype) {
            case BOOL -> "boolean";
            case INT32 -> "int";
            case INT64 -> "long";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
        };
    }

    static String describe(Object values) {
        DType dtype = dtypeOf(values);
        if (dtype != null) {
            return length(values) + " values in a Java array of " + elementName(dtype);
        }
        return values == null
                ? "null"
                : "an object of class " + values.getClass().getName();
    }
}
