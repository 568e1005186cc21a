package dev.fluxion.benchmarks.adbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hand that all files share: 22 bones, 544 vertices that follow several bones each, triangles.
 *
 * <p>A vertex is {@code sum_b weight_b absolute_b inverse_b position}. All but the absolute transformations is fixed: a row
 * of four numbers {@code weight_b inverse_b position} for each bone, which {@link #coefficients} gives.
 *
 * @param parents of each bone, -1 for the root
 * @param relative of each bone, 4 x 4 row by row
 * @param inverse of each bone's absolute transformation at rest
 * @param vertices position, then a weight for each bone
 * @param triangles three vertices each
 */
record HandModel(int[] parents, double[][] relative, double[][] inverse, Vertex[] vertices, int[][] triangles) {
    record Vertex(double[] position, double[] weights) {}

    static HandModel read(Path folder) {
        List<String[]> bones = lines(folder.resolve("bones.txt"));
        int count = bones.size();
        int[] parents = bones.stream().mapToInt(s -> Integer.parseInt(s[1])).toArray();
        double[][] relative = bones.stream().map(s -> numbers(s, 2, 16)).toArray(double[][]::new);
        double[][] inverse = bones.stream().map(s -> numbers(s, 18, 16)).toArray(double[][]::new);
        Vertex[] vertices = lines(folder.resolve("vertices.txt")).stream()
                .map(s -> new Vertex(numbers(s, 0, 3), weights(s, count)))
                .toArray(Vertex[]::new);
        int[][] triangles = lines(folder.resolve("triangles.txt")).stream()
                .map(s -> Arrays.stream(s).limit(3).mapToInt(Integer::parseInt).toArray())
                .toArray(int[][]::new);
        return new HandModel(parents, relative, inverse, vertices, triangles);
    }

    private static List<String[]> lines(Path file) {
        try {
            List<String[]> result = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    result.add(line.strip().split(":"));
                }
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(String[] fields, int start, int count) {
        return Arrays.stream(fields, start, start + count)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] weights(String[] fields, int bones) {
        double[] weights = new double[bones];
        int count = Integer.parseInt(fields[8]);
        for (int k = 0; k < count; k++) {
            weights[Integer.parseInt(fields[9 + 2 * k])] = Double.parseDouble(fields[10 + 2 * k]);
        }
        return weights;
    }

    /** The four numbers that a vertex multiplies the columns of a bone's absolute transformation by. */
    double[] coefficients(int vertex, int bone) {
        double[] p = vertices[vertex].position();
        double weight = vertices[vertex].weights()[bone];
        double[] m = inverse[bone];
        double[] result = new double[4];
        for (int row = 0; row < 4; row++) {
            int at = 4 * row;
            result[row] = weight * (m[at] * p[0] + m[at + 1] * p[1] + m[at + 2] * p[2] + m[at + 3]);
        }
        return result;
    }

    /** The absolute transformation of a bone at rest. */
    double[] absolute(int bone) {
        return parents[bone] < 0 ? relative[bone] : product(absolute(parents[bone]), relative[bone]);
    }

    private static double[] product(double[] a, double[] b) {
        double[] c = new double[16];
        for (int i = 0; i < 16; i++) {
            for (int k = 0; k < 4; k++) {
                c[i] += a[i / 4 * 4 + k] * b[4 * k + i % 4];
            }
        }
        return c;
    }
}
