package dev.fluxion.sparse;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessianBlocks;
import static dev.fluxion.Fluxion.hessianDiagonal;
import static dev.fluxion.Fluxion.jacfwdBlocks;
import static dev.fluxion.Fluxion.jacobianSparsity;
import static dev.fluxion.Fluxion.sparseHessian;
import static dev.fluxion.Fluxion.sparseJacobian;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.Blocks;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Tree;
import io.vavr.Function1;
import io.vavr.collection.Array;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sparse derivatives of random programs are the dense ones: no pattern misses an element. */
class RandomPatternsTest {
    private static final double EPS = 1e-9;

    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smooth();
    }

    /** The program as a function of its float inputs, and a point. */
    private record Instance(Function1<Array<NDArray>, Array<NDArray>> f, Array<NDArray> at) {
        static Instance of(Jaxpr jaxpr, Random random) {
            Array<NDArray> inputs = jaxpr.inputTypes().map(type -> switch (type.dtype()) {
                case FLOAT64 ->
                    Numpy.array(random.doubles(type.size(), -1, 1).toArray())
                            .reshape(type.shape().toArray());
                case INT64, INT32, BOOL, FLOAT32 ->
                    Numpy.array(random.ints(type.size(), 0, 2).toArray())
                            .astype(type.dtype())
                            .reshape(type.shape().toArray());
            });
            Array<Integer> floats =
                    Array.range(0, inputs.size()).filter(i -> inputs.get(i).dtype() == DType.FLOAT64);
            return new Instance(
                    x -> {
                        Array<NDArray> all = inputs;
                        for (int k = 0; k < floats.size(); k++) {
                            all = all.update(floats.get(k), x.get(k));
                        }
                        return Tracing.call(jaxpr, all);
                    },
                    floats.map(inputs::get));
        }

        NDArray total(Array<NDArray> x) {
            return f.apply(x).map(out -> Numpy.sum(Numpy.sin(out))).reduce(NDArray::plus);
        }
    }

    /** Blocks as one matrix, row by row. */
    private static double[][] matrix(Blocks blocks, Array<NDArray> results, Array<NDArray> arguments) {
        int columns = arguments.map(NDArray::size).sum().intValue();
        double[][] matrix = new double[results.map(NDArray::size).sum().intValue()][columns];
        int row = 0;
        for (int o = 0; o < results.size(); o++) {
            int column = 0;
            for (int i = 0; i < arguments.size(); i++) {
                double[] block = blocks.block(o, i).toDoubleArray();
                int width = arguments.get(i).size();
                for (int k = 0; k < block.length; k++) {
                    matrix[row + k / width][column + k % width] = block[k];
                }
                column += width;
            }
            row += results.get(o).size();
        }
        return matrix;
    }

    private static void assertSame(double[][] dense, Csr sparse) {
        double[] values = sparse.toDense().toDoubleArray();
        for (int i = 0; i < dense.length; i++) {
            for (int j = 0; j < dense[i].length; j++) {
                double expected = dense[i][j];
                assertTrue(expected == 0 || sparse.pattern().contains(i, j), "missing (" + i + ", " + j + ")");
                assertEquals(expected, values[i * dense[i].length + j], EPS * (1 + Math.abs(expected)));
            }
        }
    }

    @Property(tries = 150, seed = "20261123")
    void jacobiansAreTheDenseOnes(@ForAll("smooth") Jaxpr jaxpr, @ForAll long seed) {
        Instance instance = Instance.of(jaxpr, new Random(seed));
        Array<NDArray> results = instance.f().apply(instance.at());
        double[][] dense = matrix(jacfwdBlocks(instance.f()).apply(instance.at()), results, instance.at());
        assertSame(dense, sparseJacobian(instance.f()).apply(instance.at()));
        SparsityPattern pattern = jacobianSparsity(instance.f(), instance.at());
        SparseDerivative<Array<NDArray>> given = sparseJacobian(instance.f(), pattern);
        assertSame(dense, given.apply(instance.at()));
    }

    @Property(tries = 80, seed = "20261123")
    void hessiansAreTheDenseOnes(@ForAll("smooth") Jaxpr jaxpr, @ForAll long seed) {
        Instance instance = Instance.of(jaxpr, new Random(seed));
        Function1<Array<NDArray>, NDArray> f = instance::total;
        Array<NDArray> gradient = grad(f).apply(instance.at());
        double[][] dense = matrix(hessianBlocks(f).apply(instance.at()), gradient, instance.at());
        assertSame(dense, sparseHessian(f).apply(instance.at()));
        double[] diagonal = Tree.leaves(hessianDiagonal(f).apply(instance.at()))
                .map(NDArray::ravel)
                .reduce((a, b) -> Numpy.concatenate(java.util.List.of(a, b)))
                .toDoubleArray();
        for (int k = 0; k < diagonal.length; k++) {
            assertEquals(dense[k][k], diagonal[k], EPS * (1 + Math.abs(dense[k][k])));
        }
    }
}
