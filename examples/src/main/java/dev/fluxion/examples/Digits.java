package dev.fluxion.examples;

import static dev.fluxion.numpy.Numpy.array;

import dev.fluxion.numpy.NDArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits of 8 x 8 pixels, held as plain Java arrays: {@code pixels[i]} are the 64 pixels of image i, row by row
 * from 0 (paper) to 1 (ink), {@code labels[i]} is the digit it shows.
 *
 * <p>The data are by E. Alpaydin and C. Kaynak, licensed CC BY 4.0: see {@code digits.NOTICE.txt} beside them.
 */
final class Digits {
    static final int PIXELS = 64;
    static final int CLASSES = 10;
    private static final String RESOURCE = "digits.csv.gz";
    private static final double INK = 16;

    private final double[][] pixels;
    private final int[] labels;

    private Digits(double[][] pixels, int[] labels) {
        this.pixels = pixels;
        this.labels = labels;
    }

    /** All 1797 digits, in the order of the file. */
    static Digits load() {
        try (InputStream resource = Digits.class.getResourceAsStream(RESOURCE);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII))) {
            List<int[]> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(Arrays.stream(line.split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray());
            }
            return new Digits(
                    rows.stream()
                            .map(row -> Arrays.stream(row, 0, PIXELS)
                                    .mapToDouble(p -> p / INK)
                                    .toArray())
                            .toArray(double[][]::new),
                    rows.stream().mapToInt(row -> row[PIXELS]).toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
    }

    int size() {
        return labels.length;
    }

    /** The images as {@code f64[size, 64]}. */
    NDArray images() {
        return array(pixels);
    }

    /** The labels as {@code i32[size]}. */
    NDArray labels() {
        return array(labels);
    }

    /** The image with the given number as {@code f64[64]}. */
    NDArray image(int i) {
        return array(pixels[i]);
    }

    /** The digit that the image with the given number shows. */
    int label(int i) {
        return labels[i];
    }

    /** The digits with the given numbers, in that order. */
    Digits rows(int... numbers) {
        return new Digits(
                Arrays.stream(numbers).mapToObj(i -> pixels[i]).toArray(double[][]::new),
                Arrays.stream(numbers).map(i -> labels[i]).toArray());
    }

    /** The digits numbered {@code from} to {@code to - 1}. */
    Digits range(int from, int to) {
        return new Digits(Arrays.copyOfRange(pixels, from, to), Arrays.copyOfRange(labels, from, to));
    }
}
