package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.checkGrads;
import static dev.fluxion.Fluxion.customJvp;
import static dev.fluxion.Fluxion.linearTranspose;
import static dev.fluxion.Fluxion.linearize;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cumsum;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sum;
import static dev.fluxion.numpy.Numpy.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.Jvp;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** checkGrads, and linear functions. */
class ChecksTest {
    @Test
    void rightDerivativesPass() {
        checkGrads((NDArray x) -> sum(exp(sin(x)).times(cumsum(x))), array(0.1, 0.5, -0.7), 3);
        checkGrads((NDArray x, NDArray y) -> tanh(matmul(x, y)), array(new double[][] {{1, 2}}), array(0.3, 0.4), 2);
        checkGrads((List<NDArray> p) -> p.get(0).times(exp(p.get(1))), List.of(scalar(1.0), array(0.1, 0.2)), 2);
    }

    @Test
    void aWrongRuleIsFound() {
        Function1<NDArray, NDArray> wrong =
                customJvp((NDArray x) -> sin(x)).defjvp((x, t) -> new Jvp<>(sin(x), t.times(2)));
        FluxionException error = assertThrows(FluxionException.class, () -> checkGrads(wrong, scalar(0.5), 1));
        assertEquals(ErrorCode.GRADS_DISAGREE, error.code());
        assertTrue(error.getMessage().startsWith("FX0408 checkGrads: the forward derivative of "), error.getMessage());
        assertTrue(error.getMessage().contains("\n  order 1, result 0, element 0\n  derivative "), error.getMessage());
    }

    @Test
    void aFunctionThatIsWrongOnlyInItsSecondDerivativeIsFound() {
        Function1<NDArray, NDArray> slope =
                customJvp((NDArray x) -> exp(x)).defjvp((x, t) -> new Jvp<>(exp(x), t.times(2)));
        Function1<NDArray, NDArray> f =
                customJvp((NDArray x) -> exp(x)).defjvp((x, t) -> new Jvp<>(exp(x), t.times(slope.apply(x))));
        checkGrads(f, scalar(0.5), 1);
        FluxionException error = assertThrows(FluxionException.class, () -> checkGrads(f, scalar(0.5), 2));
        assertTrue(error.getMessage().contains("\n  order 2, "), error.getMessage());
    }

    @Test
    void theTransposeOfALinearFunction() {
        NDArray m = array(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Function1<NDArray, NDArray> f = x -> cumsum(matmul(m, x));
        assertArrayEquals(
                new double[] {1 * 11 + 4 * 10, 2 * 11 + 5 * 10, 3 * 11 + 6 * 10},
                linearTranspose(f, array(0, 0, 0)).apply(array(1, 10)).toDoubleArray());
    }

    @Test
    void functionsThatAreNotLinearHaveNoTranspose() {
        FluxionException square = assertThrows(
                FluxionException.class,
                () -> linearTranspose((NDArray x) -> x.times(x), scalar(1.0)).apply(scalar(1.0)));
        assertEquals(ErrorCode.NOT_LINEAR, square.code());
        FluxionException affine = assertThrows(
                FluxionException.class,
                () -> linearTranspose((NDArray x) -> x.plus(1), scalar(1.0)).apply(scalar(1.0)));
        assertEquals(ErrorCode.NOT_LINEAR, affine.code());
    }

    @Test
    void aLinearizedFunctionIsEvaluatedOnce() {
        AtomicInteger runs = new AtomicInteger();
        var linearized = linearize(
                (NDArray x) -> {
                    runs.incrementAndGet();
                    return sin(x).times(2);
                },
                scalar(0.3));
        assertEquals(2 * Math.cos(0.3), linearized.jvp().apply(scalar(1.0)).item(), 1e-15);
        assertEquals(4 * Math.cos(0.3), linearized.jvp().apply(scalar(2.0)).item(), 1e-15);
        assertEquals(1, runs.get());
    }
}
