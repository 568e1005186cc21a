package dev.fluxion.numerics;

import dev.fluxion.ir.ArgOp;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import io.vavr.collection.Array;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reductions and products. Sums of floats are taken in another order than the reference's. */
class ReductionAgreementTest {
    private static final int SUM_ULPS = 200;

    private static void near(Primitive primitive, ArrayData... inputs) {
        Agreement.within(SUM_ULPS, Agreement.program(primitive, inputs), inputs);
    }

    @ParameterizedTest
    @EnumSource
    void reduce(DType dtype) {
        int[][] shapes = {
            {},
            {1},
            {7},
            {0},
            {3, 0},
            {40},
            {5000},
            {3, 4, 5},
            {2, 1, 70},
            {50, 3},
            {1100, 3},
            {2, 70, 2},
            {2, 3, 2, 2, 2}
        };
        for (ReduceOp op : ReduceOp.values()) {
            boolean logical = op == ReduceOp.AND || op == ReduceOp.OR;
            boolean arithmetic = op == ReduceOp.SUM || op == ReduceOp.PROD;
            if ((logical && dtype.isFloating()) || (arithmetic && dtype == DType.BOOL)) {
                continue;
            }
            for (int[] shape : shapes) {
                for (int axes = 0; axes < 1 << shape.length; axes++) {
                    int set = axes;
                    Ints chosen = Ints.of(Ints.range(shape.length).stream().filter(axis -> (set >> axis & 1) == 1));
                    near(new Reduction.Reduce(op, chosen), Samples.ordinary(dtype, shape));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void specialsInReductions(DType dtype) {
        ArrayData x = Samples.special(dtype, 0, 2);
        near(new Reduction.Reduce(ReduceOp.MAX, Ints.of(0)), x);
        near(new Reduction.Reduce(ReduceOp.MIN, Ints.of(0)), x);
        near(new Reduction.ArgReduce(ArgOp.ARGMAX, 0, DType.INT32), x);
        near(new Reduction.ArgReduce(ArgOp.ARGMIN, 0, DType.INT64), x);
    }

    @ParameterizedTest
    @EnumSource
    void lines(DType dtype) {
        for (int axis = 0; axis < 3; axis++) {
            ArrayData x = Samples.ordinary(dtype, 3, 4, 5);
            near(new Reduction.ArgReduce(ArgOp.ARGMAX, axis, DType.INT32), x);
            near(new Reduction.ArgReduce(ArgOp.ARGMIN, axis, DType.INT64), x);
            for (CumulativeOp op : CumulativeOp.values()) {
                boolean accepted = op == CumulativeOp.CUMLOGSUMEXP ? dtype.isFloating() : dtype.isNumeric();
                if (accepted) {
                    near(new Reduction.Cumulative(op, axis, false), x);
                    near(new Reduction.Cumulative(op, axis, true), x);
                    near(new Reduction.Cumulative(op, 0, true), Samples.ordinary(dtype, 0, 2));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOL")
    void products(DType dtype) {
        Ints none = Ints.of();
        for (int[] s : new int[][] {
            {1, 1, 1}, {2, 3, 4}, {1, 9, 40}, {9, 1, 40}, {17, 33, 5}, {65, 70, 300}, {3, 4, 0}, {0, 2, 3}
        }) {
            ArrayData a = Samples.ordinary(dtype, s[0], s[2]);
            ArrayData aT = Samples.ordinary(dtype, s[2], s[0]);
            ArrayData b = Samples.ordinary(dtype, s[2], s[1]);
            ArrayData bT = Samples.ordinary(dtype, s[1], s[2]);
            near(DotGeneral.of(Ints.of(1), Ints.of(0), none, none), a, b);
            near(DotGeneral.of(Ints.of(0), Ints.of(0), none, none), aT, b);
            near(DotGeneral.of(Ints.of(1), Ints.of(1), none, none), a, bT);
            near(DotGeneral.of(Ints.of(0), Ints.of(1), none, none), aT, bT);
        }
        ArrayData x = Samples.ordinary(dtype, 2, 3, 4, 5);
        ArrayData y = Samples.ordinary(dtype, 5, 3, 4, 2);
        near(DotGeneral.of(Ints.of(3), Ints.of(0), Ints.of(1), Ints.of(1)), x, y);
        near(DotGeneral.of(Ints.of(3, 1), Ints.of(0, 1), none, none), x, y);
        near(DotGeneral.of(Ints.of(0, 1, 2, 3), Ints.of(3, 1, 2, 0), none, none), x, y);
        near(DotGeneral.of(none, none, Ints.of(0, 2), Ints.of(3, 2)), x, y);
        near(DotGeneral.of(none, none, none, none), x, Samples.ordinary(dtype, 3));
        near(DotGeneral.of(none, none, none, none), Samples.ordinary(dtype), Samples.ordinary(dtype, 3));
    }

    /** A batch with one right operand for all of it, with evenly spaced rows on the left and with others. */
    @Test
    void batchesThatShareAnOperand() {
        for (Ints permutation : List.of(Ints.of(0, 1, 2), Ints.of(1, 0, 2))) {
            JaxprBuilder builder = new JaxprBuilder();
            Atom x = builder.input(ArrayType.of(DType.FLOAT64, 6, 6, 7));
            Atom y = builder.input(ArrayType.of(DType.FLOAT64, 7, 9));
            Atom left = builder.append(new Movement.Transpose(permutation), x);
            Atom right = builder.append(new Movement.BroadcastInDim(Shape.of(6, 7, 9), Ints.of(1, 2)), y);
            Atom z = builder.append(DotGeneral.of(Ints.of(2), Ints.of(1), Ints.of(0), Ints.of(0)), left, right);
            Agreement.within(
                    SUM_ULPS,
                    builder.build(Array.of(z)),
                    Samples.ordinary(DType.FLOAT64, 6, 6, 7),
                    Samples.ordinary(DType.FLOAT64, 7, 9));
        }
    }

    @Test
    void productsPropagateSpecials() {
        double inf = Double.POSITIVE_INFINITY;
        ArrayData a = HostArray.wrap(ArrayType.of(DType.FLOAT64, 2, 2), new double[] {inf, 0, Double.NaN, 1});
        near(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), a, a);
    }
}
