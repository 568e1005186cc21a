package dev.fluxion.numerics.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.codegen.ProductCode;
import dev.fluxion.numerics.codegen.ProductShape;
import dev.fluxion.numerics.codegen.Tiles;
import dev.fluxion.numerics.kernels.MatrixProduct.Operand;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every element is the chain of fused multiply-adds, whatever the code, the sizes, strides and edges. */
class MatrixProductTest {
    /** m, n, k: around the edges of tiles, of blocks in each direction, and nothing at all. */
    private static final int[][] SIZES = {
        {1, 1, 1},
        {6, 16, 3},
        {7, 17, 5},
        {5, 33, 64},
        {97, 31, 257},
        {13, 600, 9},
        {40, 40, 600},
        {3, 2, 0},
        {10, 8, 9},
        {11, 24, 10},
        {12, 25, 16},
        {4, 9, 17},
        {210, 7, 130},
        {9, 1, 12},
        {1, 19, 70},
        {6, 1100, 270},
        {0, 3, 4},
        {6, 0, 9}
    };

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64"})
    void rows(DType dtype) {
        check(dtype, new RowProduct(dtype, ProductCode.of(dtype).rows()));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32,128", "FLOAT32,256", "FLOAT32,512", "FLOAT64,128", "FLOAT64,256", "FLOAT64,512"})
    void tiles(DType dtype, int bits) {
        check(dtype, new TileProduct(dtype, Tiles.of(dtype, bits)));
    }

    /** So large that each axis is cut, and that narrow tiles pack rows that lie side by side as well. */
    @ParameterizedTest
    @CsvSource({"FLOAT32,256", "FLOAT64,256", "FLOAT32,512", "FLOAT64,512"})
    void large(DType dtype, int bits) {
        Random random = new Random(3);
        BlockProduct product = new TileProduct(dtype, Tiles.of(dtype, bits));
        for (int[] size : new int[][] {{700, 70, 400}, {9, 3600, 530}}) {
            int m = size[0];
            int n = size[1];
            int k = size[2];
            check(product, dtype, operand(dtype, random, m, k, k, 1), operand(dtype, random, k, n, n, 1), m, n, k);
            check(product, dtype, operand(dtype, random, m, k, 1, m), operand(dtype, random, k, n, 1, k), m, n, k);
        }
    }

    private static void check(DType dtype, BlockProduct product) {
        Random random = new Random(1);
        for (int[] size : SIZES) {
            int m = size[0];
            int n = size[1];
            int k = size[2];
            Operand[] lefts = {
                operand(dtype, random, m, k, k, 1),
                operand(dtype, random, m, k, 1, m),
                operand(dtype, random, m, k, 2 * k, 2)
            };
            Operand[] rights = {
                operand(dtype, random, k, n, n + 3, 1),
                operand(dtype, random, k, n, 1, k),
                operand(dtype, random, k, n, 0, 1)
            };
            for (Operand left : lefts) {
                for (Operand right : rights) {
                    check(product, dtype, left, right, m, n, k);
                }
            }
        }
    }

    private static void check(BlockProduct product, DType dtype, Operand a, Operand b, int m, int n, int k) {
        Operand c = operand(dtype, new Random(4), m, n, n + 2, 1);
        Object expected = HostData.copy(c.data());
        chain(a, b, new Operand(expected, c.offset(), c.rowStride(), 1), m, n, k);
        product.run(a, b, c, m, n, k, HostData.allocate(dtype, product.workspace(b, m, n, k)), Epilogue.NONE);
        assertEquals(-1, mismatch(expected, c.data()), () -> m + " x " + k + " x " + n + " " + a + b);
    }

    /** Random numbers with an offset, strides, and some elements behind the last one. */
    private static Operand operand(DType dtype, Random random, int rows, int columns, int rowStride, int columnStride) {
        int size = 7 + rows * rowStride + columns * columnStride;
        Object data = HostData.allocate(dtype, size);
        for (int i = 0; i < size; i++) {
            HostData.put(data, i, Literal.of(dtype, random.nextDouble() - 0.5));
        }
        return new Operand(data, 3, rowStride, columnStride);
    }

    private static void chain(Operand a, Operand b, Operand c, int m, int n, int k) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int left = a.offset() + i * a.rowStride();
                int right = b.offset() + j * b.columnStride();
                int at = c.offset() + i * c.rowStride() + j;
                if (c.data() instanceof double[] to) {
                    to[at] = 0;
                    for (int p = 0; p < k; p++) {
                        double x = ((double[]) a.data())[left + p * a.columnStride()];
                        to[at] = Math.fma(x, ((double[]) b.data())[right + p * b.rowStride()], to[at]);
                    }
                } else {
                    float[] floats = (float[]) c.data();
                    floats[at] = 0;
                    for (int p = 0; p < k; p++) {
                        float x = ((float[]) a.data())[left + p * a.columnStride()];
                        floats[at] = Math.fma(x, ((float[]) b.data())[right + p * b.rowStride()], floats[at]);
                    }
                }
            }
        }
    }

    private static int mismatch(Object expected, Object actual) {
        return expected instanceof double[] x
                ? Arrays.mismatch(x, (double[]) actual)
                : Arrays.mismatch((float[]) expected, (float[]) actual);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void batch(int m) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            int n = 9;
            int k = 11;
            Random random = new Random(2);
            Operand a = operand(dtype, random, 4 * m, k, k, 1);
            Operand b = operand(dtype, random, k, n, n, 1);
            Operand c = operand(dtype, random, 3 * m, n, n, 1);
            Object expected = HostData.copy(c.data());
            int[] aStarts = {2 * m * k, 0, m * k};
            for (int i = 0; i < aStarts.length; i++) {
                Operand left = new Operand(a.data(), a.offset() + aStarts[i], k, 1);
                chain(left, b, new Operand(expected, 3 + i * m * n, n, 1), m, n, k);
            }
            MatrixProduct.of(new ProductShape(dtype, m, n, k, k, 1, n, 1))
                    .run(a, aStarts, b, new int[3], c.data(), 3, Epilogue.NONE);
            assertEquals(-1, mismatch(expected, c.data()));
        }
    }
}
