package dev.fluxion.benchmarks.workloads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints one JSON line for each figure, in the form of the peers' programs.
 *
 * @param peer whose figures they are
 */
public record Figures(String workload, String peer, int threads) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public void warm(Map<String, Object> params, String metric, Timing timing, double checksum) {
        print(params, metric, timing.value(), Map.of("min", timing.min(), "cpu", timing.cpu(), "checksum", checksum));
    }

    public void once(Map<String, Object> params, String metric, double seconds) {
        print(params, metric, seconds, Map.of());
    }

    public void print(Map<String, Object> params, String metric, double seconds, Map<String, Object> further) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("workload", workload);
        line.put("peer", peer);
        line.put("threads", threads);
        line.put("params", params);
        line.put("metric", metric);
        line.put("value", seconds);
        line.put("unit", "s");
        line.put("checksum", null);
        line.putAll(further);
        try {
            System.out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
