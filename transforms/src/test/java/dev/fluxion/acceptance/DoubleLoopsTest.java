package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.asDoubleFunction;
import static dev.fluxion.Fluxion.asDoubleVectorField;
import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.stack;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.numpy.Numpy;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Plain Java functions of doubles with loops and branches inside. */
class DoubleLoopsTest {
    /** Newton's iteration {@code y - (y*y - x) / 2y} until it stands still. */
    private static NDArray root(NDArray x) {
        return Lax.<Tuple2<NDArray, NDArray>>whileLoop(
                        pair -> Numpy.abs(pair._1.minus(pair._2)).gt(1e-13),
                        pair -> Tuple.of(
                                pair._2,
                                pair._2.minus(pair._2.times(pair._2).minus(x).div(pair._2.times(2)))),
                        Tuple.of(scalar(0.0), x))
                ._2;
    }

    @Test
    void aLoopUntilItConverges() {
        DoubleUnaryOperator sqrt = asDoubleFunction(DoubleLoopsTest::root);
        for (double x : new double[] {0.25, 1, 2, 1e6}) {
            assertEquals(Math.sqrt(x), sqrt.applyAsDouble(x), 1e-15 * Math.sqrt(x));
        }
    }

    @Test
    void theDerivativeOfACountedLoop() {
        // x^8 by three squarings; its derivative 8 x^7.
        DoubleUnaryOperator slope =
                asDoubleFunction(grad((NDArray x) -> Lax.foriLoop(0, 3, (i, power) -> power.times(power), x)));
        assertEquals(8 * Math.pow(1.5, 7), slope.applyAsDouble(1.5), 1e-12);
    }

    @Test
    void aBranch() {
        DoubleUnaryOperator magnitude =
                asDoubleFunction(x -> Lax.cond(x.lt(0), (NDArray y) -> y.unaryMinus(), (NDArray y) -> y, x));
        assertEquals(3, magnitude.applyAsDouble(-3));
        assertEquals(2, magnitude.applyAsDouble(2));
    }

    /** Steps of a turn of the plane by a small angle, against the same steps in Java. */
    @Test
    void stepsOfTwoNumbers() {
        double[] end = asDoubleVectorField(
                        start -> Lax.<NDArray>foriLoop(
                                0,
                                1000,
                                (i, z) -> z.plus(
                                        stack(z.get(1).unaryMinus(), z.get(0)).times(0.001)),
                                start),
                        2)
                .apply(new double[] {1, 0});
        double x = 1;
        double y = 0;
        for (int i = 0; i < 1000; i++) {
            double before = x;
            x += -y * 0.001;
            y += before * 0.001;
        }
        assertArrayEquals(new double[] {x, y}, end);
    }
}
