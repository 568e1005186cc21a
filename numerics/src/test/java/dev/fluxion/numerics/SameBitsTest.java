package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results do not depend on the SIMD width, on compilation, on the presence of the Vector API, or on the number of threads. */
class SameBitsTest {
    private static final String VECTOR = "--add-modules=jdk.incubator.vector";
    private static final String EXPECTED = BitsProbe.line(1) + System.lineSeparator();

    private record Outcome(String out, String err) {}

    private static Outcome run(int rounds, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), BitsProbe.class.getName(), String.valueOf(rounds)));
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new Outcome(out, err);
    }

    @Test
    void withoutTheVectorModule() throws IOException, InterruptedException {
        Outcome outcome = run(1);
        assertEquals(EXPECTED, outcome.out());
        String flag = "Start java with --add-modules jdk.incubator.vector";
        assertTrue(outcome.err().contains(flag), outcome.err());
        assertEquals(outcome.err().indexOf(flag), outcome.err().lastIndexOf(flag), "one warning");
    }

    @Test
    void interpreted() throws IOException, InterruptedException {
        assertEquals(EXPECTED, run(1, VECTOR, "-Xint").out());
    }

    @Test
    void narrowVectors() throws IOException, InterruptedException {
        assertEquals(EXPECTED, run(1, VECTOR, "-XX:MaxVectorSize=16").out());
        assertEquals(EXPECTED, run(1, VECTOR, "-XX:MaxVectorSize=32").out());
    }

    /** On machines without such vectors the Vector API works on them element by element. */
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void vectorsFromTheFirstCallOn(int bits) throws IOException, InterruptedException {
        assertEquals(
                EXPECTED,
                run(1, VECTOR, "-Dfluxion.kernels=vector", "-Dfluxion.vectorBits=" + bits)
                        .out());
        assertEquals(
                EXPECTED,
                run(1, VECTOR, "-XX:MaxVectorSize=16", "-Dfluxion.kernels=vector", "-Dfluxion.vectorBits=" + bits)
                        .out());
    }

    @Test
    void warm() throws IOException, InterruptedException {
        assertEquals(EXPECTED, run(500, VECTOR).out());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anyNumberOfThreads(int threads) throws IOException, InterruptedException {
        assertEquals(EXPECTED, run(3, VECTOR, "-Dfluxion.threads=" + threads).out());
    }
}
