package dev.fluxion.benchmarks;

import static dev.fluxion.Fluxion.clearCaches;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.hessianDiagonal;
import static dev.fluxion.Fluxion.hessianSparsity;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacobianSparsity;
import static dev.fluxion.Fluxion.lower;
import static dev.fluxion.Fluxion.sparseHessian;
import static dev.fluxion.Fluxion.sparseJacobian;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.linspace;
import static dev.fluxion.numpy.Numpy.pad;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.sum;

import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.sparse.SparseDerivative;
import dev.fluxion.sparse.SparsityPattern;
import io.vavr.Function1;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
    private static final int RUNS = 11;

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
        System.out.println("| matrix | n | nonzeros | products | pattern | coloring | first | again | memory |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        row(true, "banded Jacobian, JVM just started", 10_000, SparseDerivativesTable::banded, false);
        for (boolean print : new boolean[] {false, true}) {
            for (int n : new int[] {1_000, 10_000, 100_000}) {
                row(print, "banded Jacobian", n, SparseDerivativesTable::banded, false);
                row(print, "Rosenbrock's Hessian", n, SparseDerivativesTable::rosenbrock, true);
                row(print, "arrow Hessian", n, SparseDerivativesTable::arrow, true);
            }
        }
        System.out.println();
        System.out.println("| the dense way | n | elements | first | again | memory |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (int n : new int[] {1_000, 4_000, 10_000}) {
            dense("banded Jacobian, jacfwd(f)", n, jacfwd((NDArray x) -> banded(x)), n);
            dense("banded Jacobian, jacfwd(f, 100)", n, jacfwd((NDArray x) -> banded(x), 100), n);
            dense("Rosenbrock's Hessian, hessian(f)", n, hessian((NDArray x) -> rosenbrock(x)), n);
            dense("Rosenbrock's Hessian, hessian(f, 100)", n, hessian((NDArray x) -> rosenbrock(x), 100), n);
        }
        dense("its diagonal, hessianDiagonal(f)", 10_000, hessianDiagonal((NDArray x) -> rosenbrock(x)), 1);
    }

    private static void row(boolean print, String matrix, int n, Function1<NDArray, NDArray> same, boolean symmetric) {
        Function1<NDArray, NDArray> f = x -> same.apply(x); // captures, and so is a new object each time
        NDArray at = linspace(0.5, 1.5, n);
        Timed<SparsityPattern> pattern = timed(() -> symmetric ? hessianSparsity(f, at) : jacobianSparsity(f, at));
        Timed<SparseDerivative<NDArray>> prepared =
                timed(() -> symmetric ? sparseHessian(f, pattern.result()) : sparseJacobian(f, pattern.result()));
        SparseDerivative<NDArray> derivative = prepared.result();
        Timed<?> first = timed(() -> derivative.apply(at));
        Timed<?> again = least(() -> derivative.apply(at));
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
                    megabytes(memory(x -> derivative.apply(x).values(), at)));
        }
    }

    private static void dense(String way, int n, Function1<NDArray, NDArray> derivative, int columns) {
        NDArray at = linspace(0.5, 1.5, n);
        String cells = String.format(Locale.ROOT, "| %s | %,d | %,d |", way, n, (long) n * columns);
        long memory = memory(derivative, at);
        clearCaches(); // and with them the buffers of the row before
        try {
            Timed<?> first = timed(() -> derivative.apply(at));
            Timed<?> again = least(() -> derivative.apply(at));
            System.out.printf("%s %s | %s | %s |%n", cells, first.time(), again.time(), megabytes(memory));
        } catch (FluxionException e) {
            System.out.printf("%s refused: %s | | %s |%n", cells, e.code().id(), megabytes(memory));
        } catch (OutOfMemoryError e) {
            System.out.printf("%s out of memory | | %s |%n", cells, megabytes(memory));
        }
    }

    /** What one run needs: argument, result, and all between. */
    private static long memory(Function1<NDArray, NDArray> f, NDArray at) {
        return lower(f).apply(at).compile().memoryAnalysis().peakBytes();
    }

    private static String megabytes(long bytes) {
        double megabytes = bytes / 1e6;
        return String.format(Locale.ROOT, megabytes < 10 ? "%.1f MB" : "%,.0f MB", megabytes);
    }

    private record Timed<T>(T result, double milliseconds) {
        String time() {
            return String.format(Locale.ROOT, milliseconds < 10 ? "%.2f ms" : "%,.0f ms", milliseconds);
        }
    }

    private static <T> Timed<T> timed(Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        return new Timed<>(result, (System.nanoTime() - start) / 1e6);
    }

    /** The fastest of some runs: others on the machine only add. */
    private static <T> Timed<T> least(Supplier<T> work) {
        return Stream.generate(() -> timed(work))
                .limit(RUNS)
                .min(Comparator.comparingDouble(Timed::milliseconds))
                .orElseThrow();
    }
}
