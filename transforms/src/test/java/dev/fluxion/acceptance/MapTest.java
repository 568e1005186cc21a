package dev.fluxion.acceptance;

import static dev.fluxion.lax.Lax.map;
import static dev.fluxion.numpy.Numpy.allclose;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Shape;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code map}, whole and in chunks, is {@code vmap}. */
class MapTest {
    private static final NDArray W = array(1.0, 2.0);
    private static final NDArray XS = reshape(arange(14).astype(DType.FLOAT64), 7, 2);

    private static Tuple2<NDArray, NDArray> f(NDArray w, NDArray x) {
        return Tuple.of(sum(sin(x).times(w)), x.times(w));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8})
    void inChunks(int chunk) {
        Tuple2<NDArray, NDArray> expected = Fluxion.vmap((NDArray x) -> f(W, x)).apply(XS);
        Tuple2<NDArray, NDArray> given = map(x -> f(W, x), XS, chunk);
        assertEquals(1, allclose(expected._1, given._1).item());
        assertEquals(1, allclose(expected._2, given._2).item());
        Function1<NDArray, NDArray> loss = w -> {
            Tuple2<NDArray, NDArray> ys = map(x -> f(w, x), XS, chunk);
            return sum(ys._1).plus(sum(sin(ys._2)));
        };
        Function1<NDArray, NDArray> whole = w -> {
            Tuple2<NDArray, NDArray> ys = map(x -> f(w, x), XS);
            return sum(ys._1).plus(sum(sin(ys._2)));
        };
        assertTrue(
                allclose(Fluxion.hessian(whole).apply(W), Fluxion.hessian(loss).apply(W))
                                .item()
                        == 1);
    }

    @Test
    void ofNothing() {
        NDArray none = map((NDArray x) -> sum(x), zeros(0, 2), 3);
        assertEquals(Shape.of(0), none.shape());
        NDArray noneAtAll = map((NDArray x) -> sum(x), zeros(0, 2));
        assertEquals(Shape.of(0), noneAtAll.shape());
    }
}
