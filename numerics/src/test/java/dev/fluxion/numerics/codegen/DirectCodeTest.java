package dev.fluxion.numerics.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products without packing against products by rows, bit by bit. */
class DirectCodeTest {
    /** m, n, k: straight code and loops, one tile and many in either direction, tiles that overlap, vectors of all sizes. */
    private static final int[][] SIZES = {
        {1, 4, 1},
        {4, 4, 4},
        {5, 5, 5},
        {2, 2, 7},
        {3, 3, 9},
        {8, 8, 8},
        {10, 10, 10},
        {7, 17, 16},
        {16, 16, 16},
        {13, 25, 40},
        {40, 33, 21},
        {100, 10, 64},
        {25, 62, 30},
        {29, 100, 6},
        {30, 601, 13},
        {5, 301, 200},
        {12, 9, 700}
    };

    private final Random random = new Random(20261201);

    @ParameterizedTest
    @CsvSource({"FLOAT32,128", "FLOAT32,256", "FLOAT32,512", "FLOAT64,128", "FLOAT64,256", "FLOAT64,512"})
    void everyElementIsTheChain(DType dtype, int bits) {
        int checked = 0;
        for (int[] size : SIZES) {
            int m = size[0];
            int n = size[1];
            int k = size[2];
            for (ProductShape shape : new ProductShape[] {
                new ProductShape(dtype, m, n, k, k, 1, n, 1),
                new ProductShape(dtype, m, n, k, 1, m, n + 3, 1),
                new ProductShape(dtype, m, n, k, 0, 1, 0, 1)
            }) {
                DirectShape tiles = DirectShape.of(shape, bits);
                if (tiles != null) {
                    check(shape, tiles);
                    checked++;
                }
            }
        }
        assertTrue(checked > 2 * SIZES.length, checked + " products");
    }

    /** Two of three matrices, of which the second one lies before the first. */
    private void check(ProductShape p, DirectShape tiles) {
        int m = p.m();
        int n = p.n();
        int k = p.k();
        int aSize = 1 + (m - 1) * p.aRow() + (k - 1) * p.aColumn();
        int bSize = (k - 1) * p.bRow() + n;
        Object a = numbers(p.dtype(), 5 + 2 * aSize);
        Object b = numbers(p.dtype(), 3 + 2 * bSize);
        int[] aStarts = {0, aSize, 0};
        int[] bStarts = {0, bSize, 0};
        Object c = numbers(p.dtype(), 2 + 3 * m * n);
        Object expected = HostData.copy(c);
        RowCode rows = ProductCode.of(p.dtype()).rows();
        for (int matrix = 1; matrix < 3; matrix++) {
            for (int i = 0; i < m; i++) {
                int at = 2 + (matrix * m + i) * n;
                HostData.fill(expected, at, at + n, Literal.of(p.dtype(), 0L));
                for (int term = 0; term < k; term++) {
                    int left = 5 + aStarts[matrix] + i * p.aRow() + term * p.aColumn();
                    rows.add(1, a, left, 1, b, 3 + bStarts[matrix] + term * p.bRow(), 1, expected, at, n);
                }
            }
        }
        DirectEmitter.compile(tiles)
                .run(a, 5, aStarts, p.aRow(), p.aColumn(), b, 3, bStarts, p.bRow(), c, 2, m * n, n, m, n, k, 1, 3);
        assertEquals(-1, mismatch(expected, c), () -> p + " " + tiles);
    }

    private Object numbers(DType dtype, int size) {
        Object data = HostData.allocate(dtype, size);
        for (int i = 0; i < size; i++) {
            HostData.put(data, i, Literal.of(dtype, random.nextDouble() - 0.5));
        }
        return data;
    }

    private static int mismatch(Object expected, Object actual) {
        return expected instanceof double[] x
                ? Arrays.mismatch(x, (double[]) actual)
                : Arrays.mismatch((float[]) expected, (float[]) actual);
    }

    @Test
    void whatIsReadOftenOrLiesAcrossIsPacked() {
        DType dtype = DType.FLOAT64;
        assertNull(DirectShape.of(new ProductShape(dtype, 512, 512, 512, 512, 1, 512, 1), 512));
        assertNull(DirectShape.of(new ProductShape(dtype, 20, 20, 20, 20, 1, 1, 20), 512));
        assertNull(DirectShape.of(new ProductShape(dtype, 900, 20, 900, 1, 900, 20, 1), 512));
        assertNotNull(DirectShape.of(new ProductShape(dtype, 4, 9000, 5000, 5000, 1, 9000, 1), 512));
    }

    @Test
    void shortSumsAreStraight() {
        DirectShape straight = DirectShape.of(new ProductShape(DType.FLOAT64, 4, 4, 4, 4, 1, 4, 1), 512);
        assertTrue(straight.isStraight());
        assertEquals(4, straight.lanes());
        assertFalse(DirectShape.of(new ProductShape(DType.FLOAT64, 4, 4, 400, 400, 1, 4, 1), 512)
                .isStraight());
    }
}
