package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every movement, on every dtype, up to rank 5. */
class MovementAgreementTest {
    private static ArrayData index(long value) {
        return HostArray.wrap(ArrayType.of(DType.INT64), new long[] {value});
    }

    @ParameterizedTest
    @EnumSource
    void placements(DType dtype) {
        ArrayData cube = Samples.ordinary(dtype, 3, 4, 5);
        Agreement.exact(new Movement.Transpose(Ints.of(2, 0, 1)), cube);
        Agreement.exact(new Movement.Transpose(Ints.of(0, 2, 1)), cube);
        Agreement.exact(new Movement.Reshape(Shape.of(5, 2, 6)), cube);
        Agreement.exact(new Movement.Rev(Ints.of(0, 2)), cube);
        Agreement.exact(new Movement.Slice(Ints.of(1, 0, 2), Ints.of(3, 4, 5), Ints.of(1, 3, 2)), cube);
        Agreement.exact(new Movement.Slice(Ints.of(1, 2, 2), Ints.of(1, 4, 5), Ints.of(1, 1, 1)), cube);
        Agreement.exact(new Movement.ExpandDims(Ints.of(0, 2)), cube);
        Agreement.exact(new Movement.Squeeze(Ints.of(1)), Samples.ordinary(dtype, 3, 1, 2));
        Agreement.exact(
                new Movement.BroadcastInDim(Shape.of(2, 3, 4, 3), Ints.of(1, 3)), Samples.ordinary(dtype, 3, 1));
        Agreement.exact(new Movement.BroadcastInDim(Shape.of(2, 2), Ints.of()), Samples.ordinary(dtype));
        Agreement.exact(new Movement.Transpose(Ints.of(4, 2, 0, 3, 1)), Samples.ordinary(dtype, 2, 3, 1, 4, 5));
        Agreement.exact(new Movement.Transpose(Ints.of(1, 0)), Samples.ordinary(dtype, 70, 45));
        Agreement.exact(new Movement.Transpose(Ints.of(1, 0)), Samples.ordinary(dtype, 0, 4));
    }

    @ParameterizedTest
    @EnumSource
    void assemblies(DType dtype) {
        ArrayData x = Samples.ordinary(dtype, 2, 3);
        ArrayData y = Samples.ordinary(dtype, 2, 5);
        ArrayData empty = Samples.ordinary(dtype, 2, 0);
        Agreement.exact(new Movement.Concatenate(1), x, y, empty, x);
        Agreement.exact(new Movement.Concatenate(0), y, y);
        ArrayData value = Samples.ordinary(dtype);
        int[][][] paddings = {
            {{1, 0}, {2, 3}, {0, 0}},
            {{0, -1}, {-1, 1}, {0, 0}},
            {{0, 0}, {0, 0}, {1, 2}},
            {{-1, -2}, {0, 1}, {2, 3}},
            {{3, -4}, {-4, 5}, {1, 1}},
            {{-2, 0}, {0, 0}, {0, 0}},
            {{-3, -3}, {7, 2}, {2, 2}}
        };
        for (int[][] p : paddings) {
            Agreement.exact(new Movement.Pad(Ints.of(p[0]), Ints.of(p[1]), Ints.of(p[2])), x, value);
        }
        Agreement.exact(new Movement.Pad(Ints.of(1, 1), Ints.of(1, 1), Ints.of(1, 1)), empty, value);
    }

    @ParameterizedTest
    @EnumSource
    void windows(DType dtype) {
        ArrayData x = Samples.ordinary(dtype, 4, 5);
        ArrayData update = Samples.ordinary(ArrayType.of(dtype, 2, 3), 99);
        for (long[] start : new long[][] {{0, 0}, {1, 2}, {3, 3}, {-4, 100}, {Long.MAX_VALUE, Long.MIN_VALUE}}) {
            ArrayData i = index(start[0]);
            ArrayData j = index(start[1]);
            Agreement.exact(new Movement.DynamicSlice(Shape.of(2, 3)), x, i, j);
            Agreement.exact(new Movement.DynamicUpdateSlice(), x, update, i, j);
        }
        Agreement.exact(new Movement.DynamicSlice(Shape.SCALAR), Samples.ordinary(dtype));
    }

    @Test
    void iota() {
        for (DType dtype : new DType[] {DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT64}) {
            Agreement.exact(new Movement.Iota(dtype, Shape.of(3, 4, 2), 1));
            Agreement.exact(new Movement.Iota(dtype, Shape.of(5), 0));
            Agreement.exact(new Movement.Iota(dtype, Shape.of(0), 0));
        }
    }
}
