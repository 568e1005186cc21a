package dev.fluxion.numpy.usage;

import static dev.fluxion.numpy.Numpy.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import io.vavr.Function1;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** Dtypes of results, and how Java scalars enter programs. */
class PromotionTest {
    private final NDArray bools = array(new boolean[] {true, false});
    private final NDArray i32 = array(new int[] {1, 2});
    private final NDArray i64 = array(new long[] {1, 2});
    private final NDArray f32 = array(new float[] {1, 2});
    private final NDArray f64 = array(1, 2);

    @Test
    void javaScalarsAreWeak() {
        assertEquals(DType.INT32, i32.plus(1).dtype());
        assertEquals(DType.FLOAT64, i32.plus(1.0).dtype());
        assertEquals(DType.FLOAT32, f32.plus(1.5).dtype());
        assertEquals(DType.FLOAT32, f32.plus(1).dtype());
        assertEquals(DType.INT64, bools.plus(1).dtype());
        assertEquals(DType.FLOAT64, bools.plus(1.0).dtype());
        assertEquals(DType.INT64, where(bools, 1, 0).dtype());
        assertEquals(DType.FLOAT64, where(bools, 1.0, 0).dtype());
        assertEquals(DType.FLOAT32, maximum(0, f32).dtype());
    }

    @Test
    void arraysPromote() {
        assertEquals(DType.INT64, i32.times(i64).dtype());
        assertEquals(DType.FLOAT32, i64.times(f32).dtype());
        assertEquals(DType.FLOAT64, f32.times(f64).dtype());
        assertEquals(DType.INT32, bools.times(i32).dtype());
        assertEquals(DType.BOOL, bools.plus(bools).dtype());
        assertArrayEquals(new int[] {1, 0}, bools.times(bools).toIntArray());
    }

    @Test
    void realFunctionsMakeFloats() {
        assertEquals(DType.FLOAT64, i32.div(2).dtype());
        assertEquals(DType.FLOAT64, sin(i32).dtype());
        assertEquals(DType.FLOAT32, sin(f32).dtype());
        assertEquals(DType.FLOAT64, mean(i32).dtype());
        assertEquals(DType.INT64, sum(bools).dtype());
        assertEquals(DType.INT64, sum(i32).dtype());
        assertEquals(DType.INT32, max(i32).dtype());
        assertEquals(DType.INT32, cumsum(i32).dtype());
        assertEquals(DType.INT64, argmax(f32).dtype());
        assertEquals(DType.INT32, i32.pow(2).dtype());
        assertEquals(DType.INT32, floorDivide(i32, 2).dtype());
        assertEquals(DType.INT32, floor(i32).dtype());
    }

    @Test
    void scalarsAreLiteralsBesideArrays() {
        assertProgram("""
            { lambda ; a:f64[3]. let
                b:f64[3] = mul a 2.5:f64[]
                c:f64[3] = add b 1.0:f64[]
              in (c,) }\
            """, x -> x.times(2.5).plus(1));
        assertProgram("{ lambda ; a:f64[3]. let b:f64[3] = integer_pow[y=3] a in (b,) }", x -> x.pow(3));
        assertProgram("""
            { lambda ; a:f64[3]. let
                b:bool[3] = gt a 0.0:f64[]
                c:f64[3] = select_n b 0.0:f64[] a
              in (c,) }\
            """, x -> where(x.gt(0), x, 0));
        assertProgram("""
            { lambda ; a:f64[3]. let
                b:f64[] = reduce_sum[axes=(0,)] a
                c:f64[] = div b 3.0:f64[]
              in (c,) }\
            """, x -> x.mean());
    }

    private static void assertProgram(String expected, Function1<NDArray, NDArray> f) {
        var traced =
                Trace.of("tracing f", Array.of(ArrayType.of(DType.FLOAT64, 3)), in -> Array.of(f.apply(in.get(0))));
        assertEquals(expected, traced.jaxpr().toString());
    }
}
