package dev.fluxion.numerics.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Literal;
import dev.fluxion.numerics.HostData;
import dev.fluxion.numerics.codegen.Squares;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Planes against a copy element by element, before and after squares are copied in registers. */
class StridedPlaneTest {
    private static final int[][] SIZES = {{1, 1}, {1, 40}, {40, 1}, {3, 70}, {70, 3}, {16, 16}, {33, 50}, {130, 41}};
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final Random random = new Random(20261201);

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyElementArrives(DType dtype) throws InterruptedException {
        checkAll(dtype);
        if (dtype == DType.BOOL) {
            return;
        }
        Object many = HostData.allocate(dtype, 1 << 20);
        Object target = HostData.allocate(dtype, 1 << 20);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (Squares.of(dtype).ready() == null && System.nanoTime() < end) {
            new StridedPlane(1 << 10, 1 << 10, 1, 1 << 10, 1 << 10, 1).copy(many, 0, target, 0);
            Thread.sleep(1);
        }
        assertNotNull(Squares.of(dtype).ready());
        checkAll(dtype);
    }

    private void checkAll(DType dtype) {
        for (int[] size : SIZES) {
            int rows = size[0];
            int columns = size[1];
            check(dtype, new StridedPlane(rows, columns, columns, 1, columns + 1, 1));
            check(dtype, new StridedPlane(rows, columns, 1, rows, columns, 1));
            check(dtype, new StridedPlane(rows, columns, columns + 2, 1, 1, rows));
            check(dtype, new StridedPlane(rows, columns, 1, rows, 1, rows + 3));
            check(dtype, new StridedPlane(rows, columns, 3, 3 * rows, 2 * columns, 2));
            check(dtype, new StridedPlane(rows, columns, 0, 1, columns, 1));
            check(dtype, new StridedPlane(rows, columns, 1, 0, columns, 1));
        }
    }

    private void check(DType dtype, StridedPlane plane) {
        Object from =
                numbers(dtype, 6 + (plane.rows() - 1) * plane.fromRow() + (plane.columns() - 1) * plane.fromColumn());
        Object to = numbers(dtype, 4 + (plane.rows() - 1) * plane.toRow() + (plane.columns() - 1) * plane.toColumn());
        Object expected = HostData.copy(to);
        for (int r = 0; r < plane.rows(); r++) {
            for (int c = 0; c < plane.columns(); c++) {
                Literal element = HostData.literal(from, 5 + r * plane.fromRow() + c * plane.fromColumn());
                HostData.put(expected, 3 + r * plane.toRow() + c * plane.toColumn(), element);
            }
        }
        plane.copy(from, 5, to, 3);
        for (int i = 0; i < HostData.length(to); i++) {
            assertEquals(HostData.literal(expected, i), HostData.literal(to, i), plane.toString());
        }
    }

    private Object numbers(DType dtype, int size) {
        Object data = HostData.allocate(dtype, size);
        for (int i = 0; i < size; i++) {
            Literal number = dtype == DType.BOOL
                    ? Literal.of(random.nextBoolean())
                    : Literal.of(dtype, (long) random.nextInt(1000));
            HostData.put(data, i, number);
        }
        return data;
    }
}
