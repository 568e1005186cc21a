package dev.fluxion.numerics;

import static dev.fluxion.numerics.SubPrograms.COUNT;
import static dev.fluxion.numerics.SubPrograms.NUMBER;
import static dev.fluxion.numerics.SubPrograms.agree;
import static dev.fluxion.numerics.SubPrograms.append;
import static dev.fluxion.numerics.SubPrograms.binary;
import static dev.fluxion.numerics.SubPrograms.compare;
import static dev.fluxion.numerics.SubPrograms.count;
import static dev.fluxion.numerics.SubPrograms.program;
import static dev.fluxion.numerics.SubPrograms.scan;
import static dev.fluxion.numerics.SubPrograms.unary;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotDimensionNumbers;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole programs on scalars, and on a few elements, are one class: its locals, parts, branches and loops could get mixed up. */
class ScalarProgramsTest {
    private static final ArrayType WHOLE = ArrayType.of(DType.INT64);
    private static final ArrayType SHORT = ArrayType.of(DType.FLOAT32);

    /** The program is one kernel, not a plan of many steps. */
    private static void isOne(Jaxpr program) {
        assertEquals(1, Agreement.ENGINE.compile(program).memory().kernels());
    }

    /** Values of all kinds, some of which are read a thousand operations later. */
    private static Array<Atom> mixed(JaxprBuilder b, Array<Atom> in, int steps) {
        Atom x = in.get(0);
        Atom s = in.get(1);
        Atom n = in.get(2);
        Atom i = in.get(3);
        Array<Atom> old = in;
        for (int k = 0; k < steps; k++) {
            Atom before = old.get(k % old.size());
            x = binary(b, BinaryOp.SUB, binary(b, BinaryOp.MUL, x, Literal.of(0.75 + k * 1e-4)), in.get(0));
            s = binary(b, BinaryOp.ADD, s, b.append(new Elementwise.ConvertElementType(DType.FLOAT32), x));
            Atom low = b.append(new Elementwise.ConvertElementType(DType.INT64), before);
            n = binary(b, BinaryOp.ADD, binary(b, BinaryOp.MUL, n, Literal.of(DType.INT64, 3L + k)), low);
            i = binary(b, BinaryOp.XOR, i, b.append(new Elementwise.ConvertElementType(DType.INT32), n));
            Atom odd = compare(b, CompareOp.GT, i, count(k));
            x = b.append(new Elementwise.SelectN(), odd, x, unary(b, UnaryOp.ABS, x));
            if (k % 7 == 0) {
                old = old.append(x).append(odd);
            }
        }
        return Array.of(x, s, n, i, old.last(), in.get(0), Literal.of(2.5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 400})
    void longProgramsAreCutIntoParts(int steps) {
        Jaxpr program = program(Array.of(NUMBER, SHORT, WHOLE, COUNT), (b, in) -> mixed(b, in, steps));
        isOne(program);
        agree(0, program);
    }

    @Test
    void callsOfFunctionsStayWhereTheyAreChosen() {
        Jaxpr program = program(Array.of(NUMBER), (b, in) -> {
            Atom x = in.get(0);
            for (int k = 0; k < 60; k++) {
                x = unary(b, k % 2 == 0 ? UnaryOp.SIN : UnaryOp.COS, binary(b, BinaryOp.MUL, x, Literal.of(1e5 + k)));
            }
            return Array.of(x);
        });
        isOne(program);
        ArrayData huge = Agreement.ENGINE.array(NUMBER, new double[] {1e300});
        ArrayData plain = Agreement.ENGINE.array(NUMBER, new double[] {0.3});
        assertEquals(
                oneByOne(program, plain)[0].doubleAt(0),
                Agreement.ENGINE.compile(program).run(plain)[0].doubleAt(0));
        assertEquals(
                oneByOne(program, huge)[0].doubleAt(0),
                Agreement.ENGINE.compile(program).run(huge)[0].doubleAt(0));
    }

    private static Jaxpr expensive(int salt) {
        return program(Array.of(NUMBER, NUMBER), (b, in) -> {
            Atom x = in.get(0);
            for (int k = 0; k < 40 + salt; k++) {
                x = binary(b, BinaryOp.ADD, binary(b, BinaryOp.MUL, x, in.get(1)), Literal.of(salt + 0.5));
            }
            return Array.of(in.get(1), x);
        });
    }

    @Test
    void branchesInsideOfLoopsInsideOfBranches() {
        Jaxpr step = program(Array.of(NUMBER, COUNT, NUMBER, NUMBER), (b, in) -> {
            Control.Cond choice = new Control.Cond(Array.range(0, 3).map(ScalarProgramsTest::expensive));
            Array<Atom> chosen = append(b, choice, in.get(1), in.get(2), in.get(0));
            Atom next = binary(b, BinaryOp.SUB, in.get(1), count(1));
            // The last two of the carry change places.
            return Array.of(next, in.get(3), unary(b, UnaryOp.TANH, chosen.get(1)));
        });
        Jaxpr goesOn = program(
                Array.of(NUMBER, COUNT, NUMBER, NUMBER),
                (b, in) -> Array.of(b.append(
                        new Elementwise.Binary(BinaryOp.AND),
                        compare(b, CompareOp.GT, in.get(1), count(-4)),
                        compare(b, CompareOp.LT, in.get(2), in.get(0)))));
        Jaxpr repeated = program(Array.of(NUMBER, COUNT, NUMBER), (b, in) -> {
            Control.While loop = new Control.While(goesOn, 1, step, 1);
            Array<Atom> end = append(b, loop, Literal.of(9.0), in.get(0), in.get(1), in.get(2), Literal.of(0.25));
            return Array.of(end.get(2), end.get(0));
        });
        Jaxpr left = program(Array.of(NUMBER, COUNT, NUMBER), (b, in) -> Array.of(in.get(2), in.get(1)));
        Jaxpr whole = program(Array.of(COUNT, NUMBER, COUNT, NUMBER), (b, in) -> {
            Array<Atom> first =
                    append(b, new Control.Cond(Array.of(left, repeated)), in.get(0), in.get(1), in.get(2), in.get(3));
            Jaxpr power =
                    program(Array.of(NUMBER, NUMBER), (c, x) -> Array.of(binary(c, BinaryOp.MUL, x.get(0), x.get(1))));
            Atom last = append(b, scan(power, 5, 1, 1), in.get(1), first.get(0)).get(0);
            return Array.of(last, first.get(1), binary(b, BinaryOp.ADD, last, in.get(3)));
        });
        isOne(whole);
        for (int side = -1; side <= 2; side++) {
            for (int n = -3; n <= 3; n++) {
                ArrayData[] inputs = {
                    Agreement.ENGINE.array(COUNT, new int[] {side}),
                    Agreement.ENGINE.array(NUMBER, new double[] {0.9}),
                    Agreement.ENGINE.array(COUNT, new int[] {n}),
                    Agreement.ENGINE.array(NUMBER, new double[] {1.5})
                };
                Agreement.within(8, whole, inputs);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shortLoopsOverSlicesAreWrittenOut(boolean reverse) {
        ArrayType pairs = ArrayType.of(DType.FLOAT64, 4, 2);
        ArrayType pair = ArrayType.of(DType.FLOAT64, 2);
        Jaxpr body = program(Array.of(NUMBER, NUMBER, pair), (b, in) -> {
            Atom sum = b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), in.get(2));
            Atom next = binary(b, BinaryOp.ADD, binary(b, BinaryOp.MUL, in.get(1), in.get(0)), sum);
            return Array.of(next, sum, in.get(2));
        });
        Control.Scan loop = new Control.Scan(body, 4, reverse, 1, 1, 1);
        Jaxpr whole = program(Array.of(NUMBER, NUMBER, pairs), (b, in) -> {
            Array<Atom> out = append(b, loop, in.get(0), in.get(1), in.get(2));
            return out.append(binary(b, BinaryOp.MUL, out.get(0), in.get(1)))
                    .append(b.append(new Reduction.Reduce(ReduceOp.MAX, Ints.of(0)), out.get(1)));
        });
        isOne(whole);
        agree(0, whole);
    }

    /** Every operation by itself: on kernels, not on scalars. */
    private static ArrayData[] oneByOne(Jaxpr program, ArrayData... inputs) {
        Map<Var, ArrayData> values = new IdentityHashMap<>();
        for (int k = 0; k < inputs.length; k++) {
            values.put(program.inputs().get(k), inputs[k]);
        }
        for (Equation equation : program.equations()) {
            ArrayData[] operands = equation.inputs()
                    .map(in -> in instanceof Var var ? values.get(var) : HostArray.of((Literal) in))
                    .toJavaArray(ArrayData[]::new);
            ArrayData[] results = Agreement.ENGINE
                    .compile(Agreement.program(equation.primitive(), operands))
                    .run(operands);
            for (int k = 0; k < results.length; k++) {
                values.put(equation.outputs().get(k), results[k]);
            }
        }
        return program.outputs()
                .map(out -> out instanceof Var var ? values.get(var) : HostArray.of((Literal) out))
                .toJavaArray(ArrayData[]::new);
    }

    /** Sums over rows, over columns, over both ends; all kinds of products: their order is that of the kernels. */
    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64", "INT32"})
    void sumsAndProductsHaveTheBitsOfTheKernels(DType dtype) {
        ArrayType cube = ArrayType.of(dtype, 2, 4, 2);
        ArrayType square = ArrayType.of(dtype, 4, 4);
        ArrayType line = ArrayType.of(dtype, 4);
        Jaxpr program = program(Array.of(cube, square, square, line, line), (b, in) -> {
            Array<Atom> sums = Array.of(Ints.of(0), Ints.of(1), Ints.of(2), Ints.of(0, 2), Ints.of(0, 1), Ints.of(1, 2))
                    .map(axes -> b.append(new Reduction.Reduce(ReduceOp.SUM, axes), in.get(0)));
            Atom matrices = dot(b, in.get(1), 1, in.get(2), 0);
            Atom column = dot(b, in.get(1), 1, in.get(3), 0);
            Atom row = dot(b, in.get(3), 0, in.get(2), 0);
            Atom number = dot(b, in.get(3), 0, in.get(4), 0);
            return sums.append(matrices).append(column).append(row).append(number);
        });
        isOne(program);
        ArrayData[] inputs = program.inputs()
                .zipWithIndex()
                .map(in -> Samples.ordinary(in._1.type(), 3L * in._2))
                .toJavaArray(ArrayData[]::new);
        ArrayData[] expected = oneByOne(program, inputs);
        ArrayData[] actual = Agreement.ENGINE.compile(program).run(inputs);
        for (int k = 0; k < expected.length; k++) {
            for (int i = 0; i < expected[k].type().size(); i++) {
                assertEquals(
                        HostArray.of(expected[k]).literalAt(i),
                        HostArray.of(actual[k]).literalAt(i),
                        "output " + k);
            }
        }
    }

    private static Atom dot(JaxprBuilder b, Atom x, int xAxis, Atom y, int yAxis) {
        return b.append(
                new DotGeneral(new DotDimensionNumbers(Ints.of(xAxis), Ints.of(yAxis), Ints.of(), Ints.of())), x, y);
    }

    @Test
    void asFunctionsOfDoubles() {
        Jaxpr one = program(Array.of(NUMBER), (b, in) -> Array.of(binary(b, BinaryOp.MUL, in.get(0), in.get(0))));
        assertEquals(
                9.0,
                Agreement.ENGINE
                        .function(one, DoubleUnaryOperator.class)
                        .orElseThrow()
                        .applyAsDouble(3));
        Jaxpr two =
                program(Array.of(NUMBER, NUMBER), (b, in) -> Array.of(binary(b, BinaryOp.SUB, in.get(0), in.get(1))));
        assertEquals(
                -1.0,
                Agreement.ENGINE
                        .function(two, DoubleBinaryOperator.class)
                        .orElseThrow()
                        .applyAsDouble(3, 4));
    }

    @Test
    @SuppressWarnings("unchecked") // functions of double[]
    void asFunctionsOfArrays() {
        ArrayType line = ArrayType.of(DType.FLOAT64, 3);
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(line);
        Atom weights = builder.constant(HostArray.wrap(line, new double[] {1, 10, 100}));
        Atom weighted = binary(builder, BinaryOp.MUL, x, weights);
        Atom shifted = binary(builder, BinaryOp.ADD, weighted, x);
        Atom sum = builder.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), shifted);
        Jaxpr field = builder.build(Array.of(sum));
        ToDoubleFunction<double[]> scalar =
                Agreement.ENGINE.function(field, ToDoubleFunction.class).orElseThrow();
        assertEquals(2 + 22 + 303, scalar.applyAsDouble(new double[] {1, 2, 3}));
        Jaxpr map =
                builder.build(Array.of(binary(builder, BinaryOp.MUL, shifted, unary(builder, UnaryOp.NEG, weighted))));
        UnaryOperator<double[]> vector =
                Agreement.ENGINE.function(map, UnaryOperator.class).orElseThrow();
        assertArrayEquals(new double[] {-2, -440, -90900}, vector.apply(new double[] {1, 2, 3}));
        ArrayType wide = ArrayType.of(DType.FLOAT64, 1000);
        Jaxpr large = program(Array.of(wide), (b, in) -> Array.of(unary(b, UnaryOp.NEG, in.get(0))));
        assertTrue(Agreement.ENGINE.function(large, UnaryOperator.class).isEmpty());
    }
}
