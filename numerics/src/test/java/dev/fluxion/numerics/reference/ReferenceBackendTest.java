package dev.fluxion.numerics.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArgOp;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.CumulativeOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.Threefry2x32;
import io.vavr.collection.Array;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Results worked out by hand or by NumPy and JAX. */
class ReferenceBackendTest {
    private static final Backend ENGINE = new ReferenceBackend();

    private static final double[] SIX = {1, 2, 3, 4, 5, 6};

    private static ArrayData f64(double[] values, int... dims) {
        return ENGINE.array(ArrayType.of(DType.FLOAT64, dims), values);
    }

    private static Object[] run(Primitive primitive, ArrayData... inputs) {
        JaxprBuilder builder = new JaxprBuilder();
        Array<Atom> operands = Array.of(inputs).map(in -> builder.input(in.type()));
        Array<Atom> outputs = builder.append(primitive, operands, SourceInfo.UNKNOWN);
        ArrayData[] results = ENGINE.compile(builder.build(outputs)).run(inputs);
        return IntStream.range(0, results.length)
                .mapToObj(i -> results[i].toHostArray())
                .toArray();
    }

    private static void gives(double[] expected, Primitive primitive, ArrayData... inputs) {
        assertArrayEquals(expected, (double[]) run(primitive, inputs)[0]);
    }

    @Test
    void movements() {
        ArrayData x = f64(SIX, 2, 3);
        gives(new double[] {1, 4, 2, 5, 3, 6}, new Movement.Transpose(Ints.of(1, 0)), x);
        gives(new double[] {3, 2, 1, 6, 5, 4}, new Movement.Rev(Ints.of(1)), x);
        gives(new double[] {1, 3, 4, 6}, new Movement.Slice(Ints.of(0, 0), Ints.of(2, 3), Ints.of(1, 2)), x);
        gives(
                new double[] {1, 2, 1, 2, 1, 2},
                new Movement.BroadcastInDim(Shape.of(3, 2), Ints.of(1)),
                f64(new double[] {1, 2}, 2));
        gives(
                new double[] {1, 1, 1, 2, 2, 2},
                new Movement.BroadcastInDim(Shape.of(2, 3), Ints.of(0, 1)),
                f64(new double[] {1, 2}, 2, 1));
        gives(new double[] {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}, new Movement.Concatenate(0), x, x);
        gives(
                new double[] {9, 1, 9, 2, 9},
                new Movement.Pad(Ints.of(1), Ints.of(-1), Ints.of(1)),
                f64(new double[] {1, 2, 3}, 3),
                f64(new double[] {9}));
    }

    @Test
    void startIndicesClamp() {
        ArrayData x = f64(SIX, 6);
        ArrayData late = ENGINE.array(ArrayType.of(DType.INT32), new int[] {5});
        ArrayData negative = ENGINE.array(ArrayType.of(DType.INT64), new long[] {-5});
        gives(new double[] {4, 5, 6}, new Movement.DynamicSlice(Shape.of(3)), x, late);
        gives(new double[] {1, 2, 3}, new Movement.DynamicSlice(Shape.of(3)), x, negative);
        gives(new double[] {1, 2, 3, 4, 7, 8}, new Movement.DynamicUpdateSlice(), x, f64(new double[] {7, 8}, 2), late);
    }

    @Test
    void reductions() {
        ArrayData x = f64(SIX, 2, 3);
        gives(new double[] {5, 7, 9}, new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), x);
        gives(new double[] {720}, new Reduction.Reduce(ReduceOp.PROD, Ints.of(0, 1)), x);
        gives(new double[] {1, 3, 6, 4, 9, 15}, new Reduction.Cumulative(CumulativeOp.CUMSUM, 1, false), x);
        gives(new double[] {6, 5, 3, 15, 11, 6}, new Reduction.Cumulative(CumulativeOp.CUMSUM, 1, true), x);
        ArrayData nan = f64(new double[] {1, Double.NaN, 7, Double.NaN}, 4);
        Reduction argmax = new Reduction.ArgReduce(ArgOp.ARGMAX, 0, DType.INT32);
        assertArrayEquals(new int[] {1}, (int[]) run(argmax, nan)[0]);
        assertArrayEquals(new int[] {0}, (int[]) run(argmax, f64(new double[] {2, 2}, 2))[0]);
        gives(
                new double[] {Double.NEGATIVE_INFINITY, Math.log(2), Math.log(2) + Math.log(1.5)},
                new Reduction.Cumulative(CumulativeOp.CUMLOGSUMEXP, 0, false),
                f64(new double[] {Double.NEGATIVE_INFINITY, Math.log(2), 0}, 3));
    }

    @Test
    void dotContractsAnyAxes() {
        ArrayData x = f64(SIX, 2, 3);
        Ints none = Ints.of();
        gives(new double[] {14, 32, 32, 77}, DotGeneral.of(Ints.of(1), Ints.of(1), none, none), x, x);
        gives(new double[] {91}, DotGeneral.of(Ints.of(0, 1), Ints.of(0, 1), none, none), x, x);
        gives(new double[] {14, 77}, DotGeneral.of(Ints.of(1), Ints.of(1), Ints.of(0), Ints.of(0)), x, x);
    }

    /** The known answer of the authors' test vectors: all ones. */
    @Test
    void threefry() {
        ArrayData ones = ENGINE.array(ArrayType.of(DType.INT32), new int[] {-1});
        Object[] words = run(new Threefry2x32(), ones, ones, ones, ones);
        assertEquals(0x1cb996fc, ((int[]) words[0])[0]);
        assertEquals(0xbb002be7, ((int[]) words[1])[0]);
    }

    @Test
    void literalsAndConstantsAreRead() {
        JaxprBuilder builder = new JaxprBuilder();
        Atom constant = builder.constant(f64(SIX, 6));
        ArrayData[] results = ENGINE.compile(builder.build(Array.of(constant, Literal.of(2.5))))
                .run();
        assertArrayEquals(SIX, (double[]) results[0].toHostArray());
        assertEquals(2.5, results[1].doubleAt(0));
    }

    @Test
    void badInputsAreRefused() {
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(ArrayType.of(DType.FLOAT64, 3));
        var executable = ENGINE.compile(builder.build(Array.of(x)));
        assertEquals(
                """
                FX0602 run: input 0 is of another type
                  the program takes f64[3]
                  given f64[6]\
                """,
                assertThrows(FluxionException.class, () -> executable.run(f64(SIX, 6)))
                        .getMessage());
        assertEquals(
                """
                FX0602 array: the values do not fit the type
                  f64[2] holds 2 values in a Java array of double
                  given 2 values in a Java array of int\
                """,
                assertThrows(
                                FluxionException.class,
                                () -> ENGINE.array(ArrayType.of(DType.FLOAT64, 2), new int[] {1, 2}))
                        .getMessage());
    }
}
