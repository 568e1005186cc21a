package dev.fluxion.benchmarks.workloads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fluxion.ir.MemoryAnalysis;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Prints one JSON line for each figure, in the form of the peers' programs.
 *
 * @param peer whose figures they are
 */
public record Figures(String workload, String peer, int threads) {
    /** The bytes of results from which on it counts where their memory comes from. */
    private static final long LARGE = 1 << 18;

    private static final ObjectMapper JSON = new ObjectMapper();

    public void warm(Map<String, Object> params, String metric, Timing timing, double checksum) {
        warm(params, metric, timing, checksum, _ -> Map.of());
    }

    /**
     * Measures a call, and if its results are large once more: they are left to the garbage collector, or deleted once the next
     * ones are there, as a Python program frees what its variable held before.
     */
    public void large(Map<String, Object> params, String metric, Supplier<?> call, double checksum) {
        large(params, metric, call, checksum, _ -> Map.of());
    }

    /** @param further what else is to be said about a timing */
    void large(
            Map<String, Object> params,
            String metric,
            Supplier<?> call,
            double checksum,
            Function<Timing, Map<String, Object>> further) {
        warm(params, metric, Timing.of(call), checksum, further);
        if (MemoryAnalysis.bytes(Tree.leaves(call.get()).map(NDArray::type)) < LARGE) {
            return;
        }
        AtomicReference<Object> last = new AtomicReference<>(call.get());
        Timing timing = Timing.of(() -> {
            Object next = call.get();
            Tree.leaves(last.getAndSet(next)).forEach(NDArray::delete);
            return next;
        });
        new Figures(workload, peer + " (deleting)", threads).warm(params, metric, timing, checksum, further);
    }

    private void warm(
            Map<String, Object> params,
            String metric,
            Timing timing,
            double checksum,
            Function<Timing, Map<String, Object>> further) {
        Map<String, Object> all = new LinkedHashMap<>(further.apply(timing));
        all.put("min", timing.min());
        all.put("cpu", timing.cpu());
        all.put("checksum", checksum);
        print(params, metric, timing.value(), all);
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
