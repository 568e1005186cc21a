package dev.fluxion.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... args) {
        return Demo.run(new PrintStream(printed, true, StandardCharsets.UTF_8), args);
    }

    @Test
    void aShortTourVisitsAllSectionsAndWritesAllFigures(@TempDir Path directory) throws IOException {
        assertEquals(0, run("--epochs", "1", "--warm-up", "0.1", "--seconds", "0.5", "--output", directory.toString()));
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\n1. Curvature: grad(grad(f))\n"), text);
        assertTrue(text.contains("\n2. Handwritten digits: a gradient for every example\n"), text);
        assertTrue(text.contains("\n3. A double pendulum: physics from its Lagrangian\n"), text);
        List<String> figures = List.of(
                "curvature-pulse.png",
                "curvature-wave.png",
                "digits-gradient-norms.png",
                "digits-hardest.png",
                "digits-training.png",
                "pendulum-energy.png",
                "pendulum-path.png");
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    figures,
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        for (String figure : figures) {
            assertTrue(text.contains("figure: " + directory.resolve(figure)), figure);
        }
    }

    @Test
    void aSectionCanBeVisitedAlone(@TempDir Path directory) {
        assertEquals(0, run("curvature", "--output", directory.toString()));
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("1. Curvature") && !text.contains("2. Handwritten"), text);
    }

    @Test
    void anUnknownSectionIsRefused() {
        assertEquals(2, run("weather"));
    }
}
