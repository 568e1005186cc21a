package dev.fluxion.benchmarks;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.nthDerivative;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.tanh;

import dev.fluxion.benchmarks.workloads.ScalarFunction;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Derivatives of order 0 to 10, as a table in Markdown: nested {@code grad} of a function of a scalar, nested {@code grad} of
 * a function of a vector contracted with a direction, and both by Taylor series. Every figure comes from a Java process of
 * its own; the time is that of the first call, from the function to its value: tracing, transforming, compiling, running.
 *
 * <p>Run it with {@code mvn -B -pl benchmarks -am process-classes -Dexec.skip=false
 * -Dmain=dev.fluxion.benchmarks.HigherOrderTable}.
 */
public final class HigherOrderTable {
    /** What is measured: the function and how it is differentiated. */
    private enum Kind {
        SCALAR_NESTED,
        SCALAR_JET,
        VECTOR_NESTED,
        VECTOR_JET
    }

    /** Derivatives at 0.7, by 50-digit arithmetic; the recipe is in {@code HigherOrder} among the tests of transforms. */
    private static final double[] SCALAR = {
        3.669294310799907976e-1,
        -3.6010465052210706433e-2,
        -5.391476174773599843e-1,
        8.3474730871942605164,
        -1.7757643239702462828e+1,
        -1.5849454869130868768e+2,
        1.6944330583679441146e+3,
        -1.8498804473136285916e+4,
        -2.2482557433373113096e+5,
        1.5206374942934154974e+6,
        -1.9712576635044188483e+7
    };

    private static final double[] VECTOR = {
        2.0933028139848805464e-1,
        7.0323185137680808242e-2,
        -3.5766898013873279096e-1,
        3.2740364658220976907e-1,
        -1.1147568338127891475,
        -2.7118701269993793895,
        5.4942137472897498966e+1,
        -9.6899271197461586549e+1,
        -1.1878319612815947089e+3,
        9.0086748454209126147e+3,
        -1.9449640395310695379e+4
    };

    private HigherOrderTable() {}

    /** Without arguments the table; with a kind and an order the figures of one row, for the process that asks. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2) {
            measure(Kind.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
            return;
        }
        table("Function of a scalar", Kind.SCALAR_NESTED, Kind.SCALAR_JET, SCALAR);
        table("Function of a vector, along a direction", Kind.VECTOR_NESTED, Kind.VECTOR_JET, VECTOR);
    }

    private static void table(String title, Kind nested, Kind jet, double[] expected)
            throws IOException, InterruptedException {
        System.out.println("\n### " + title + "\n");
        System.out.println(
                "| order | nested grad: equations | growth | first call | of it CPU | again | run | relative error"
                        + " | jet: equations | first call | of it CPU | run | relative error |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        double before = 0;
        for (int n = 0; n < expected.length; n++) {
            double[] a = inProcess(nested, n);
            double[] b = inProcess(jet, n);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %s | %.0f ms | %.0f ms | %.1f ms | %.1f us | %.1e | %.0f | %.0f ms | %.0f ms | %.1f"
                            + " us | %.1e |%n",
                    n,
                    a[0],
                    before == 0 ? "" : String.format(Locale.ROOT, "%.2f", a[0] / before),
                    a[1],
                    a[2],
                    a[3],
                    a[4],
                    Math.abs(a[5] / expected[n] - 1),
                    b[0],
                    b[1],
                    b[2],
                    b[4],
                    Math.abs(b[5] / expected[n] - 1));
            before = a[0];
        }
    }

    private static double[] inProcess(Kind kind, int n) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(HigherOrderTable.class.getName(), kind.name(), String.valueOf(n)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(kind + " of order " + n + " failed");
        }
        return Arrays.stream(line.strip().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Prints equations, milliseconds and CPU milliseconds of the first call, milliseconds again, microseconds of a run, value. */
    private static void measure(Kind kind, int n) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long cpuStart = threads.getCurrentThreadCpuTime();
        double value = derivative(kind, n).apply(point(kind)).item();
        double first = (System.nanoTime() - start) / 1e6;
        double cpu = (threads.getCurrentThreadCpuTime() - cpuStart) / 1e6;
        double[] again = new double[5];
        for (int i = 0; i < again.length; i++) {
            start = System.nanoTime();
            derivative(kind, n).apply(point(kind)).item();
            again[i] = (System.nanoTime() - start) / 1e6;
        }
        Function1<NDArray, NDArray> f = derivative(kind, n);
        NDArray x = point(kind);
        double[] runs = new double[2000];
        for (int i = 0; i < runs.length; i++) {
            start = System.nanoTime();
            f.apply(x);
            runs[i] = (System.nanoTime() - start) / 1e3;
        }
        int equations = makeJaxpr(f).apply(x).equations().size();
        System.out.println(
                equations + " " + first + " " + cpu + " " + median(again) + " " + median(runs) + " " + value);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static NDArray point(Kind kind) {
        return switch (kind) {
            case SCALAR_NESTED, SCALAR_JET -> scalar(0.7);
            case VECTOR_NESTED -> array(0.7, -0.3, 0.4);
            case VECTOR_JET -> scalar(0.0);
        };
    }

    /** A new function object each time, so that nothing is known of it. */
    private static Function1<NDArray, NDArray> derivative(Kind kind, int n) {
        NDArray a = reshape(array(0.6, -0.3, 0.2, 0.1, 0.5, -0.4, -0.2, 0.3, 0.7), 3, 3);
        NDArray v = array(0.5, -0.25, 0.75);
        Function1<NDArray, NDArray> scalar = ScalarFunction::f;
        Function1<NDArray, NDArray> field =
                x -> ScalarFunction.f(tanh(a.matmul(x))).sum();
        return switch (kind) {
            case SCALAR_NESTED -> {
                Function1<NDArray, NDArray> f = x -> scalar.apply(x);
                for (int i = 0; i < n; i++) {
                    f = grad(f);
                }
                yield f;
            }
            case SCALAR_JET -> nthDerivative(x -> scalar.apply(x), n);
            case VECTOR_NESTED -> {
                Function1<NDArray, NDArray> f = x -> field.apply(x);
                for (int i = 0; i < n; i++) {
                    Function1<NDArray, NDArray> gradient = grad(f);
                    f = x -> gradient.apply(x).times(v).sum();
                }
                yield f;
            }
            case VECTOR_JET -> {
                NDArray x = point(Kind.VECTOR_NESTED);
                yield nthDerivative(t -> field.apply(x.plus(v.times(t))), n);
            }
        };
    }
}
