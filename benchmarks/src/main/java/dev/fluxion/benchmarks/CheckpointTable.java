package dev.fluxion.benchmarks;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.lower;
import static dev.fluxion.Fluxion.savedResiduals;
import static dev.fluxion.Fluxion.valueAndGrad;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.roll;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;

import dev.fluxion.Compiled;
import dev.fluxion.ValueAndGrad;
import dev.fluxion.lax.Lax;
import dev.fluxion.lax.Segments;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.Locale;

/**
 * Memory and time of the gradient of a long loop, as a table in Markdown: a chain of 32 pendulums, coupled by springs, over n
 * steps of the fourth-order Runge-Kutta method; the gradient of its last kinetic energy with respect to where it starts.
 * Printed are what the backward pass keeps ({@code savedResiduals}), what the engine plans for all intermediate values
 * ({@code memoryAnalysis}), how much more the heap holds after a run (the buffers wait for the next one), and the least time
 * of the runs of the compiled gradient within three seconds.
 *
 * <p>Run it with {@code mvn -B -pl benchmarks -am process-classes -Dexec.skip=false
 * -Dmain=dev.fluxion.benchmarks.CheckpointTable}; JAX's figures are those of
 * {@code benchmarks/src/main/python/checkpoint_table.py}.
 */
public final class CheckpointTable {
    private static final int PENDULUMS = 32;
    private static final double STEP = 1e-3;
    private static final long MEASURED_NANOS = 3_000_000_000L;

    private CheckpointTable() {}

    public static void main(String[] arguments) {
        System.out.println(
                "| n | loop | carries kept | kept for the backward pass | planned | heap | time | gradient |");
        System.out.println("|---:|---|---:|---:|---:|---:|---:|---:|");
        grad(plain(1)).apply(arange(PENDULUMS).times(0.05)); // classes that load once are not of the first row
        for (int n = 100; n <= 100_000; n *= 10) {
            row(n, "`foriLoop`", "", plain(n));
            row(n, "checkpointed steps", Segments.EVERY_STEP);
            row(n, "about sqrt(n) segments", Segments.SQUARE_ROOT);
            row(n, "at most 100 carries", Segments.keeping(100));
        }
    }

    private static Function1<NDArray, NDArray> plain(int n) {
        return q -> energy(Lax.foriLoop(0, n, (i, state) -> step(state), start(q)));
    }

    private static void row(int n, String name, Segments segments) {
        String kept = String.format(Locale.ROOT, "%,d", segments.carriesKept(n));
        row(n, name, kept, q -> energy(Lax.foriLoopCheckpointed(0, n, (i, state) -> step(state), start(q), segments)));
    }

    private static void row(int n, String name, String carries, Function1<NDArray, NDArray> loss) {
        NDArray q = arange(PENDULUMS).times(0.05);
        long kept = savedResiduals(loss, q).computedBytes();
        long before = heap();
        Compiled<Function1<NDArray, ValueAndGrad<NDArray>>> compiled =
                lower(valueAndGrad(loss)).apply(q).compile();
        NDArray gradient = compiled.function().apply(q).gradient();
        long held = heap() - before;
        System.out.printf(
                Locale.ROOT,
                "| %,d | %s | %s | %s | %s | %s | %s | %.12g |%n",
                n,
                name,
                carries,
                size(kept),
                size(compiled.memoryAnalysis().temporaryBytes()),
                size(held),
                time(compiled.function(), q),
                sum(gradient).item());
    }

    /** Positions and velocities at first. */
    private static Tuple2<NDArray, NDArray> start(NDArray q) {
        return Tuple.of(q, q.times(0));
    }

    private static NDArray energy(Tuple2<NDArray, NDArray> state) {
        return sum(square(state._2)).times(0.5);
    }

    /** One step of the fourth-order Runge-Kutta method. */
    private static Tuple2<NDArray, NDArray> step(Tuple2<NDArray, NDArray> state) {
        Tuple2<NDArray, NDArray> k1 = motion(state);
        Tuple2<NDArray, NDArray> k2 = motion(moved(state, k1, STEP / 2));
        Tuple2<NDArray, NDArray> k3 = motion(moved(state, k2, STEP / 2));
        Tuple2<NDArray, NDArray> k4 = motion(moved(state, k3, STEP));
        return moved(moved(moved(moved(state, k1, STEP / 6), k2, STEP / 3), k3, STEP / 3), k4, STEP / 6);
    }

    private static Tuple2<NDArray, NDArray> moved(
            Tuple2<NDArray, NDArray> state, Tuple2<NDArray, NDArray> rate, double dt) {
        return Tuple.of(state._1.plus(rate._1.times(dt)), state._2.plus(rate._2.times(dt)));
    }

    /** {@code q' = v, v' = -sin q + sin(left - q) + sin(right - q)}. */
    private static Tuple2<NDArray, NDArray> motion(Tuple2<NDArray, NDArray> state) {
        NDArray q = state._1;
        NDArray springs = sin(roll(q, 1).minus(q)).plus(sin(roll(q, -1).minus(q)));
        return Tuple.of(state._2, springs.minus(sin(q)));
    }

    private static String time(Function1<NDArray, ValueAndGrad<NDArray>> f, NDArray q) {
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + MEASURED_NANOS;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            f.apply(q).gradient().toDoubleArray();
            least = Math.min(least, System.nanoTime() - start);
        }
        return String.format(Locale.ROOT, "%,.1f ms", least / 1e6);
    }

    private static String size(long bytes) {
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%,d kB", Math.round(bytes / 1e3))
                : String.format(Locale.ROOT, "%,d MB", Math.round(bytes / 1e6));
    }

    /** The bytes that the heap holds. */
    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
