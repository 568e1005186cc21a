package dev.fluxion.numerics.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ScalarMeaning;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The programs against values computed with several hundred bits: random points and hard ones (next to multiples of pi/2
 * and to the ends of reduction intervals, subnormal arguments and results, huge arguments). A line of a table is the
 * arguments and the nearest double, as bits, and the distance of the exact value from it in units of 2^-16 ulp.
 */
class AccuracyTest {
    /** Arguments, the double nearest to the exact value, and the distance of that in ulps. */
    private record Row(double[] arguments, double nearest, double beyondUlps) {
        double ulpsFrom(double y, DType dtype) {
            if (y == nearest) {
                return Math.abs(beyondUlps) * Math.ulp(nearest) / ulp(nearest, dtype);
            }
            return Math.abs((y - nearest - beyondUlps * Math.ulp(nearest)) / ulp(nearest, dtype));
        }

        boolean isSingle() {
            return Arrays.stream(arguments).allMatch(x -> (float) x == x);
        }
    }

    private static double ulp(double value, DType dtype) {
        return dtype == DType.FLOAT32 ? Math.ulp((float) value) : Math.ulp(value);
    }

    private static List<Row> table(Object op) {
        try (InputStream in = AccuracyTest.class.getResourceAsStream(op + ".txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().map(AccuracyTest::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        List<String> fields = List.of(line.split(" "));
        int count = fields.size() - 1;
        double[] doubles = fields.stream()
                .limit(count)
                .mapToDouble(bits -> Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)))
                .toArray();
        return new Row(
                Arrays.copyOf(doubles, count - 1), doubles[count - 1], Integer.parseInt(fields.get(count)) * 0x1p-16);
    }

    @ParameterizedTest
    @CsvSource({
        "EXP, 1",
        "EXP2, 1",
        "EXPM1, 1",
        "LOG, 1",
        "LOG1P, 1",
        "LOG2, 0.8",
        "LOG10, 0.8",
        "SIN, 1",
        "COS, 1",
        "TAN, 1",
        "TANH, 1",
        "COSH, 1",
        "SINH, 1.5",
        "LOGISTIC, 1.5",
        "ASIN, 1.5",
        "ACOS, 1.5",
        "ATAN, 1.5",
        "ASINH, 1.5",
        "ACOSH, 2",
        "ATANH, 1.5",
        "CBRT, 0.6",
        "ERF, 1.5",
        "ERFC, 1",
        "ERF_INV, 1",
        "LGAMMA, 1.5",
        "DIGAMMA, 1.5"
    })
    @DisplayName("results are within the documented number of ulps, on both dtypes")
    void unary(UnaryOp op, double ulps) {
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            ElementaryProgram program = ElementaryPrograms.of(op, dtype).orElseThrow();
            within(ulps, op, dtype, x -> ScalarEvaluator.apply(program, dtype, x[0]));
        }
    }

    @ParameterizedTest
    @CsvSource({"POW, 1", "ATAN2, 1.5"})
    @DisplayName("results of two operands are within the documented number of ulps, on both dtypes")
    void binary(BinaryOp op, double ulps) {
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            Jaxpr program = ElementaryPrograms.of(op, dtype).orElseThrow();
            within(ulps, op, dtype, x -> ScalarEvaluator.apply(program, dtype, x[0], x[1]));
        }
    }

    @Test
    @DisplayName("so are those of digamma's derivative")
    void trigamma() {
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            ElementaryProgram program =
                    ElementaryPrograms.of(new Elementwise.Polygamma(1), dtype).orElseThrow();
            within(1.5, "trigamma", dtype, x -> ScalarEvaluator.apply(program, dtype, x[0]));
        }
    }

    private static void within(double ulps, Object op, DType dtype, ToDoubleFunction<double[]> function) {
        List<Row> rows = table(op).stream()
                .filter(row -> dtype == DType.FLOAT64 || row.isSingle() && !isBeyondFloats(row.nearest()))
                .toList();
        assertTrue(rows.size() > (dtype == DType.FLOAT64 ? 800 : 60), () -> op + " " + rows.size());
        for (Row row : rows) {
            double y = function.applyAsDouble(row.arguments());
            double error = row.ulpsFrom(y, dtype);
            assertTrue(
                    error <= ulps,
                    () -> op + " of " + Arrays.toString(row.arguments()) + " is " + y + ", " + error + " ulp off");
        }
    }

    private static boolean isBeyondFloats(double value) {
        return Math.abs(value) > Float.MAX_VALUE;
    }

    @ParameterizedTest
    @EnumSource(
            value = UnaryOp.class,
            names = {
                "EXP",
                "EXP2",
                "EXPM1",
                "LOG",
                "LOG1P",
                "SIN",
                "COS",
                "TAN",
                "ASIN",
                "ACOS",
                "ATAN",
                "SINH",
                "COSH",
                "TANH",
                "ASINH",
                "ACOSH",
                "ATANH",
                "CBRT",
                "LOGISTIC",
                "ERF",
                "ERFC",
                "ERF_INV",
                "LGAMMA",
                "DIGAMMA"
            })
    @DisplayName("float32 results are those of the float64 program to two ulps, specials included")
    void singles(UnaryOp op) {
        ElementaryProgram single = ElementaryPrograms.of(op, DType.FLOAT32).orElseThrow();
        ElementaryProgram wide = ElementaryPrograms.of(op, DType.FLOAT64).orElseThrow();
        Random random = new Random(op.ordinal());
        for (int i = 0; i < 6_000; i++) {
            float x = i % 3 == 0
                    ? Float.intBitsToFloat(random.nextInt())
                    : (float) (random.nextGaussian() * (i % 3 == 1 ? 1 : 50));
            double exact = ScalarEvaluator.apply(wide, DType.FLOAT64, x);
            float y = (float) ScalarEvaluator.apply(single, DType.FLOAT32, x);
            float expected = (float) exact;
            double slack = Float.isFinite(expected) ? 2 * Math.ulp(expected) : 0;
            assertEquals(expected, y, slack, () -> op + "(" + x + ")");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXP", "EXPM1", "LOG", "LOG1P", "LOG2", "LOG10", "SIN", "COS", "TAN", "TANH", "COSH", "SINH", "ASIN", "ACOS",
        "ATAN", "ASINH", "ACOSH", "ATANH", "CBRT", "ERF", "ERFC", "ERF_INV", "LGAMMA", "DIGAMMA"
    })
    @DisplayName("on arguments with random bits the programs agree with the reference meaning")
    void randomBits(UnaryOp op) {
        ElementaryProgram program = ElementaryPrograms.of(op, DType.FLOAT64).orElseThrow();
        Random random = new Random(op.ordinal());
        DoubleUnaryOperator any = scale -> Double.longBitsToDouble(random.nextLong());
        DoubleUnaryOperator moderate = scale -> random.nextGaussian() * scale;
        for (int i = 0; i < 3_000; i++) {
            agrees(program, any.applyAsDouble(1));
            agrees(program, moderate.applyAsDouble(1));
            agrees(program, moderate.applyAsDouble(100));
        }
    }

    private static void agrees(ElementaryProgram program, double x) {
        double expected =
                ScalarMeaning.of(program.function(), Array.of(Literal.of(x))).doubleValue();
        double y = ScalarEvaluator.apply(program, DType.FLOAT64, x);
        // StrictMath's sinh, cosh and tanh are only promised to 2.5 ulp, ours to 1.5; lgamma's reference is within 3.
        double slack = Double.isFinite(expected) ? 4 * Math.ulp(expected) : 0;
        assertEquals(expected, y, slack, () -> program.function() + "(" + x + ")");
    }
}
