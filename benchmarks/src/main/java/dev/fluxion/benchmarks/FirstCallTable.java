package dev.fluxion.benchmarks;

import static dev.fluxion.Fluxion.clearCaches;
import static dev.fluxion.Fluxion.lower;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.sin;

import dev.fluxion.Compiled;
import dev.fluxion.ValueAndGrad;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * First calls beside plain Java's, as a Markdown table: {@code sum(exp(-x x) sin x + x / (1 + x x))} and its gradient, by a
 * plain loop with the gradient derived by hand in a class nobody has run yet, and by a program nobody has compiled yet. A round
 * over all rows goes before, so that the JVM has seen what belongs to Fluxion itself.
 *
 * <p>Run it with {@code mvn -B -q -pl benchmarks -am process-classes -Dexec.skip=false
 * -Dmain=dev.fluxion.benchmarks.FirstCallTable}.
 */
public final class FirstCallTable {
    private static final int RUNS = 15;

    private FirstCallTable() {}

    /** The plain loop; defined anew for each call, so that it starts in the interpreter. */
    static final class Plain implements BiFunction<double[], double[], Double> {
        @Override
        public Double apply(double[] x, double[] gradient) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double v = x[i];
                double e = Math.exp(-v * v);
                double sin = Math.sin(v);
                double q = 1 / (1 + v * v);
                sum += e * sin + v * q;
                gradient[i] = e * (Math.cos(v) - 2 * v * sin) + (1 - v * v) * q * q;
            }
            return sum;
        }
    }

    private static NDArray f(NDArray x) {
        NDArray square = x.times(x);
        return exp(square.unaryMinus())
                .times(sin(x))
                .plus(x.div(square.plus(1.0)))
                .sum();
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<double[], double[], Double> freshPlain() {
        try (InputStream in = FirstCallTable.class.getResourceAsStream("FirstCallTable$Plain.class")) {
            Class<?> fresh = MethodHandles.lookup()
                    .defineHiddenClass(in.readAllBytes(), true)
                    .lookupClass();
            return (BiFunction<double[], double[], Double>)
                    fresh.getDeclaredConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] args) {
        System.out.println(
                "| n | plain Java | the compiled program | times | with tracing, differentiating and compiling |");
        System.out.println("|---:|---:|---:|---:|---:|");
        for (int n : new int[] {1000, 10_000, 100_000, 1_000_000, 10_000_000}) {
            row(n);
        }
        for (int n : new int[] {1000, 10_000, 100_000, 1_000_000, 10_000_000}) {
            System.out.println(row(n));
        }
    }

    private static String row(int n) {
        double[] plain = new double[RUNS];
        double[] compiled = new double[RUNS];
        double[] whole = new double[RUNS];
        NDArray x = linspace(-4.0, 4.0, n);
        double[] values = x.toDoubleArray();
        for (int run = 0; run < RUNS; run++) {
            BiFunction<double[], double[], Double> loop = freshPlain();
            plain[run] = millis(() -> loop.apply(values, new double[n]));
            clearCaches();
            Compiled<Function1<NDArray, ValueAndGrad<NDArray>>> program =
                    lower(valueAndGrad(FirstCallTable::f)).apply(x).compile();
            compiled[run] = millis(() -> program.function().apply(x));
            clearCaches();
            whole[run] = millis(() -> valueAndGrad(FirstCallTable::f).apply(x));
        }
        return String.format(
                Locale.ROOT,
                "| %,d | %.2f ms | %.2f ms | %.1f | %.2f ms |",
                n,
                median(plain),
                median(compiled),
                median(compiled) / median(plain),
                median(whole));
    }

    private static double millis(Supplier<?> call) {
        long start = System.nanoTime();
        Objects.requireNonNull(call.get());
        return (System.nanoTime() - start) * 1e-6;
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
