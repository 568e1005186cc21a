package dev.fluxion.numpy.usage;

import static dev.fluxion.numpy.Numpy.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Trace;
import io.vavr.collection.Array;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Whole messages, with the user's line: here this file's. */
class ErrorMessagesTest {
    private final NDArray m34 = zeros(3, 4);

    private static void refuses(String expected, Executable code) {
        String message = assertThrows(FluxionException.class, code).getMessage();
        assertEquals(expected, message.replaceAll("ErrorMessagesTest.java:\\d+", "HERE"));
    }

    @Test
    void broadcasting() {
        refuses("""
            FX0206 add: shapes do not broadcast together
              shapes are [3,4] and [3]
              axis -1 has sizes 4 and 3
              at HERE
              hint: shapes are aligned at the last axis; sizes must be equal or 1\
            """, () -> m34.plus(zeros(3)));
        refuses("""
            FX0206 broadcastTo: f64[3,4] does not fit shape [3]
              at HERE
              hint: shapes are aligned at the last axis; only sizes of 1 stretch\
            """, () -> m34.broadcastTo(3));
    }

    @Test
    void whileTracingTheContextIsNamed() {
        refuses(
                """
                FX0206 mul: shapes do not broadcast together
                  shapes are [2] and [3]
                  axis -1 has sizes 2 and 3
                  at HERE, while tracing loss for grad
                  hint: shapes are aligned at the last axis; sizes must be equal or 1\
                """,
                () -> Trace.of(
                        "tracing loss for grad",
                        Array.of(ArrayType.of(DType.FLOAT64, 2)),
                        in -> Array.of(in.get(0).times(zeros(3)))));
    }

    @Test
    void axes() {
        refuses("""
            FX0204 sum: axis 3 is outside an array of rank 2
              at HERE
              hint: axes run from 0 to 1, or from -2 to -1 counted from the end\
            """, () -> m34.sum(3));
        refuses("""
            FX0204 mean: axis 0 is outside an array of rank 0
              at HERE
              hint: a scalar has no axes\
            """, () -> mean(scalar(1.0), 0));
        refuses("""
            FX0204 sum: axis -1 is given twice in (1, -1)
              at HERE\
            """, () -> m34.sum(1, -1));
        refuses("""
            FX0204 squeeze: axis 0 of f64[3,4] has size 3, not 1
              at HERE\
            """, () -> m34.squeeze(0));
    }

    @Test
    void products() {
        refuses("""
            FX0203 matmul: contracted sizes differ
              lhs f64[3,4] axis 1 has size 4
              rhs f64[5,4] axis 0 has size 5
              at HERE
              hint: rhs.transpose() would be f64[4,5], which fits: did you mean it?\
            """, () -> m34.matmul(zeros(5, 4)));
        refuses("""
            FX0203 dot: contracted sizes differ
              lhs f64[3,4] axis 1 has size 4
              rhs f64[3] axis 0 has size 3
              at HERE
              hint: lhs.transpose() would be f64[4,3], which fits: did you mean it?\
            """, () -> m34.dot(zeros(3)));
        refuses("""
            FX0209 einsum "ij,jk->ik": 'j' has size 4 before, but size 5 in operand 1, f64[5,2]
              at HERE\
            """, () -> einsum("ij,jk->ik", m34, zeros(5, 2)));
        refuses("""
            FX0209 einsum "ij->k": the output names 'k', which no operand has
              at HERE\
            """, () -> einsum("ij -> k", m34));
        refuses("""
            FX0209 einsum "ij,jk": it names 2 operands, given 1
              at HERE\
            """, () -> einsum("ij,jk", m34));
        refuses("""
            FX0209 einsum "i": "i" does not name the axes of operand 0, f64[3,4] of rank 2
              at HERE\
            """, () -> einsum("i", m34));
    }

    @Test
    void shapes() {
        refuses("""
            FX0205 reshape: the number of elements would change
              from f64[3,4] with 12 elements
              to [5,2] with 10
              at HERE\
            """, () -> m34.reshape(5, 2));
        refuses("""
            FX0205 reshape: no size for -1 gives [5, -1] as many elements
              from f64[3,4] with 12 elements
              at HERE
              hint: the other sizes must divide the number of elements\
            """, () -> m34.reshape(5, -1));
        refuses("""
            FX0101 shape [-2] has a negative size
              at HERE
              hint: sizes are zero or more\
            """, () -> zeros(-2));
    }

    @Test
    void dtypes() {
        refuses("""
            FX0202 sub: not defined for bool[], bool[]
              at HERE
              hint: convert with astype\
            """, () -> scalar(true).minus(scalar(false)));
        refuses("""
            FX0202 the scalar 1099511627776 does not fit into i32
              at HERE
              hint: make the array i64 with astype(DType.INT64)\
            """, () -> scalar(1).plus(1L << 40));
        refuses("""
            FX0202 a java.math.BigDecimal is not a scalar of an array dtype
              at HERE
              hint: use its doubleValue() or longValue()\
            """, () -> scalar(1).plus(BigDecimal.ONE));
        refuses("""
            FX0104 power: i32[] has no power -1
              at HERE
              hint: integers have no negative powers: convert with astype(DType.FLOAT64)\
            """, () -> scalar(2).pow(-1));
    }

    @Test
    void reading() {
        refuses("""
            FX0201 item(): f64[3,4] has 12 elements, not 1
              at HERE
              hint: read one element with get(...).item(), all with toDoubleArray()\
            """, () -> m34.item());
        refuses("""
            FX0207 get: index 4 is outside axis 1 of f64[3,4]
              at HERE
              hint: indices run from 0 to 3, or from -4 to -1 counted from the end\
            """, () -> m34.get(0, 4));
        refuses(
                """
                FX0301 item(): a traced f64[] has no value yet
                  it was created at HERE, while tracing f
                  at HERE, while tracing f
                  hint: compute with arrays instead: where(...) chooses by values, Lax.cond between functions, Lax.whileLoop repeats; shape() and dtype() are known while tracing\
                """,
                () -> Trace.of("tracing f", Array.of(ArrayType.of(DType.FLOAT64)), in -> {
                    in.get(0).times(2).item();
                    return in;
                }));
        refuses("""
            FX0208 max: no elements along axes (0,) of f64[0]
              at HERE
              hint: a max over nothing has no value; a mask (axes(...).where(mask)) gives -Infinity\
            """, () -> max(zeros(0)));
    }
}
