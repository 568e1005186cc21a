package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jacfwd;
import static dev.fluxion.Fluxion.jacrev;
import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.sin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import org.junit.jupiter.api.Test;

/** The matrix of {@code x -> A x} is A: nothing is multiplied by the unit vectors. */
class JacobianOfProductsTest {
    private static final double[][] ROWS = {{1, Double.POSITIVE_INFINITY, 2}, {Double.NaN, 3, -4}};

    private final NDArray a = array(ROWS);
    private final NDArray x = array(0.5, 2, -1);

    private static long products(Jaxpr jaxpr) {
        return Passes.simplify(jaxpr).equations().count(e -> e.primitive() instanceof DotGeneral);
    }

    @Test
    void ofAMatrixItIsTheMatrixItselfWhereItIsInfiniteToo() {
        Function1<NDArray, NDArray> f = y -> a.matmul(y);
        assertRows(ROWS, jacfwd(f).apply(x));
        assertRows(ROWS, jacrev(f).apply(x));
        assertEquals(0, products(makeJaxpr(jacfwd(f)).apply(x)));
        assertEquals(0, products(makeJaxpr(jacrev(f)).apply(x)));
    }

    @Test
    void theRowVectorTimesAMatrixGivesItsTranspose() {
        NDArray b = array(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        assertRows(
                new double[][] {{1, 3, 5}, {2, 4, 6}},
                jacfwd((NDArray y) -> y.matmul(b)).apply(x));
    }

    @Test
    void anArrayOfUnitVectorsOfMatricesIsMultiplied() {
        NDArray b = array(new double[][] {{1, 2}, {3, 4}});
        NDArray jacobian = jacfwd((NDArray y) -> y.matmul(b)).apply(array(new double[][] {{7, 8}}));
        assertEquals("[1,2,1,2]", jacobian.shape().toString());
        assertArrayEquals(new double[] {1, 3, 2, 4}, jacobian.toDoubleArray());
    }

    @Test
    void aHessianHasOneProductAndNoTransposeAtTheEnd() {
        NDArray b = array(new double[][] {{1, 2}, {3, 4}});
        Jaxpr jaxpr = Passes.simplify(
                makeJaxpr(hessian((NDArray y) -> sin(b.matmul(y)).sum())).apply(array(0.1, 0.2)));
        // b y, and b^T times the second derivatives of sin.
        assertEquals(2, products(jaxpr));
        assertEquals(
                0,
                jaxpr.equations()
                        .count(e -> e.primitive() instanceof Movement.Transpose
                                && jaxpr.outputs().contains(e.output())));
    }

    private static void assertRows(double[][] rows, NDArray actual) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                assertEquals(rows[i][j], actual.get(i, j).item());
            }
        }
    }
}
