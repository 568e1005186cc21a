package dev.fluxion.benchmarks.workloads;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;

/** The inputs of the workloads: numbers in [-0.5, 0.5) from one integer hash, the same in every language. */
public final class Inputs {
    private Inputs() {}

    /** Number {@code i} of stream {@code seed}. */
    static double u(int i, int seed) {
        int h = i * 0x9E3779B1 + seed * 0x85EBCA77;
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        h ^= h >>> 16;
        return (h & 0xFFFFFFFFL) / 4294967296.0 - 0.5;
    }

    /** {@code scale u + shift} at the row-major positions of an array. */
    static NDArray shifted(int seed, double scale, double shift, int... shape) {
        int size = 1;
        for (int dim : shape) {
            size *= dim;
        }
        return Numpy.reshape(Numpy.array(shiftedValues(seed, scale, shift, size)), shape);
    }

    /** {@code scale u + shift} for the first numbers of a stream. */
    public static double[] shiftedValues(int seed, double scale, double shift, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = u(i, seed) * scale + shift;
        }
        return values;
    }

    /** {@code scale u} at the row-major positions of an array. */
    static NDArray array(int seed, double scale, int... shape) {
        return shifted(seed, scale, 0, shape);
    }

    /** One row for each label {@code (7 i + i div 10) mod 10}, with a one at the label. */
    static NDArray labels(int count) {
        double[][] rows = new double[count][10];
        for (int i = 0; i < count; i++) {
            rows[i][(i * 7 + i / 10) % 10] = 1;
        }
        return Numpy.array(rows);
    }
}
