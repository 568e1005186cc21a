package dev.fluxion.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One recorded operation of the golden files of kind {@code op}: inputs, output, derivatives and batched results. The
 * files' README, beside them among the test resources, says what each field means.
 */
public record GoldenCase(String file, String name, JsonNode json) {
    private static final double DEFAULT_RTOL = 1e-11;

    /** All cases of {@code /golden/<file>.json} on the class path. */
    public static Array<GoldenCase> all(String file) {
        try (InputStream in = GoldenCase.class.getResourceAsStream("/golden/" + file + ".json")) {
            JsonNode cases = new ObjectMapper().readTree(in).get("cases");
            return Array.ofAll(cases)
                    .map(c -> new GoldenCase(file, c.get("name").asText(), c));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is computed, in words. */
    public String expr() {
        return json.get("expr").asText();
    }

    /** A static parameter: a list of ints. */
    public int[] ints(String parameter) {
        return GoldenValue.ints(json.get("params").get(parameter));
    }

    public JsonNode params() {
        return json.get("params");
    }

    public double rtol() {
        return json.has("rtol") ? json.get("rtol").asDouble() : DEFAULT_RTOL;
    }

    public Array<NDArray> inputs() {
        return Array.ofAll(json.get("inputs")).map(GoldenValue::array);
    }

    public Array<NDArray> output() {
        return GoldenValue.list(json.get("output"));
    }

    /** The indices of the inputs that are differentiated. */
    public Array<Integer> diff() {
        return Array.ofAll(json.path("diff")).map(JsonNode::asInt);
    }

    /** The indices of the outputs that {@link #cotangent} and {@link #jvp} refer to. */
    public Array<Integer> diffOutputs() {
        return json.has("diff_outputs")
                ? Array.ofAll(json.get("diff_outputs")).map(JsonNode::asInt)
                : Array.range(0, output().size());
    }

    public boolean hasVjp() {
        return json.hasNonNull("vjp");
    }

    public boolean hasJvp() {
        return json.hasNonNull("jvp");
    }

    public Array<NDArray> cotangent() {
        return GoldenValue.list(json.get("cotangent"));
    }

    /** The pull back of {@link #cotangent}, one for each of {@link #diff}; null where an input has none. */
    public Array<NDArray> vjp() {
        return Array.ofAll(json.get("vjp")).map(v -> v.isNull() ? null : GoldenValue.array(v));
    }

    /** One for each of {@link #diff}. */
    public Array<NDArray> tangents() {
        return Array.ofAll(json.get("tangents")).map(GoldenValue::array);
    }

    /** The push forward of {@link #tangents}, one for each of {@link #diffOutputs}. */
    public Array<NDArray> jvp() {
        return GoldenValue.list(json.get("jvp"));
    }

    public boolean hasVmap() {
        return json.hasNonNull("vmap");
    }

    /** For each input its batch axis, or null when it is shared. */
    public Array<Integer> vmapInAxes() {
        return Array.ofAll(json.get("vmap").get("in_axes")).map(a -> a.isNull() ? null : a.asInt());
    }

    public Array<NDArray> vmapInputs() {
        return Array.ofAll(json.get("vmap").get("inputs")).map(GoldenValue::array);
    }

    /** The results, batched along axis 0. */
    public Array<NDArray> vmapOutput() {
        return GoldenValue.list(json.get("vmap").get("output"));
    }

    @Override
    public String toString() {
        return file + "/" + name;
    }
}
