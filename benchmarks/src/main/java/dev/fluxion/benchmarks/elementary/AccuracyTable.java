package dev.fluxion.benchmarks.elementary;

import static dev.fluxion.numpy.Numpy.array;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The largest error of each elementary function over many points, with the argument: one line of JSON for each function and
 * dtype, from the reference program ({@code benchmarks/src/main/c/ulps.c}), to which points and results go by a pipe.
 */
@Command(
        name = "accuracy",
        mixinStandardHelpOptions = true,
        description = "Prints the largest error found of each elementary function.")
public final class AccuracyTable implements Runnable {
    private static final int CHUNK = 1 << 16;

    @Option(names = "--reference", required = true, description = "The compiled reference program.")
    private Path reference;

    @Option(names = "--functions", split = ",", description = "Which, as exp,sin; all when left out.")
    private List<String> names = Subjects.ALL.stream().map(Subject::name).toList();

    @Option(names = "--dtypes", split = ",", description = "FLOAT64, FLOAT32 or both.")
    private List<DType> dtypes = List.of(DType.FLOAT64, DType.FLOAT32);

    @Option(names = "--points", description = "How many points for each function.")
    private int points = 10_000_000;

    @Option(names = "--seed", description = "Other points for another seed.")
    private long seed = 1;

    @Option(names = "--from", description = "Only points that are not below this.")
    private double from = Double.NEGATIVE_INFINITY;

    @Option(names = "--to", description = "Only points that are not above this.")
    private double to = Double.POSITIVE_INFINITY;

    @Option(
            names = "--dump",
            description = "Points without results to the standard output, for a look with other tools.")
    private boolean dump;

    @Override
    public void run() {
        for (Subject subject : Subjects.ALL) {
            for (DType dtype : dtypes) {
                if (names.contains(subject.name())) {
                    measure(subject, dtype);
                }
            }
        }
    }

    private void measure(Subject subject, DType dtype) {
        try {
            if (dump) {
                send(subject, dtype, System.out, false);
                return;
            }
            String name = dtype == DType.FLOAT64 ? "f64" : "f32";
            Process process = new ProcessBuilder(reference.toString(), subject.name(), name)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream out = process.getOutputStream()) {
                send(subject, dtype, out, true);
            }
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(Subject subject, DType dtype, OutputStream out, boolean results) throws IOException {
        Points source = new Points(subject, dtype, seed, from, to);
        Function2<NDArray, NDArray, NDArray> two = Fluxion.jit(subject::apply);
        Function1<NDArray, NDArray> one = Fluxion.jit((NDArray x) -> subject.apply(x, x));
        double[] x = new double[CHUNK];
        double[] y = new double[CHUNK];
        ByteBuffer bytes = ByteBuffer.allocate(3 * 8 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < points; done += CHUNK) {
            int count = Math.min(CHUNK, points - done);
            for (int i = 0; i < CHUNK; i++) {
                x[i] = source.next();
                y[i] = subject.arity() == 2 ? source.next() : 0;
            }
            NDArray xs = array(x).astype(dtype);
            double[] result = results
                    ? (subject.arity() == 2 ? two.apply(xs, array(y).astype(dtype)) : one.apply(xs)).toDoubleArray()
                    : x;
            bytes.clear();
            for (int i = 0; i < count; i++) {
                bytes.putDouble(x[i]);
                if (subject.arity() == 2) {
                    bytes.putDouble(y[i]);
                }
                if (results) {
                    bytes.putDouble(result[i]);
                }
            }
            out.write(bytes.array(), 0, bytes.position());
        }
        out.flush();
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new AccuracyTable()).execute(args));
    }
}
