package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.numpy.Numpy.concatenate;
import static dev.fluxion.numpy.Numpy.ravel;

import dev.fluxion.benchmarks.workloads.Figures;
import dev.fluxion.benchmarks.workloads.Timing;
import dev.fluxion.benchmarks.workloads.Workload;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One data file of ADBench, as {@code gmm/1k/gmm_d2_K5}: its objective and its Jacobian are checked, then measured.
 *
 * @param data the folder of the data
 * @param file without the ending
 */
record Problem(Path data, String file) {
    Numbers numbers() {
        return new Numbers(data.resolve(file + ".txt"));
    }

    /**
     * Both results are trees; their leaves one after the other, row by row, are what is checked.
     *
     * @param name of the problem in the lines that are printed
     */
    void measure(Figures figures, String name, Supplier<?> objective, Supplier<?> jacobian) {
        measure(figures, name, objective, jacobian, leaf -> leaf);
    }

    /** @param order puts a leaf into the order in which it is checked */
    void measure(
            Figures figures, String name, Supplier<?> objective, Supplier<?> jacobian, UnaryOperator<NDArray> order) {
        Map<String, Object> params = params(name);
        Expected expected = Expected.of(data, file);
        figures.once(params, "jacobian_first_call", Timing.once(jacobian));
        expected.checkObjective(flat(objective.get(), order));
        expected.checkJacobian(flat(jacobian.get(), order));
        figures.warm(params, "objective", Timing.of(objective), Workload.norm(objective.get()));
        figures.large(params, "jacobian", jacobian, Workload.norm(jacobian.get()));
    }

    /**
     * Checks and measures a Jacobian alone.
     *
     * @param result the same numbers as an array
     */
    void measureJacobian(Figures figures, String name, Supplier<?> jacobian, Supplier<NDArray> result) {
        Expected.of(data, file).checkJacobian(result.get());
        figures.warm(params(name), "jacobian", Timing.of(jacobian), Workload.norm(result.get()));
    }

    private Map<String, Object> params(String name) {
        return Map.of("problem", name, "file", Path.of(file).getFileName().toString());
    }

    private static NDArray flat(Object tree, UnaryOperator<NDArray> order) {
        return concatenate(Tree.flatten(tree)
                .leaves()
                .map(leaf -> ravel(order.apply(leaf)))
                .toJavaList());
    }
}
