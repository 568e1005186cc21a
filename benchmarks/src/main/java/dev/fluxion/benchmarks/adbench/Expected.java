package dev.fluxion.benchmarks.adbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fluxion.numpy.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/** What objectives and Jacobians have to be: norms, sums and single entries of {@code expected.json} beside the data. */
final class Expected {
    /** Of norms, of sums against the norm of the numbers summed, and of entries against the largest one. */
    private static final double TOLERANCE = 1e-8;

    private final String problem;
    private final JsonNode node;

    private Expected(String problem, JsonNode node) {
        this.problem = problem;
        this.node = node;
    }

    /** The entry of a data file. */
    static Expected of(Path data, String problem) {
        try {
            JsonNode all =
                    new ObjectMapper().readTree(data.resolve("expected.json").toFile());
            return new Expected(problem, all.required(problem));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException when a number is not the expected one */
    void checkObjective(NDArray objective) {
        double[] f = objective.toDoubleArray();
        same("the size of F", f.length, node.required("nF").asInt(), 0);
        same("the norm of F", norm(f), node.required("F_norm").asDouble(), TOLERANCE * norm(f));
        same("the sum of F", Arrays.stream(f).sum(), node.required("F_sum").asDouble(), TOLERANCE * sumOfMagnitudes(f));
        JsonNode first = node.required("F_first");
        for (int i = 0; i < first.size(); i++) {
            same("F[" + i + "]", f[i], first.get(i).asDouble(), TOLERANCE * largest(f));
        }
    }

    /** @throws IllegalStateException when a number is not the expected one */
    void checkJacobian(NDArray jacobian) {
        double[] j = jacobian.toDoubleArray();
        same("the size of J", j.length, node.required("nJ").asInt(), 0);
        same("the norm of J", norm(j), node.required("J_norm").asDouble(), TOLERANCE * norm(j));
        same("the sum of J", Arrays.stream(j).sum(), node.required("J_sum").asDouble(), TOLERANCE * sumOfMagnitudes(j));
        for (JsonNode at : node.required("J_at")) {
            int i = at.get(0).asInt();
            same("J[" + i + "]", j[i], at.get(1).asDouble(), TOLERANCE * largest(j));
        }
    }

    private void same(String what, double actual, double expected, double tolerance) {
        // Written so that NaN fails.
        if (!(Math.abs(actual - expected) <= tolerance)) {
            throw new IllegalStateException(problem + ": " + what + " is " + actual + ", expected " + expected);
        }
    }

    private static double norm(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
    }

    private static double sumOfMagnitudes(double[] x) {
        return Arrays.stream(x).map(Math::abs).sum();
    }

    private static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }
}
