package dev.fluxion.ir.scalar;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The scalar functions against 25-digit values, and on the borders of their domains. */
class SpecialFunctionsTest {
    private static final long MIN = Long.MIN_VALUE;

    private record Point(String function, double x, BigDecimal value) {}

    private static final List<Point> POINTS = points();

    /** The bounds are those of the functions' documentation, a little widened. */
    @ParameterizedTest
    @CsvSource({
        "erf, 1.2",
        "erfc, 3.3",
        "erfInv, 2",
        "lgamma, 3",
        "digamma, 2.7",
        "polygamma1, 3",
        "polygamma2, 3.7",
        "polygamma3, 3",
        "polygamma4, 3.7",
        "polygamma7, 3",
        "polygamma20, 3",
        "polygamma60, 3",
        "asinh, 1.4",
        "acosh, 1.6",
        "atanh, 1.5",
        "exp2, 0.9",
        "logistic, 1.9",
        "rsqrt, 1.5"
    })
    void isWithinTheBound(String function, double bound) {
        DoubleUnaryOperator f = function(function);
        List<Point> points =
                POINTS.stream().filter(p -> p.function().equals(function)).toList();
        assertTrue(points.size() > 20, "reference values of " + function);
        assertAll(points.stream().map(p -> () -> {
            double result = f.applyAsDouble(p.x());
            double unit = Math.ulp(Math.max(Math.abs(p.value().doubleValue()), floor(function, p.x())));
            double ulps = new BigDecimal(result).subtract(p.value()).abs().doubleValue() / unit;
            assertTrue(ulps <= bound, () -> function + "(" + p.x() + ") = " + result + " is off by " + ulps + " ulp");
        }));
    }

    /** Where a result between two poles may cancel: the size of what it is the difference of. */
    private static double floor(String function, double x) {
        if (x > 0) {
            return 0;
        }
        return switch (function) {
            case "polygamma2", "polygamma4", "polygamma20", "polygamma60" ->
                Math.abs(function(function).applyAsDouble(Math.abs(x - Math.rint(x))));
            default -> 0;
        };
    }

    private static DoubleUnaryOperator function(String name) {
        return switch (name) {
            case "erf" -> ErrorFunctions::erf;
            case "erfc" -> ErrorFunctions::erfc;
            case "erfInv" -> ErrorFunctions::erfInv;
            case "lgamma" -> GammaFunctions::lgamma;
            case "digamma" -> GammaFunctions::digamma;
            case "asinh" -> Elementary::asinh;
            case "acosh" -> Elementary::acosh;
            case "atanh" -> Elementary::atanh;
            case "exp2" -> Elementary::exp2;
            case "logistic" -> Elementary::logistic;
            case "rsqrt" -> Elementary::rsqrt;
            case "roundHalfAway" -> Elementary::roundHalfAway;
            default -> x -> GammaFunctions.polygamma(Integer.parseInt(name.substring("polygamma".length())), x);
        };
    }

    @ParameterizedTest
    @CsvFileSource(resources = "special-functions-edges.csv")
    void keepsToItsEdges(String function, double x, double expected) {
        assertEquals(expected, function(function).applyAsDouble(x));
    }

    @Test
    void polygammaRefusesNegativeOrders() {
        assertThrows(IllegalArgumentException.class, () -> GammaFunctions.polygamma(-1, 1));
    }

    /** Either side of a border between two methods must carry on where the other ends. */
    @ParameterizedTest
    @CsvSource({
        "erf, 1",
        "erfc, -1",
        "erfc, 0.5",
        "erfc, 2",
        "erfInv, 0.5",
        "erfInv, 0.75",
        "lgamma, 0.5",
        "lgamma, 2.5",
        "lgamma, 10",
        "lgamma, -5.421010862427522e-20",
        "digamma, -5.421010862427522e-20",
        "polygamma1, -5.421010862427522e-20",
        "digamma, 0.5",
        "digamma, 2.5",
        "digamma, 10",
        "polygamma1, 11",
        "polygamma4, 14",
        "asinh, 2",
        "asinh, 268435456",
        "acosh, 2",
        "acosh, 268435456",
        "atanh, 0.5",
        "logistic, 0"
    })
    void isContinuousWhereTheMethodChanges(String function, double border) {
        DoubleUnaryOperator f = function(function);
        double below = f.applyAsDouble(Math.nextDown(border));
        double at = f.applyAsDouble(border);
        double above = f.applyAsDouble(Math.nextUp(border));
        double few = 10 * Math.max(Math.ulp(at), Math.ulp(border));
        assertEquals(at, below, few);
        assertEquals(at, above, few);
    }

