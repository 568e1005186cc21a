package dev.fluxion.acceptance;

import static dev.fluxion.lax.Lax.associativeScan;
import static dev.fluxion.lax.Lax.scan;
import static dev.fluxion.numpy.Numpy.allclose;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.arrayEqual;
import static dev.fluxion.numpy.Numpy.concatenate;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.eye;
import static dev.fluxion.numpy.Numpy.flip;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.transpose;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.DType;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a scan one after the other, with operations that do not commute. */
class AssociativeScanTest {
    private static NDArray matrices(int n) {
        return sin(reshape(arange(4 * n).astype(DType.FLOAT64), n, 2, 2));
    }

    private static NDArray products(NDArray a) {
        return associativeScan((x, y) -> matmul(x, y), a);
    }

    private static NDArray oneAfterTheOther(NDArray a) {
        return scan(
                        (NDArray c, NDArray x) -> {
                            NDArray next = matmul(c, x);
                            return Tuple.of(next, next);
                        },
                        eye(2),
                        a)
                .ys();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 16, 17})
    void isTheScan(int n) {
        NDArray a = matrices(n);
        assertTrue(allclose(products(a), oneAfterTheOther(a)).item() == 1);
        Function1<NDArray, NDArray> f = x -> sum(sin(products(x)));
        Function1<NDArray, NDArray> g = x -> sum(sin(oneAfterTheOther(x)));
        assertTrue(allclose(Fluxion.grad(f).apply(a), Fluxion.grad(g).apply(a)).item() == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 9})
    void reversedIsTheScanFromTheEnd(int n) {
        NDArray a = matrices(n);
        NDArray expected = flip(oneAfterTheOther(flip(a, 0)), 0);
        assertTrue(allclose(associativeScan((x, y) -> matmul(x, y), a, true, 0), expected)
                        .item()
                == 1);
    }

    @Test
    void anyAxisOfATree() {
        NDArray x = cos(reshape(arange(10).astype(DType.FLOAT64), 2, 5));
        Tuple2<NDArray, NDArray> pairs = Tuple.of(x, x.times(2));
        Tuple2<NDArray, NDArray> last = associativeScan(
                (f, g) -> Tuple.of(f._1.times(g._1), g._1.times(f._2).plus(g._2)), pairs, false, -1);
        Tuple2<NDArray, NDArray> first = associativeScan(
                (f, g) -> Tuple.of(f._1.times(g._1), g._1.times(f._2).plus(g._2)),
                Tuple.of(transpose(x), transpose(x).times(2)));
        assertTrue(arrayEqual(last._2, transpose(first._2)).item() == 1);
    }

    @Test
    void keepsNegativeZerosAndNaN() {
        NDArray x = concatenate(List.of(zeros(1).unaryMinus(), zeros(2).div(0)));
        NDArray firsts = associativeScan((a, b) -> a, x);
        assertEquals(Double.NEGATIVE_INFINITY, 1 / firsts.get(2).item());
    }

    @Test
    void takesLogarithmicallyManyOperations() {
        Function1<NDArray, NDArray> f = x -> associativeScan((a, b) -> a.times(b), x);
        int small = Fluxion.makeJaxpr(f).apply(zeros(16)).equations().size();
        int large = Fluxion.makeJaxpr(f).apply(zeros(4096)).equations().size();
        assertTrue(large < 4 * small, large + " equations");
    }
}
