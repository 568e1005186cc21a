package dev.fluxion.benchmarks;

import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.hessianDiagonal;
import static dev.fluxion.Fluxion.hessianSparsity;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacobianSparsity;
import static dev.fluxion.Fluxion.sparseHessian;
import static dev.fluxion.Fluxion.sparseJacobian;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.pad;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;

import com.sun.management.ThreadMXBean;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.sparse.SparseDerivative;
import dev.fluxion.sparse.SparsityPattern;
import io.vavr.Function1;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What sparse derivatives cost, as the Markdown tables of {@code docs/sparse-derivatives.md}: a banded Jacobian, the
 * tridiagonal Hessian of Rosenbrock's function, the Hessian of an arrow, and the dense way where it fits. Each row is
 * computed with a function object of its own, so that nothing is found in a cache; a round over all rows goes before, so that
 * the JVM has seen the code.
 *
 * <p>Run it with {@code mvn -B -q -pl benchmarks -am process-classes -Dexec.skip=false
 * -Dmain=dev.fluxion.benchmarks.SparseDerivativesTable}.
 */
public final class SparseDerivativesTable {
    private static final int RUNS = 21;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private SparseDerivativesTable() {}

    /** {@code y_i} of x_{i-2}, .., x_{i+2}: five diagonals. */
    static NDArray banded(NDArray x) {
        int n = x.size();
        NDArray p = pad(x, 2);
        NDArray far = p.slice(0, 0, n).times(p.slice(0, 4, n + 4));
        NDArray near = exp(p.slice(0, 1, n + 1)).plus(sin(p.slice(0, 3, n + 3)));
        return far.plus(near.times(x));
    }

    /** {@code sum 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2}: a chain of neighbours. */
    static NDArray rosenbrock(NDArray x) {
        int n = x.size();
        NDArray head = x.slice(0, 0, n - 1);
        NDArray tail = x.slice(0, 1, n);
        return sum(square(tail.minus(square(head))).times(100.0).plus(square(head.minus(1.0))));
    }

    /** {@code sum x_i^2 exp(x_0)}: every variable meets the first. */
    static NDArray arrow(NDArray x) {
        return sum(square(x)).times(exp(x.get(0)));
    }

    public static void main(String... args) {
        for (boolean warm : new boolean[] {false, true}) {
            if (warm) {
                System.out.println(
                        "| matrix | n | nonzeros | products | pattern | coloring | first | again | allocated |");
                System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
            }
            for (int n : new int[] {1_000, 10_000, 100_000}) {
                row(warm, "banded Jacobian", n, x -> banded(x), false);
                row(warm, "Rosenbrock's Hessian", n, x -> rosenbrock(x), true);
                row(warm, "arrow Hessian", n, x -> arrow(x), true);
            }
        }
        System.out.println();
        System.out.println("| the dense way | n | elements | first | again | allocated |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (int n : new int[] {1_000, 4_000, 10_000}) {
            dense("banded Jacobian, jacfwd(f)", n, jacfwd((NDArray x) -> banded(x)), n);
            dense("banded Jacobian, jacfwd(f, 100)", n, jacfwd((NDArray x) -> banded(x), 100), n);
            dense("Rosenbrock's Hessian, hessian(f)", n, hessian((NDArray x) -> rosenbrock(x)), n);
            dense("Rosenbrock's Hessian, hessian(f, 100)", n, hessian((NDArray x) -> rosenbrock(x), 100), n);
        }
        dense("diagonal only, hessianDiagonal(f)", 10_000, hessianDiagonal((NDArray x) -> rosenbrock(x)), 1);
    }

    private static void row(boolean print, String matrix, int n, Function1<NDArray, NDArray> same, boolean symmetric) {
        Function1<NDArray, NDArray> f = x -> same.apply(x); // captures, and so is a new object each time
        NDArray at = linspace(0.5, 1.5, n);
        Timed<SparsityPattern> pattern = timed(() -> symmetric ? hessianSparsity(f, at) : jacobianSparsity(f, at));
        Timed<SparseDerivative<NDArray>> prepared =
                timed(() -> symmetric ? sparseHessian(f, pattern.result()) : sparseJacobian(f, pattern.result()));
        SparseDerivative<NDArray> derivative = prepared.result();
        Timed<?> first = timed(() -> derivative.apply(at));
        Timed<?> again = median(() -> derivative.apply(at));
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %d | %s | %s | %s | %s | %s |%n",
                    matrix,
                    n,
                    pattern.result().nonzeros(),
                    derivative.colors(),
                    pattern.time(),
                    prepared.time(),
                    first.time(),
                    again.time(),
                    again.memory());
        }
    }

    private static void dense(String way, int n, Function1<NDArray, NDArray> derivative, int columns) {
        NDArray x = linspace(0.5, 1.5, n);
        String elements = String.format(Locale.ROOT, "%,d", (long) n * columns);
        try {
            Timed<?> first = timed(() -> derivative.apply(x));
            Timed<?> again =
                    n > 4_000 && columns > 1 ? timed(() -> derivative.apply(x)) : median(() -> derivative.apply(x));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %s | %s | %s | %s |%n",
                    way,
                    n,
                    elements,
                    first.time(),
                    again.time(),
                    again.memory());
        } catch (FluxionException e) {
            String needed =
                    e.getMessage().lines().skip(1).findFirst().orElseThrow().strip();
            System.out.printf(Locale.ROOT, "| %s | %,d | %s | refused: %s | | |%n", way, n, elements, needed);
        }
    }

    private record Timed<T>(T result, double milliseconds, long bytes) {
        String time() {
            return String.format(Locale.ROOT, milliseconds < 10 ? "%.2f ms" : "%,.0f ms", milliseconds);
        }

        String memory() {
            double megabytes = bytes / 1e6;
            return String.format(Locale.ROOT, megabytes < 10 ? "%.1f MB" : "%,.0f MB", megabytes);
        }
    }

    private static <T> Timed<T> timed(Supplier<T> work) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        T result = work.get();
        long end = System.nanoTime();
        return new Timed<>(result, (end - start) / 1e6, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }

    /** The run of median time. */
    private static <T> Timed<T> median(Supplier<T> work) {
        Timed<?>[] runs = new Timed<?>[RUNS];
        for (int i = 0; i < RUNS; i++) {
            runs[i] = timed(work);
        }
        Arrays.sort(runs, (a, b) -> Double.compare(a.milliseconds(), b.milliseconds()));
        @SuppressWarnings("unchecked") // all runs give a T
        Timed<T> middle = (Timed<T>) runs[RUNS / 2];
        return middle;
    }
}
