package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;

/**
 * {@code out[k] = op(x[0], ..., x[k])} along every line, one element after the other; from the end when reversed.
 *
 * @param inner line {@code l} begins at {@code l / inner * length * inner + l % inner}; its elements lie {@code inner} apart
 */
public record Cumulation(CumulativeOp op, DType dtype, boolean reverse, int length, int inner) {
    /** Lines {@code from .. to-1}, from one Java array into another of the same kind, or in place. */
    public void run(Object x, Object out, int from, int to) {
        int step = reverse ? -inner : inner;
        for (int line = from; line < to && length > 0; line++) {
            int first = line / inner * length * inner + line % inner;
            int start = reverse ? first + (length - 1) * inner : first;
            switch (x) {
                case double[] values -> line(values, (double[]) out, start, step);
                case float[] values -> line(values, (float[]) out, start, step);
                case long[] values -> line(values, (long[]) out, start, step);
                case int[] values -> line(values, (int[]) out, start, step);
                default -> throw new IllegalArgumentException("not numbers: " + x);
            }
        }
    }

    private void line(double[] x, double[] out, int start, int step) {
        double sofar = x[start];
        out[start] = sofar;
        for (int k = 1; k < length; k++) {
            int at = start + k * step;
            sofar = combine(sofar, x[at]);
            out[at] = sofar;
        }
    }

    private void line(float[] x, float[] out, int start, int step) {
        float sofar = x[start];
        out[start] = sofar;
        for (int k = 1; k < length; k++) {
            int at = start + k * step;
            sofar = (float) combine((double) sofar, (double) x[at]);
            out[at] = sofar;
        }
    }

    private void line(long[] x, long[] out, int start, int step) {
        long sofar = x[start];
        out[start] = sofar;
        for (int k = 1; k < length; k++) {
            int at = start + k * step;
            sofar = combine(sofar, x[at]);
            out[at] = sofar;
        }
    }

    private void line(int[] x, int[] out, int start, int step) {
        int sofar = x[start];
        out[start] = sofar;
        for (int k = 1; k < length; k++) {
            int at = start + k * step;
            sofar = (int) combine((long) sofar, (long) x[at]);
            out[at] = sofar;
        }
    }

    private double combine(double sofar, double value) {
        return switch (op) {
            case CUMSUM -> BinaryOp.ADD.apply(dtype, sofar, value);
            case CUMPROD -> BinaryOp.MUL.apply(dtype, sofar, value);
            case CUMMAX -> Math.max(sofar, value);
            case CUMMIN -> Math.min(sofar, value);
            case CUMLOGSUMEXP -> logAddExp(sofar, value);
        };
    }

    private long combine(long sofar, long value) {
        return switch (op) {
            case CUMSUM -> sofar + value;
            case CUMPROD -> sofar * value;
            case CUMMAX -> Math.max(sofar, value);
            case CUMMIN -> Math.min(sofar, value);
            case CUMLOGSUMEXP -> throw new IllegalStateException(op + " of integers");
        };
    }

    /** {@code log(exp(x) + exp(y))} without overflow. */
    private static double logAddExp(double x, double y) {
        // Equal infinities have no difference.
        return x == y ? x + StrictMath.log(2) : Math.max(x, y) + StrictMath.log1p(StrictMath.exp(-Math.abs(x - y)));
    }
}
