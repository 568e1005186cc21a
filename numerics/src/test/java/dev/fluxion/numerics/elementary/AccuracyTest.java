package dev.fluxion.numerics.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.UnaryOp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The programs against values computed with several hundred bits: random points and hard ones (next to multiples of pi/2
 * and to the ends of reduction intervals, subnormal arguments and results, huge arguments). A line of a table is the
 * argument and the nearest double, both as bits, and the distance of the exact value from it in units of 2^-16 ulp.
 */
class AccuracyTest {
    private record Row(double x, double nearest, double beyondUlps) {
        double ulpsFrom(double y, double ulp) {
            return y == nearest ? Math.abs(beyondUlps) : Math.abs((y - nearest) / ulp - beyondUlps);
        }
    }

    private static List<Row> table(UnaryOp op) {
        try (InputStream in = AccuracyTest.class.getResourceAsStream(op + ".txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().map(AccuracyTest::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        List<String> fields = List.of(line.split(" "));
        return new Row(
                Double.longBitsToDouble(Long.parseUnsignedLong(fields.get(0), 16)),
                Double.longBitsToDouble(Long.parseUnsignedLong(fields.get(1), 16)),
                Integer.parseInt(fields.get(2)) * 0x1p-16);
    }

    @ParameterizedTest
    @CsvSource({
        "EXP, 1",
        "EXP2, 1",
        "LOG, 1",
        "LOG1P, 1",
        "SIN, 1",
        "COS, 1",
        "TAN, 1",
        "TANH, 1",
        "COSH, 1",
        "SINH, 1.5",
        "EXPM1, 1.5",
        "LOGISTIC, 1.5"
    })
    @DisplayName("float64 results are within the documented number of ulps")
    void float64(UnaryOp op, double ulps) {
        ElementaryProgram program = ElementaryPrograms.of(op, DType.FLOAT64).orElseThrow();
        List<Row> rows = table(op);
        assertTrue(rows.size() > 800);
        for (Row row : rows) {
            double y = ScalarEvaluator.apply(program, DType.FLOAT64, row.x());
            double error = row.ulpsFrom(y, Math.ulp(row.nearest()));
            assertTrue(error <= ulps, () -> op + "(" + row.x() + ") = " + y + " is " + error + " ulp off");
        }
    }

    @ParameterizedTest
    @CsvSource({"EXP", "EXP2", "LOG", "LOG1P", "SIN", "COS", "TAN", "TANH", "COSH", "SINH", "EXPM1", "LOGISTIC"})
    @DisplayName("float32 results are the exact values rounded, unless those lie within 2^-28 ulp of a tie")
    void float32(UnaryOp op) {
        ElementaryProgram program = ElementaryPrograms.of(op, DType.FLOAT32).orElseThrow();
        List<Row> rows = table(op).stream().filter(r -> (float) r.x() == r.x()).toList();
        assertTrue(rows.size() > 60);
        for (Row row : rows) {
            float y = (float) ScalarEvaluator.apply(program, DType.FLOAT32, row.x());
            assertEquals((float) row.nearest(), y, () -> op + "(" + row.x() + ")");
        }
    }

    @ParameterizedTest
    @CsvSource({"EXP", "EXPM1", "LOG", "LOG1P", "SIN", "COS", "TAN", "TANH", "COSH", "SINH"})
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
        double expected = program.op().apply(x);
        double y = ScalarEvaluator.apply(program, DType.FLOAT64, x);
        // StrictMath's sinh, cosh and tanh are only promised to 2.5 ulp, ours to 1.5.
        double slack = Double.isFinite(expected) ? 4 * Math.ulp(expected) : 0;
        assertEquals(expected, y, slack, () -> program.op() + "(" + x + ")");
    }
}
