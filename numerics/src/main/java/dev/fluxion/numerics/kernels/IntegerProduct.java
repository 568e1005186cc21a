package dev.fluxion.numerics.kernels;

/** The matrix product on {@code int[]} and {@code long[]}; sums wrap. */
record IntegerProduct(int m, int n, int k) implements MatrixProduct {
    @Override
    public void run(Operand a, int[] aStarts, Operand b, int[] bStarts, Object c, int offset, Epilogue epilogue) {
        for (int i = 0; i < aStarts.length; i++) {
            Operand left = new Operand(a.data(), a.offset() + aStarts[i], a.rowStride(), a.columnStride());
            Operand right = new Operand(b.data(), b.offset() + bStarts[i], b.rowStride(), b.columnStride());
            run(left, right, c, offset + i * m * n);
        }
        epilogue.whole();
    }

    private void run(Operand left, Operand right, Object product, int offset) {
        for (int i = 0; i < m; i++) {
            int row = left.offset() + i * left.rowStride();
            for (int j = 0; j < n; j++) {
                int column = right.offset() + j * right.columnStride();
                int at = offset + i * n + j;
                switch (product) {
                    case int[] c -> c[at] = dot((int[]) left.data(), row, left, (int[]) right.data(), column, right);
                    default ->
                        ((long[]) product)[at] =
                                dot((long[]) left.data(), row, left, (long[]) right.data(), column, right);
                }
            }
        }
    }

    private int dot(int[] a, int row, Operand left, int[] b, int column, Operand right) {
        int sum = 0;
        for (int p = 0; p < k; p++) {
            sum += a[row + p * left.columnStride()] * b[column + p * right.rowStride()];
        }
        return sum;
    }

    private long dot(long[] a, int row, Operand left, long[] b, int column, Operand right) {
        long sum = 0;
        for (int p = 0; p < k; p++) {
            sum += a[row + p * left.columnStride()] * b[column + p * right.rowStride()];
        }
        return sum;
    }
}
