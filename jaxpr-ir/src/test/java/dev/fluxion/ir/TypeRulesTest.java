package dev.fluxion.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.testing.PrimitiveExamples;
import io.vavr.collection.Array;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole message of the typical mistakes with each kind of operation. */
class TypeRulesTest {
    private static final ArrayType VECTOR = ArrayType.of(DType.FLOAT64, 3);
    private static final ArrayType MATRIX = ArrayType.of(DType.FLOAT64, 2, 3);
    private static final ArrayType SINGLE = ArrayType.of(DType.FLOAT32, 3);
    private static final ArrayType WORDS = ArrayType.of(DType.INT32, 3);
    private static final ArrayType FLAGS = ArrayType.of(DType.BOOL, 3);

    record Mistake(Primitive primitive, Array<ArrayType> operands, String message) {
        @Override
        public String toString() {
            return primitive + operands.mkString("(", ", ", ")");
        }
    }

    private static Mistake mistake(Primitive primitive, String message, ArrayType... operands) {
        return new Mistake(primitive, Array.of(operands), message);
    }

    static Stream<Mistake> mistakes() {
        Primitive add = new Elementwise.Binary(BinaryOp.ADD);
        return Stream.of(
                mistake(add, """
                    FX0201 add: operands have different shapes
                      operands are f64[3], f64[2,3]
                      hint: operations of the IR do not broadcast; the functions of dev.fluxion.numpy do\
                    """, VECTOR, MATRIX),
                mistake(add, """
                    FX0202 add: operands have different dtypes
                      operands are f64[3], f32[3]
                      hint: convert one with astype\
                    """, VECTOR, SINGLE),
                mistake(add, """
                    FX0202 add: not defined for bool[3], bool[3]
                      hint: convert with astype\
                    """, FLAGS, FLAGS),
                mistake(add, "FX0103 add: takes 2 operands, given 1", VECTOR),
                mistake(new Elementwise.Unary(UnaryOp.SIN), """
                    FX0202 sin: not defined for i32[3]
                      hint: convert with astype\
                    """, WORDS),
                mistake(new Elementwise.IntegerPow(-1), """
                    FX0202 integer_pow: not defined for i32[3]
                      hint: convert with astype\
                    """, WORDS),
                mistake(new Elementwise.SelectN(), """
                    FX0202 select_n: not defined for f64[3], f64[3], f64[3]
                      hint: convert with astype\
                    """, VECTOR, VECTOR, VECTOR),
                mistake(new Elementwise.SelectN(), """
                    FX0202 select_n: operands have different dtypes
                      operands are bool[3], f64[3], f32[3]
                      hint: convert one with astype\
                    """, FLAGS, VECTOR, SINGLE),
                mistake(new Elementwise.BitcastConvertType(DType.INT64), """
                    FX0202 bitcast_convert_type: not defined for f32[3]
                      hint: convert with astype\
                    """, SINGLE),
                mistake(new Movement.Reshape(Shape.of(4)), """
                    FX0205 reshape: the number of elements would change
                      from f64[2,3] with 6 elements
                      to [4] with 4\
                    """, MATRIX),
                mistake(new Movement.Transpose(Ints.of(0, 0)), "FX0204 transpose: axis 0 is given twice", MATRIX),
                mistake(
                        new Movement.Squeeze(Ints.of(1)),
                        "FX0204 squeeze: axis 1 of f64[2,3] has size 3, not 1",
                        MATRIX),
                mistake(
                        new Movement.BroadcastInDim(Shape.of(2, 4), Ints.of(1)),
                        "FX0206 broadcast_in_dim: f64[3] does not fit shape [2,4] along dimensions (1,)",
                        VECTOR),
                mistake(new Movement.Concatenate(0), """
                    FX0201 concatenate: shapes differ outside axis 0
                      operands are f64[2,3], f64[3]\
                    """, MATRIX, VECTOR),
                mistake(
                        new Movement.Slice(Ints.of(0), Ints.of(4), Ints.of(1)),
                        "FX0207 slice: start 0, limit 4, stride 1 do not fit axis 0 of f64[3]",
                        VECTOR),
                mistake(
                        new Movement.DynamicSlice(Shape.of(4)),
                        "FX0201 dynamic_slice: a window of shape [4] does not fit into f64[3]",
                        VECTOR,
                        ArrayType.of(DType.INT32)),
                mistake(
                        new Movement.DynamicSlice(Shape.of(1)),
                        "FX0202 dynamic_slice: start indices are integer scalars, not f64[]",
                        VECTOR,
                        ArrayType.of(DType.FLOAT64)),
                mistake(new Movement.Rev(Ints.of(1)), """
                    FX0204 rev: axis 1 is outside an array of rank 1
                      hint: axes run from 0 to 0\
                    """, VECTOR),
                mistake(new Reduction.Reduce(ReduceOp.SUM, Ints.of(1)), """
                    FX0204 reduce_sum: axis 1 is outside an array of rank 1
                      hint: axes run from 0 to 0\
                    """, VECTOR),
                mistake(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), """
                    FX0202 reduce_sum: not defined for bool[3]
                      hint: convert with astype\
                    """, FLAGS),
                mistake(new Reduction.Reduce(ReduceOp.AND, Ints.of(0)), """
                    FX0202 reduce_and: not defined for f64[3]
                      hint: convert with astype\
                    """, VECTOR),
                mistake(
                        new Reduction.ArgReduce(ArgOp.ARGMAX, 0, DType.INT32),
                        "FX0208 argmax: axis 0 of f64[0] is empty",
                        ArrayType.of(DType.FLOAT64, 0)),
                mistake(new Reduction.Cumulative(CumulativeOp.CUMSUM, 0, false), """
                    FX0202 cumsum: not defined for bool[3]
                      hint: convert with astype\
                    """, FLAGS),
                mistake(
                        DotGeneral.of(Ints.of(1), Ints.of(1), Ints.of(), Ints.of()),
                        """
                        FX0203 dot: contracted sizes differ
                          lhs f64[2,3] axis 1 has size 3
                          rhs f64[3,4] axis 1 has size 4
                          hint: rhs.transpose() would fit: did you mean it?\
                        """,
                        MATRIX,
                        ArrayType.of(DType.FLOAT64, 3, 4)),
                mistake(DotGeneral.of(Ints.of(0), Ints.of(0), Ints.of(), Ints.of()), """
                    FX0202 dot_general: operands must be numbers of one dtype
                      operands are f64[3], f32[3]
                      hint: convert one with astype\
                    """, VECTOR, SINGLE),
                mistake(
                        DotGeneral.of(Ints.of(0), Ints.of(), Ints.of(), Ints.of()),
                        "FX0203 dot: 1 contracted axes of lhs, 0 of rhs",
                        VECTOR,
                        VECTOR),
                mistake(new Threefry2x32(), """
                    FX0202 threefry2x32: operands must be i32 of one shape
                      operands are i32[3], i32[3], i32[3], f64[3]\
                    """, WORDS, WORDS, WORDS, VECTOR),
                mistake(new Control.Call("f", PrimitiveExamples.program(add, VECTOR, VECTOR)), """
                    FX0201 jit: operands do not fit the sub-program
                      expected f64[3], f64[3]
                      given    f64[3]\
                    """, VECTOR));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void areRefused(Mistake mistake) {
        FluxionException e = assertThrows(
                FluxionException.class,
                () -> TypeRules.infer(mistake.primitive(), mistake.operands().map(Var::new)));
        assertEquals(mistake.message(), e.getMessage());
    }
}
