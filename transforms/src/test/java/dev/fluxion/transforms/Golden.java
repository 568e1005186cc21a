package dev.fluxion.transforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the reference values under {@code golden/}, whose README describes them. */
final class Golden {
    private Golden() {}

    /** The cases of a file by the name of their operation. */
    static Map<String, JsonNode> cases(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            Map<String, JsonNode> cases = new LinkedHashMap<>();
            new ObjectMapper()
                    .readTree(in)
                    .get("cases")
                    .forEach(c -> cases.put(c.get("op").asText(), c));
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] numbers(JsonNode list) {
        double[] result = new double[list.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = number(list.get(i));
        }
        return result;
    }

    static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.doubleValue();
    }

    /** The relative error that JAX itself makes in derivative number {@code k}; zero when not recorded. */
    static double jaxError(JsonNode c, int k) {
        JsonNode errors = c.get("jax_max_rel_err");
        double error = errors == null || errors.isNull() || !errors.get(k).isNumber()
                ? 0
                : errors.get(k).doubleValue();
        return error;
    }

    /** All right values at point {@code i} of an edge list: the recorded one, or what is listed beside it. */
    static List<Double> accepted(JsonNode edge, String key, int i) {
        JsonNode better = at(edge.get("math_differs"), key, i);
        if (better != null) {
            return List.of(number(better));
        }
        List<Double> result = new ArrayList<>();
        result.add(number(edge.get(key).get(i)));
        JsonNode numpy = key.equals("f") && edge.has("numpy_f_differs")
                ? edge.get("numpy_f_differs").get(String.valueOf(i))
                : null;
        if (numpy != null) {
            result.add(number(numpy));
        }
        return result;
    }

    private static JsonNode at(JsonNode table, String key, int i) {
        return table == null || !table.has(key) ? null : table.get(key).get(String.valueOf(i));
    }

    /** {@code |actual - expected| <= rtol |expected| + atol}; subnormal results may be flushed; zeros have no sign. */
    static boolean close(double actual, double expected, double rtol, double atol) {
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            return Double.compare(actual, expected) == 0;
        }
        boolean flushed = Math.abs(actual) < Double.MIN_NORMAL && Math.abs(expected) < Double.MIN_NORMAL;
        return flushed || Math.abs(actual - expected) <= rtol * Math.abs(expected) + atol;
    }
}
