package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.reshape;

import dev.fluxion.numpy.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;

/** The numbers of a text file, one after the other. */
final class Numbers {
    private final StringTokenizer tokens;

    Numbers(Path file) {
        try {
            tokens = new StringTokenizer(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The data of ADBench is not at " + file + "; name its folder by --data", e);
        }
    }

    int nextInt() {
        return Integer.parseInt(tokens.nextToken());
    }

    double next() {
        return Double.parseDouble(tokens.nextToken());
    }

    double[] next(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = next();
        }
        return values;
    }

    NDArray nextVector(int size) {
        return array(next(size));
    }

    /** Row by row. */
    NDArray nextMatrix(int rows, int columns) {
        return reshape(array(next(rows * columns)), rows, columns);
    }
}
