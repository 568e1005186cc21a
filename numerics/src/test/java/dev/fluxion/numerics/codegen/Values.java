package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import java.util.Random;

/** Arrays full of special and random values, and their comparison by bits. */
final class Values {
    private static final double[] REALS = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        0.49999999999999994,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        0x1p-1040,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        0x1p52 + 0.5,
        0x1p23 + 0.5,
        4503599627370497.5,
        8388607.5,
        2147483647.5,
        -2147483649.0,
        0x1p63,
        -0x1p63,
        0x1p31,
        1e300,
        1e-300,
        1e10,
        3e7,
        -5e6,
        710.5,
        -745.2,
        Math.PI,
        88.9,
        -104.1
    };
    private static final long[] INTEGERS = {
        0,
        1,
        -1,
        2,
        3,
        -3,
        7,
        31,
        32,
        33,
        63,
        64,
        65,
        -64,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1L << 32,
        (1L << 53) + 1,
        (1L << 62) + 513
    };

    private Values() {}

    static Literal random(Random random, DType dtype) {
        return switch (dtype) {
            case BOOL -> Literal.of(random.nextBoolean());
            case INT32, INT64 ->
                switch (random.nextInt(3)) {
                    case 0 -> Literal.of(dtype, INTEGERS[random.nextInt(INTEGERS.length)]);
                    case 1 -> Literal.of(dtype, (long) random.nextInt(-100, 100));
                    default -> Literal.of(dtype, random.nextLong());
                };
            case FLOAT32, FLOAT64 ->
                switch (random.nextInt(4)) {
                    case 0 -> Literal.of(dtype, REALS[random.nextInt(REALS.length)]);
                    case 1 -> Literal.of(dtype, random.nextGaussian());
                    case 2 -> Literal.of(dtype, random.nextGaussian() * 100);
                    default -> Literal.of(dtype, Math.scalb(random.nextGaussian(), random.nextInt(-1080, 1024)));
                };
        };
    }

    static Object randomArray(Random random, DType dtype, int length) {
        Object array = HostData.allocate(dtype, length);
        for (int i = 0; i < length; i++) {
            HostData.put(array, i, random(random, dtype));
        }
        return array;
    }

    static Object copy(Object array) {
        return switch (array) {
            case boolean[] a -> a.clone();
            case int[] a -> a.clone();
            case long[] a -> a.clone();
            case float[] a -> a.clone();
            case double[] a -> a.clone();
            default -> throw new IllegalArgumentException();
        };
    }

    static int length(Object array) {
        return java.lang.reflect.Array.getLength(array);
    }

    /** The bits of each element; all NaN alike. */
    static String[] bits(Object array) {
        String[] bits = new String[length(array)];
        for (int i = 0; i < bits.length; i++) {
            Literal element = HostData.literal(array, i);
            if (Double.isNaN(element.doubleValue())) {
                element = Literal.of(element.dtype(), Double.NaN);
            }
            bits[i] = element + " = " + Long.toHexString(element.bits());
        }
        return bits;
    }
}
