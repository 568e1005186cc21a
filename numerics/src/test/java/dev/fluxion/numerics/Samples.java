package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import java.util.Random;

/** Arrays of test values. */
final class Samples {
    private static final double[] SPECIALS = {
        0.0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MAX_VALUE,
        0.5,
        -2.5,
        3e9,
        1e19
    };

    private static final long[] INTEGERS = {
        0, 1, -1, 2, 7, 31, 32, 33, 64, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private Samples() {}

    /** Moderate values; integers small, truth values mixed. */
    static ArrayData ordinary(ArrayType type, long seed) {
        Random random = new Random(seed);
        Object data = HostData.allocate(type.dtype(), type.size());
        for (int i = 0; i < type.size(); i++) {
            HostData.put(
                    data,
                    i,
                    switch (type.dtype()) {
                        case BOOL -> Literal.of(random.nextBoolean());
                        case INT32, INT64 -> Literal.of(type.dtype(), (long) random.nextInt(-9, 10));
                        case FLOAT32, FLOAT64 -> Literal.of(type.dtype(), random.nextGaussian());
                    });
        }
        return HostArray.wrap(type, data);
    }

    static ArrayData ordinary(DType dtype, int... dims) {
        return ordinary(ArrayType.of(dtype, dims), dims.length + 7L);
    }

    /** Operand {@code which} of {@code count}: together they run through all combinations of special values. */
    static ArrayData special(DType dtype, int which, int count) {
        int kinds = dtype.isFloating() ? SPECIALS.length : INTEGERS.length;
        int size = (int) Math.pow(kinds, count);
        Object data = HostData.allocate(dtype, size);
        int divisor = (int) Math.pow(kinds, which);
        for (int i = 0; i < size; i++) {
            int kind = i / divisor % kinds;
            HostData.put(
                    data,
                    i,
                    dtype.isFloating() ? Literal.of(dtype, SPECIALS[kind]) : Literal.of(dtype, INTEGERS[kind]));
        }
        return HostArray.wrap(ArrayType.of(dtype, size), data);
    }
}
