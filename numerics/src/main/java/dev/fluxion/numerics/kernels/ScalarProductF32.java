package dev.fluxion.numerics.kernels;

import java.util.Arrays;

/** The matrix product on {@code float[]} in plain Java. */
record ScalarProductF32(int m, int n, int k) implements MatrixProduct {
    @Override
    public void run(Operand left, Operand right, Object product, int offset) {
        float[] a = (float[]) left.data();
        float[] b = (float[]) right.data();
        float[] c = (float[]) product;
        Arrays.fill(c, offset, offset + m * n, 0);
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                float x = a[left.offset() + i * left.rowStride() + p * left.columnStride()];
                row(x, b, right.offset() + p * right.rowStride(), right.columnStride(), c, offset + i * n);
            }
        }
    }

    private void row(float x, float[] b, int from, int step, float[] c, int to) {
        for (int j = 0; j < n; j++) {
            c[to + j] = Math.fma(x, b[from + j * step], c[to + j]);
        }
    }
}
