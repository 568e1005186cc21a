package dev.fluxion.numerics.kernels;

import dev.fluxion.ir.ArgOp;

/**
 * {@code out[line] = } index of the first largest (smallest) element of the line; NaN wins.
 *
 * @param inner line {@code l} begins at {@code l / inner * length * inner + l % inner}; its elements lie {@code inner} apart
 */
public record ArgReduction(ArgOp op, int length, int inner) {
    /**
     * Lines {@code from .. to-1}.
     *
     * @param out {@code int[]} or {@code long[]}
     */
    public void run(Object x, Object out, int from, int to) {
        for (int line = from; line < to; line++) {
            int best = best(x, line / inner * length * inner + line % inner);
            if (out instanceof int[] indices) {
                indices[line] = best;
            } else {
                ((long[]) out)[line] = best;
            }
        }
    }

    private int best(Object x, int start) {
        return switch (x) {
            case double[] values -> best(values, start);
            case float[] values -> best(values, start);
            case long[] values -> best(values, start);
            case int[] values -> best(values, start);
            default -> best((boolean[]) x, start);
        };
    }

    private int best(double[] x, int start) {
        int best = 0;
        double record = x[start];
        for (int k = 1; k < length && !Double.isNaN(record); k++) {
            double value = x[start + k * inner];
            if (Double.isNaN(value) || (op == ArgOp.ARGMAX ? value > record : value < record)) {
                best = k;
                record = value;
            }
        }
        return best;
    }

    private int best(float[] x, int start) {
        int best = 0;
        float record = x[start];
        for (int k = 1; k < length && !Float.isNaN(record); k++) {
            float value = x[start + k * inner];
            if (Float.isNaN(value) || (op == ArgOp.ARGMAX ? value > record : value < record)) {
                best = k;
                record = value;
            }
        }
        return best;
    }

    private int best(long[] x, int start) {
        int best = 0;
        for (int k = 1; k < length; k++) {
            long value = x[start + k * inner];
            long record = x[start + best * inner];
            best = (op == ArgOp.ARGMAX ? value > record : value < record) ? k : best;
        }
        return best;
    }

    private int best(int[] x, int start) {
        int best = 0;
        for (int k = 1; k < length; k++) {
            int value = x[start + k * inner];
            int record = x[start + best * inner];
            best = (op == ArgOp.ARGMAX ? value > record : value < record) ? k : best;
        }
        return best;
    }

    private int best(boolean[] x, int start) {
        boolean wanted = op == ArgOp.ARGMAX;
        for (int k = 0; k < length; k++) {
            if (x[start + k * inner] == wanted) {
                return k;
            }
        }
        return 0;
    }
}
