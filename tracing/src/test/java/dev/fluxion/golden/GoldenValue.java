package dev.fluxion.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Shape;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.stream.IntStream;

/** Decodes the arrays of the golden files, and compares arrays with them. */
public final class GoldenValue {
    private GoldenValue() {}

    /** The array, or the arrays of a tuple. */
    public static Array<NDArray> list(JsonNode value) {
        return value.has("tuple") ? Array.ofAll(value.get("tuple")).map(GoldenValue::array) : Array.of(array(value));
    }

    public static NDArray array(JsonNode value) {
        DType dtype = dtype(value.get("dtype").asText());
        int[] dims = ints(value.get("shape"));
        JsonNode data = value.get("data");
        int n = data.size();
        Object elements = switch (dtype) {
            case BOOL -> {
                boolean[] result = new boolean[n];
                IntStream.range(0, n).forEach(i -> result[i] = data.get(i).asBoolean());
                yield result;
            }
            case INT32 -> ints(data);
            case INT64 ->
                IntStream.range(0, n).mapToLong(i -> data.get(i).asLong()).toArray();
            case FLOAT32 -> {
                float[] result = new float[n];
                IntStream.range(0, n).forEach(i -> result[i] = (float) number(data.get(i)));
                yield result;
            }
            case FLOAT64 ->
                IntStream.range(0, n).mapToDouble(i -> number(data.get(i))).toArray();
        };
        return NDArray.of(Backend.get().array(new ArrayType(dtype, Shape.of(dims)), elements));
    }

    /** A number, or one of the strings NaN, Infinity, -Infinity. */
    public static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
    }

    static int[] ints(JsonNode list) {
        return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
    }

    private static DType dtype(String name) {
        return switch (name) {
            case "bool" -> DType.BOOL;
            case "int32" -> DType.INT32;
            case "int64" -> DType.INT64;
            case "float32" -> DType.FLOAT32;
            case "float64" -> DType.FLOAT64;
            default -> throw new IllegalArgumentException("dtype " + name);
        };
    }

    /** Fails unless the arrays have the expected types and values, relative to their own size and to the largest. */
    public static void assertClose(String what, Array<NDArray> expected, Array<NDArray> actual, double rtol) {
        assertEquals(expected.map(NDArray::type), actual.map(NDArray::type), what);
        for (int k = 0; k < expected.size(); k++) {
            double[] wanted = expected.get(k).toDoubleArray();
            double[] given = actual.get(k).toDoubleArray();
            double largest = Array.ofAll(wanted)
                    .filter(Double::isFinite)
                    .map(Math::abs)
                    .max()
                    .getOrElse(0.0);
            for (int i = 0; i < wanted.length; i++) {
                boolean same = Double.compare(wanted[i], given[i]) == 0 || wanted[i] == given[i];
                double allowed = rtol * Math.abs(wanted[i]) + 1e-2 * rtol * largest;
                assertTrue(
                        same || Math.abs(wanted[i] - given[i]) <= allowed,
                        what + ", result " + k + ", element " + i + ": expected " + wanted[i] + ", given " + given[i]);
            }
        }
    }
}
