package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Values and derivatives up to the third, by nested forward and by nested reverse mode, against exact mathematics. */
class GoldenUnaryTest {
    private static final double[] TOLERANCE = {1e-13, 1e-12, 1e-11, 1e-10};
    private static final String[] KEYS = {"f", "d1", "d2", "d3"};

    private static Map<String, Function1<NDArray, NDArray>> functions() {
        Map<String, Function1<NDArray, NDArray>> f = new LinkedHashMap<>();
        f.put("neg", Lax::neg);
        f.put("abs", Lax::abs);
        f.put("sign", Lax::sign);
        f.put("floor", Lax::floor);
        f.put("ceil", Lax::ceil);
        f.put("round_half_even", Lax::roundNearestEven);
        f.put("round_half_away", Lax::round);
        f.put("square", Lax::square);
        f.put("reciprocal", Lax::reciprocal);
        f.put("sqrt", Lax::sqrt);
        f.put("cbrt", Lax::cbrt);
        f.put("rsqrt", Lax::rsqrt);
        f.put("integer_pow_3", x -> Lax.integerPow(x, 3));
        f.put("integer_pow_m2", x -> Lax.integerPow(x, -2));
        f.put("exp", Lax::exp);
        f.put("exp2", Lax::exp2);
        f.put("expm1", Lax::expm1);
        f.put("log", Lax::log);
        f.put("log1p", Lax::log1p);
        f.put("sin", Lax::sin);
        f.put("cos", Lax::cos);
        f.put("tan", Lax::tan);
        f.put("asin", Lax::asin);
        f.put("acos", Lax::acos);
        f.put("atan", Lax::atan);
        f.put("sinh", Lax::sinh);
        f.put("cosh", Lax::cosh);
        f.put("tanh", Lax::tanh);
        f.put("asinh", Lax::asinh);
        f.put("acosh", Lax::acosh);
        f.put("atanh", Lax::atanh);
        f.put("deg2rad", x -> x.times(Math.PI / 180));
        f.put("rad2deg", x -> x.times(180 / Math.PI));
        f.put("logistic", Lax::logistic);
        f.put("erf", Lax::erf);
        f.put("erfc", Lax::erfc);
        f.put("erf_inv", Lax::erfInv);
        f.put("lgamma", Lax::lgamma);
        f.put("digamma", Lax::digamma);
        f.put("silu", x -> x.times(Lax.logistic(x)));
        f.put("soft_sign", x -> x.div(Lax.abs(x).plus(1)));
        f.put("squareplus", x -> x.plus(Lax.sqrt(Lax.square(x).plus(4))).times(0.5));
        return f;
    }

    @TestFactory
    Stream<DynamicTest> derivatives() {
        Map<String, JsonNode> cases = Golden.cases("unary.json");
        return functions().entrySet().stream()
                .map(op -> DynamicTest.dynamicTest(op.getKey(), () -> check(op.getValue(), cases.get(op.getKey()))));
    }

    private static void check(Function1<NDArray, NDArray> f, JsonNode c) {
        double floor = List.of("sin", "cos", "tan").contains(c.get("op").asText()) ? 1e-15 : 1e-300;
        double[] points = Golden.numbers(c.get("x"));
        JsonNode edge = c.get("edge");
        double[] edges = Golden.numbers(edge.get("x"));
        List<String> wrong = new ArrayList<>();
        Jaxpr scalar = Programs.trace(ArrayType.of(DType.FLOAT64), f);
        Jaxpr interior = Programs.trace(ArrayType.of(DType.FLOAT64, points.length), f);
        Jaxpr border = Programs.trace(ArrayType.of(DType.FLOAT64, edges.length), f);
        for (int k = 0; k < KEYS.length; k++) {
            double[] expected = Golden.numbers(c.get(KEYS[k]));
            double rtol = Math.max(TOLERANCE[k], 10 * Golden.jaxError(c, k));
            double[] reverse = one(interior, Programs.f64(points));
            for (int i = 0; i < points.length; i++) {
                double forward = one(scalar, Programs.scalar(points[i]))[0];
                compare(wrong, KEYS[k] + " forward", points[i], forward, List.of(expected[i]), rtol, floor);
                compare(wrong, KEYS[k] + " reverse", points[i], reverse[i], List.of(expected[i]), rtol, floor);
            }
            if (k < 2) {
                double[] atEdges = one(border, Programs.f64(edges));
                for (int i = 0; i < edges.length; i++) {
                    List<Double> accepted = new ArrayList<>(Golden.accepted(edge, KEYS[k], i));
                    accepted.addAll(conventions(c.get("op").asText(), KEYS[k], edges[i]));
                    double forward = one(scalar, Programs.scalar(edges[i]))[0];
                    compare(wrong, KEYS[k] + " edge forward", edges[i], forward, accepted, rtol, floor);
                    compare(wrong, KEYS[k] + " edge reverse", edges[i], atEdges[i], accepted, rtol, floor);
                }
            }
            scalar = Programs.scalarGradient(scalar, 0);
            interior = Programs.reverseGradient(interior, 0);
            border = Programs.reverseGradient(border, 0);
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static double[] one(Jaxpr f, ArrayData x) {
        return Programs.doubles(Programs.run(f, Array.of(x)).get(0));
    }

    private static void compare(
            List<String> wrong, String what, double x, double actual, List<Double> accepted, double rtol, double atol) {
        if (accepted.stream().noneMatch(expected -> Golden.close(actual, expected, rtol, atol))) {
            wrong.add(what + " at " + x + ": " + actual + " instead of " + accepted);
        }
    }

    /** Values that are right beside JAX's, by {@code docs/derivative-conventions.md}. */
    private static List<Double> conventions(String op, String key, double x) {
        return switch (op + " " + key) {
            // The rule is the sign.
            case "abs d1" -> x == 0 ? List.of(0.0) : Double.isNaN(x) ? List.of(Double.NaN) : List.of();
            // The value overflows there, and the derivative is a multiple of it.
            case "exp2 d1" -> x == 1024 ? List.of(Double.POSITIVE_INFINITY) : List.of();
            // Outside of the domain, where the value is NaN.
            case "acosh d1" -> x == -1 ? List.of(Double.NEGATIVE_INFINITY, Double.NaN) : List.of();
            // The limit, where JAX gives NaN.
            case "digamma d1" -> x == Double.POSITIVE_INFINITY ? List.of(0.0) : List.of();
            default -> List.of();
        };
    }
}
