package dev.fluxion.sparse;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Shape;
import dev.fluxion.numpy.NDArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Patterns, coordinates and compressed rows. */
class SparseMatricesTest {
    private static final NDArray DENSE = array(new double[][] {{1, 0, 2}, {0, 0, 0}, {0, 3, 0}, {4, 5, 6}});

    private static Csr csr() {
        return new Csr(SparsityPattern.ofNonzeros(DENSE), array(1.0, 2.0, 3.0, 4.0, 5.0, 6.0));
    }

    private static void same(NDArray expected, NDArray given) {
        assertEquals(expected.type(), given.type());
        assertArrayEquals(expected.toDoubleArray(), given.toDoubleArray());
    }

    @Test
    void compressedRows() {
        assertEquals(Ints.of(0, 2, 2, 3, 6), csr().rowStarts());
        assertEquals(Ints.of(0, 2, 1, 0, 1, 2), csr().columnIndices());
        assertEquals("4 x 3, 6 nonzeros", csr().pattern().toString());
        same(DENSE, csr().toDense());
        same(DENSE.transpose(), csr().transpose().toDense());
    }

    @Test
    void coordinates() {
        Coo coo = csr().toCoo();
        assertEquals(Ints.of(0, 0, 2, 3, 3, 3), coo.rows());
        assertEquals(Ints.of(0, 2, 1, 0, 1, 2), coo.columns());
        same(DENSE, coo.toDense());
        Coo repeated = new Coo(Ints.of(1, 0, 1), Ints.of(0, 1, 0), array(1.0, 2.0, 3.0), Shape.of(2, 2));
        same(array(new double[][] {{0, 2}, {4, 0}}), repeated.toDense());
        same(array(2.0, 4.0), repeated.toCsr().values());
    }

    @Test
    void products() {
        NDArray x = array(1.0, -2.0, 0.5);
        same(matmul(DENSE, x), csr().matvec(x));
        same(matmul(DENSE, x), csr().toCoo().matvec(x));
        same(DENSE, Fluxion.jacfwd(csr()::matvec).apply(x));
        same(DENSE, Fluxion.jacrev(csr()::matvec).apply(x));
        assertEquals(csr().pattern(), Fluxion.jacobianSparsity(csr()::matvec, x));
        same(
                matmul(DENSE.transpose(), array(1.0, 2.0, 3.0, 4.0)),
                csr().transpose().matvec(array(1.0, 2.0, 3.0, 4.0)));
    }

    @Test
    void patternsAreValues() {
        SparsityPattern pattern = SparsityPattern.of(3, 3, new int[] {2, 0, 0, 2}, new int[] {1, 2, 0, 1});
        assertEquals(SparsityPattern.ofNonzeros(array(new double[][] {{1, 0, 1}, {0, 0, 0}, {0, 1, 0}})), pattern);
        assertEquals(pattern, pattern.transpose().transpose());
        assertEquals(3, pattern.nonzeros());
        assertTrue(pattern.contains(2, 1));
        assertFalse(pattern.contains(1, 1));
        assertEquals(SparsityPattern.dense(2, 2), SparsityPattern.banded(2, 2, 5, 5));
    }

    private static void refused(String message, Executable call) {
        FluxionException error = assertThrows(FluxionException.class, call);
        assertEquals(message, error.getMessage().replaceAll("\\n  at .*", ""));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        refused(
                "FX0201 csr: the values do not fit\n  expected a floating vector of 6 elements\n  given f64[5]",
                () -> new Csr(SparsityPattern.ofNonzeros(DENSE), zeros(5)));
        refused(
                "FX0201 matvec: the vector does not fit\n  the matrix is f64[4,3]\n  the vector is f64[4]",
                () -> csr().matvec(zeros(4)));
        refused(
                "FX0207 coo rows: index 1 is 2, outside 0 to 1",
                () -> new Coo(Ints.of(0, 2), Ints.of(0, 0), zeros(2), Shape.of(2, 1)));
        refused(
                "FX0207 sparsity pattern: an element is outside the matrix\n  element 0 is at (3, 0)\n"
                        + "  the matrix has 3 rows and 3 columns",
                () -> SparsityPattern.of(3, 3, new int[] {3}, new int[] {0}));
    }
}
