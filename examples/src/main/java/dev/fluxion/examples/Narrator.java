package dev.fluxion.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.knowm.xchart.XYChart;

/** What a section of the tour has to say: headings, sentences, programs, numbers and figures. */
final class Narrator {
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final Path figures;

    /** Prints to {@code out} and writes figures into a directory, which is made if it is missing. */
    Narrator(PrintStream out, Path figures) {
        this.out = out;
        this.figures = figures;
        try {
            Files.createDirectories(figures);
        } catch (IOException e) {
            throw new UncheckedIOException("making the directory of the figures, " + figures, e);
        }
    }

    void heading(String title) {
        out.println();
        out.println(title);
        out.println("=".repeat(title.length()));
    }

    /** A paragraph, broken into lines. */
    void say(String text) {
        out.println();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        out.println(line);
    }

    void blank() {
        out.println();
    }

    /** An indented line, as {@link String#format} writes it. */
    void row(String format, Object... values) {
        out.println("    " + String.format(Locale.ROOT, format, values));
    }

    /** The text of something, such as a jaxpr, indented. */
    void show(Object shown) {
        out.println(shown.toString().stripTrailing().indent(4).stripTrailing());
    }

    /** A chart as a PNG file, whose path is printed. */
    void figure(String name, XYChart chart) {
        figure(name, Plots.image(chart));
    }

    /** An image as a PNG file, whose path is printed. */
    void figure(String name, BufferedImage image) {
        Path file = figures.resolve(name + ".png");
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("writing the figure " + file, e);
        }
        row("figure: %s", file);
    }

    /** A progress bar that moves on a terminal, and is printed once, when it is full, elsewhere. */
    ProgressBar progress(String task, int steps) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ProgressLine(out, WIDTH, terminal))
                .build();
    }
}
