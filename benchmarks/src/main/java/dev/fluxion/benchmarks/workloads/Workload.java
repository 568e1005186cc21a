package dev.fluxion.benchmarks.workloads;

import static dev.fluxion.numpy.Numpy.sqrt;

import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Tree;

/** One program that all peers have, too. */
@FunctionalInterface
public interface Workload {
    void run(Figures figures);

    /** The workload a figure is reported under: ADBench's problems are parameters of one, as in the peers' programs. */
    static String reported(String name) {
        return name.startsWith("W") ? name : "ADBENCH";
    }

    /** The Euclidean norm over all leaves of a tree. */
    static double norm(Object tree) {
        return sqrt(Tree.flatten(tree).leaves().map(leaf -> squares(leaf)).reduce(NDArray::plus))
                .item();
    }

    private static NDArray squares(NDArray x) {
        NDArray wide = x.astype(dev.fluxion.ir.DType.FLOAT64);
        return wide.times(wide).sum();
    }
}