    @Test
    void integerDivisionIsTotal() {
        assertEquals(-2, Elementary.div(-7, 3));
        assertEquals(-2, Elementary.div(7, -3));
        assertEquals(-1, Elementary.div(7, 0));
        assertEquals(-1, Elementary.div(0, 0));
        assertEquals(MIN, Elementary.div(MIN, -1));
        assertEquals(-1, Elementary.rem(-7, 3));
        assertEquals(1, Elementary.rem(7, -3));
        assertEquals(-7, Elementary.rem(-7, 0));
        assertEquals(0, Elementary.rem(MIN, -1));
    }

    @ParameterizedTest
    @CsvSource({
        "-7, 0, 64, -7, -7, -7",
        "-7, 3, 64, -56, -1, 2305843009213693951",
        "7, 63, 64, -9223372036854775808, 0, 0",
        "-7, 63, 64, -9223372036854775808, -1, 1",
        "-7, 64, 64, 0, -1, 0",
        "7, 65, 64, 0, 0, 0",
        "-7, -1, 64, 0, -1, 0",
        "7, -9223372036854775808, 64, 0, 0, 0",
        "-7, 3, 32, -56, -1, 536870911",
        "-7, 31, 32, -2147483648, -1, 1",
        "-7, 0, 32, -7, -7, -7",
        "-7, 32, 32, 0, -1, 0",
        "7, -1, 32, 0, 0, 0",
        "-7, 4294967296, 32, 0, -1, 0"
    })
    void shiftsOutsideTheWidthEmptyTheWord(long x, long y, int w, long left, long arithmetic, long logical) {
        assertEquals(left, reduce(Elementary.shiftLeft(x, y, w), w));
        assertEquals(arithmetic, Elementary.shiftRightArithmetic(x, y, w));
        assertEquals(logical, reduce(Elementary.shiftRightLogical(x, y, w), w));
    }

    private static long reduce(long x, int w) {
        return w == 32 ? (int) x : x;
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 3, 3.375",
        "-1.5, 3, -3.375",
        "0, 0, 1",
        "NaN, 0, 1",
        "0, 1, 0",
        "-0.0, 3, -0.0",
        "-2, -1, -0.5",
        "-0.0, -3, -Infinity",
        "0, -2, Infinity",
        "Infinity, -3, 0",
        "1e200, 2, Infinity",
        "1e200, -2, 0",
        "2, 15, 32768",
        "1.1, 3, 1.3310000000000004",
        "-1, -2147483648, 1",
        "2, -2147483648, 0",
        "NaN, 2, NaN"
    })
    void integerPowSquaresRepeatedly(double x, int y, double expected) {
        assertEquals(expected, Elementary.integerPow(x, y));
    }

    @Test
    void integerPowOfFloatsRoundsEveryProduct() {
        float x = 1.1f;
        assertEquals(x * x * x, Elementary.integerPow(x, 3));
        assertEquals(1 / (x * x), Elementary.integerPow(x, -2));
        assertEquals(Float.POSITIVE_INFINITY, Elementary.integerPow(1e20f, 2));
        assertEquals(1f, Elementary.integerPow(Float.NaN, 0));
    }

    private static List<Point> points() {
        try (InputStream in = SpecialFunctionsTest.class.getResourceAsStream("special-functions.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", 3))
                    .map(cells -> new Point(cells[0], Double.parseDouble(cells[1]), new BigDecimal(cells[2])))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
