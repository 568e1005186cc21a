package dev.fluxion.transforms;

import static dev.fluxion.Fluxion.makeJaxpr;
import static dev.fluxion.Fluxion.nthDerivative;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.exp;
import static dev.fluxion.numpy.Numpy.scalar;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Series through whole programs: random ones, loops and branches, and derivatives of high order. */
class JetProgramsTest {
    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smooth();
    }

    @Property(tries = 100, seed = "20261123")
    void randomPrograms(@ForAll("smooth") Jaxpr f, @ForAll long seed) {
        Random random = new Random(seed);
        JetLaw.verify(f, DerivativeLaws.draw(random, f.inputTypes()), 3, 1e-9, random);
    }

    private static void verify(Function1<NDArray, ?> f, int order) {
        NDArray x = array(0.3, 0.9, -0.4);
        Jaxpr jaxpr = makeJaxpr(f).apply(x);
        Array<ArrayData> point = Array.of(Programs.f64(x.toDoubleArray()));
        JetLaw.verify(jaxpr, point, order, 1e-11, new Random(7));
    }

    @Test
    void branches() {
        for (double threshold : new double[] {-1, 10}) {
            verify(
                    x -> Lax.cond(
                            x.sum().gt(threshold),
                            y -> new Tuple2<>(sin(y), y.times(2)),
                            y -> new Tuple2<>(y, exp(y).times(x)),
                            x),
                    4);
        }
    }

    @Test
    void loops() {
        // The second part of the carry has a series from the second step on.
        verify(
                x -> Lax.foriLoop(
                        0, 3, (i, c) -> new Tuple2<>(sin(c._1).times(x), c._1), new Tuple2<>(x, array(1.0, 1.0, 1.0))),
                4);
        verify(
                x -> {
                    var scan = Lax.scan(
                            (NDArray c, NDArray y) -> new Tuple2<>(tanh(c.plus(y)), c.times(y)), scalar(0.5), x);
                    return new Tuple2<>(scan.carry(), scan.ys());
                },
                4);
        verify(
                x -> Lax.whileLoop(
                        c -> c._2.lt(3),
                        c -> new Tuple2<>(exp(c._1.times(-1)), c._2.plus(1)),
                        new Tuple2<>(x, scalar(0.0))),
                4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nthDerivativesOfAScalar(int n) {
        double value = nthDerivative(HigherOrder::scalar, n)
                .apply(scalar(HigherOrder.POINT))
                .item();
        assertEquals(HigherOrder.SCALAR[n], value, 1e-13 * Math.abs(HigherOrder.SCALAR[n]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void derivativesOfAVectorAlongADirection(int n) {
        NDArray v = HigherOrder.direction();
        double value = nthDerivative(t -> HigherOrder.field(HigherOrder.x().plus(v.times(t))), n)
                .apply(scalar(0.0))
                .item();
        assertEquals(HigherOrder.FIELD[n], value, 1e-13 * Math.abs(HigherOrder.FIELD[n]));
    }

    @Test
    void programsGrowWithTheSquareOfTheOrder() {
        int ten = size(10);
        int twenty = size(20);
        assertTrue(ten < 3000 && twenty < 4 * ten, ten + " equations at order 10, " + twenty + " at order 20");
    }

    private static int size(int n) {
        return makeJaxpr(nthDerivative(HigherOrder::scalar, n))
                .apply(scalar(HigherOrder.POINT))
                .equations()
                .size();
    }

    /** Whole powers are right where the recurrence for real powers divides by zero. */
    @Test
    void powersAtZero() {
        assertEquals(6, nthDerivative(x -> x.pow(3.0), 3).apply(scalar(0.0)).item());
        assertEquals(
                0,
                nthDerivative(x -> Lax.integerPow(x, 5), 3).apply(scalar(0.0)).item());
        assertEquals(
                2,
                nthDerivative(x -> Lax.pow(x, Scalars.like(x, 2)), 2)
                        .apply(scalar(0.0))
                        .item());
    }
}
