package dev.fluxion.acceptance;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.Fluxion;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A loop is what Java's own loop is, and so are its derivatives, in every mode, up to the third. */
class UnrolledLoopsTest {
    private static final NDArray X = array(0.7, 0.4, 1.1);
    private static final NDArray BATCH = array(new double[][] {{0.7, 0.4, 1.1}, {0.2, 0.9, -0.3}});

    private static Function1<NDArray, NDArray> third(Function1<NDArray, NDArray> f) {
        return Fluxion.grad((NDArray x) -> {
            NDArray slope = Fluxion.grad(f).apply(x);
            return sum(Fluxion.jvp(Fluxion.grad(f), x, slope).tangent());
        });
    }

    @TestFactory
    Stream<DynamicTest> values() {
        return each(f -> f, X);
    }

    @TestFactory
    Stream<DynamicTest> forward() {
        return each(Fluxion::jacfwd, X);
    }

    @TestFactory
    Stream<DynamicTest> reverse() {
        return each(Fluxion::grad, X);
    }

    @TestFactory
    Stream<DynamicTest> forwardOverReverse() {
        return each(f -> Fluxion.jacfwd(Fluxion.grad(f)), X);
    }

    @TestFactory
    Stream<DynamicTest> reverseOverReverse() {
        return each(f -> Fluxion.jacrev(Fluxion.grad(f)), X);
    }

    @TestFactory
    Stream<DynamicTest> reverseOverForward() {
        return each(f -> Fluxion.jacrev(Fluxion.jacfwd(f)), X);
    }

    @TestFactory
    Stream<DynamicTest> thirdOrder() {
        return each(UnrolledLoopsTest::third, X);
    }

    @TestFactory
    Stream<DynamicTest> batched() {
        return each(f -> Fluxion.vmap(Fluxion.grad(f)), BATCH);
    }

    @TestFactory
    Stream<DynamicTest> compiled() {
        return each(f -> Fluxion.jit(Fluxion.grad(Fluxion.jit(f))), X);
    }

    private static Stream<DynamicTest> each(
            Function1<Function1<NDArray, NDArray>, Function1<NDArray, NDArray>> transform, NDArray at) {
        return UnrolledLoops.all()
                .toJavaStream()
                .map(f -> DynamicTest.dynamicTest(f.name(), () -> {
                    Function1<NDArray, NDArray> loop = transform.apply(f.loop());
                    close(transform.apply(f.unrolled()).apply(at), loop.apply(at));
                    JaxprChecker.check(Fluxion.makeJaxpr(loop).apply(at));
                }));
    }

    private static void close(NDArray expected, NDArray given) {
        assertEquals(expected.type(), given.type());
        double[] a = expected.toDoubleArray();
        double[] b = given.toDoubleArray();
        for (int i = 0; i < a.length; i++) {
            assertEquals(a[i], b[i], 1e-10 * Math.max(1, Math.abs(a[i])), expected + " and " + given);
        }
    }
}
