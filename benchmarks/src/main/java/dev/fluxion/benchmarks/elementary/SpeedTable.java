package dev.fluxion.benchmarks.elementary;

import static dev.fluxion.numpy.Numpy.array;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Function2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Nanoseconds of processor time per element of each elementary function over 100,000 elements of its first region, one thread, warm:
 * the engine's, called by itself, the JDK's vector functions, both with a new array for the result, and {@link StrictMath}. Each function has a
 * process of its own. One line of JSON for each function and dtype.
 */
@Command(name = "speed", mixinStandardHelpOptions = true, description = "Prints nanoseconds per element.")
public final class SpeedTable implements Runnable {
    private static final int SIZE = 100_000;
    private static final int SAMPLES = 11;
    private static final long WARM_UP = 2_000_000_000L;
    private static final int REPETITIONS = 20;

    private static final Map<String, DoubleBinaryOperator> STRICT = Map.ofEntries(
            Map.entry("exp", (x, y) -> StrictMath.exp(x)),
            Map.entry("expm1", (x, y) -> StrictMath.expm1(x)),
            Map.entry("log", (x, y) -> StrictMath.log(x)),
            Map.entry("log1p", (x, y) -> StrictMath.log1p(x)),
            Map.entry("log10", (x, y) -> StrictMath.log10(x)),
            Map.entry("sin", (x, y) -> StrictMath.sin(x)),
            Map.entry("cos", (x, y) -> StrictMath.cos(x)),
            Map.entry("tan", (x, y) -> StrictMath.tan(x)),
            Map.entry("asin", (x, y) -> StrictMath.asin(x)),
            Map.entry("acos", (x, y) -> StrictMath.acos(x)),
            Map.entry("atan", (x, y) -> StrictMath.atan(x)),
            Map.entry("sinh", (x, y) -> StrictMath.sinh(x)),
            Map.entry("cosh", (x, y) -> StrictMath.cosh(x)),
            Map.entry("tanh", (x, y) -> StrictMath.tanh(x)),
            Map.entry("cbrt", (x, y) -> StrictMath.cbrt(x)),
            Map.entry("pow", StrictMath::pow),
            Map.entry("atan2", StrictMath::atan2),
            Map.entry("hypot", StrictMath::hypot));

    /** Takes the results, so that no call can be left out. */
    static volatile Object sink;

    @Option(names = "--functions", split = ",", description = "Which, as exp,sin; all when left out.")
    private List<String> names = Subjects.ALL.stream().map(Subject::name).toList();

    @Option(names = "--dtypes", split = ",", description = "FLOAT64, FLOAT32 or both.")
    private List<DType> dtypes = List.of(DType.FLOAT64, DType.FLOAT32);

    @Option(names = "--here", description = "In this process: for one function.")
    private boolean here;

    @Override
    public void run() {
        for (Subject subject : Subjects.ALL) {
            for (DType dtype : dtypes) {
                if (!names.contains(subject.name())) {
                    continue;
                }
                if (here) {
                    measure(subject, dtype);
                } else {
                    inProcess(subject, dtype);
                }
            }
        }
    }

    private static void inProcess(Subject subject, DType dtype) {
        try {
            new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "--add-modules=jdk.incubator.vector",
                            "-Dfluxion.threads=1",
                            "-Dfluxion.kernels=vector",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SpeedTable.class.getName(),
                            "--here",
                            "--functions",
                            subject.name(),
                            "--dtypes",
                            dtype.name())
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void measure(Subject subject, DType dtype) {
        SplittableRandom random = new SplittableRandom(1);
        Subject.Region region = subject.regions().get(0);
        double[] x = random.doubles(SIZE, region.low(), region.high()).toArray();
        double[] y = random.doubles(SIZE, region.low(), region.high()).toArray();
        NDArray xs = array(x).astype(dtype);
        NDArray ys = array(y).astype(dtype);
        Function1<NDArray, NDArray> one = Fluxion.jit((NDArray v) -> subject.apply(v, v));
        Function2<NDArray, NDArray, NDArray> two = Fluxion.jit(subject::apply);
        double own = nanoseconds(() -> sink = subject.arity() == 1 ? one.apply(xs) : two.apply(xs, ys));
        Optional<Double> svml = Svml.of(subject.name(), dtype, x, y).map(SpeedTable::nanoseconds);
        Optional<Double> strict = Optional.ofNullable(dtype == DType.FLOAT64 ? STRICT.get(subject.name()) : null)
                .map(f -> nanoseconds(() -> sink = strictly(f, x, y)));
        System.out.printf(
                Locale.ROOT,
                "{\"function\": \"%s\", \"dtype\": \"%s\", \"fluxion\": %.3f, \"svml\": %s, \"strict\": %s}%n",
                subject.name(),
                dtype,
                own,
                json(svml),
                json(strict));
    }

    private static String json(Optional<Double> value) {
        return value.map(v -> String.format(Locale.ROOT, "%.3f", v)).orElse("null");
    }

    private static double strictly(DoubleBinaryOperator function, double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += function.applyAsDouble(x[i], y[i]);
        }
        return sum;
    }

    /** Processor time per element, the least over some samples: other work on the machine only adds. */
    private static double nanoseconds(Runnable call) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long end = System.nanoTime() + WARM_UP;
        do {
            call.run();
        } while (System.nanoTime() < end);
        double[] samples = new double[SAMPLES];
        for (int k = 0; k < SAMPLES; k++) {
            long before = clock.getCurrentThreadCpuTime();
            for (int i = 0; i < REPETITIONS; i++) {
                call.run();
            }
            samples[k] = (clock.getCurrentThreadCpuTime() - before) / (double) REPETITIONS / SIZE;
        }
        return Arrays.stream(samples).min().orElseThrow();
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new SpeedTable()).execute(args));
    }
}
