package dev.fluxion.acceptance;

import static dev.fluxion.Fluxion.grad;
import static dev.fluxion.Fluxion.hessian;
import static dev.fluxion.Fluxion.jit;
import static dev.fluxion.Fluxion.jvp;
import static dev.fluxion.Fluxion.savedResiduals;
import static dev.fluxion.Fluxion.vmap;
import static dev.fluxion.numpy.Numpy.arange;
import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.ones;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.lax.Lax;
import dev.fluxion.lax.Scan;
import dev.fluxion.lax.ScanOptions;
import dev.fluxion.lax.Segments;
import dev.fluxion.numpy.NDArray;
import io.vavr.Function1;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops cut into segments are the loops, under every transform. */
class CheckpointedLoopsTest {
    private static final NDArray XS = arange(23).times(0.1);
    private static final NDArray C = array(0.3, -0.8);

    static Stream<Arguments> ways() {
        return Stream.of(
                        Segments.EVERY_STEP,
                        Segments.SQUARE_ROOT,
                        Segments.of(1),
                        Segments.of(2, 3),
                        Segments.of(3, 2, 2),
                        Segments.of(23),
                        Segments.of(99),
                        Segments.keeping(8))
                .flatMap(segments -> Stream.of(false, true).map(reverse -> Arguments.of(segments, reverse)));
    }

    private static Tuple2<NDArray, NDArray> step(NDArray c, NDArray x) {
        NDArray next = sin(c).times(1.5).plus(x);
        return Tuple.of(next, next.times(c));
    }

    private static NDArray plain(NDArray c, ScanOptions options) {
        return total(Lax.scan(CheckpointedLoopsTest::step, c, XS, options));
    }

    private static NDArray total(Scan<NDArray, NDArray> scan) {
        return sum(scan.carry()).plus(sum(sin(scan.ys())));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void allDerivativesAreThoseOfTheScan(Segments segments, boolean reverse) {
        ScanOptions options = ScanOptions.DEFAULT.withReverse(reverse);
        Function1<NDArray, NDArray> expected = c -> plain(c, options);
        Function1<NDArray, NDArray> given =
                c -> total(Lax.scanCheckpointed(CheckpointedLoopsTest::step, c, XS, options, segments));
        same(expected.apply(C), given.apply(C));
        same(grad(expected).apply(C), grad(given).apply(C));
        same(grad(expected).apply(C), jit(grad(given)).apply(C));
        same(jvp(expected, C, ones(2)).tangent(), jvp(given, C, ones(2)).tangent());
        same(hessian(expected).apply(C), hessian(given).apply(C));
        NDArray batch = stack(C, C.times(2), C.times(-0.5));
        same(vmap(grad(expected)).apply(batch), vmap(grad(given)).apply(batch));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void derivativesByTheXsAreThoseOfTheScan(Segments segments, boolean reverse) {
        ScanOptions options = ScanOptions.DEFAULT.withReverse(reverse);
        Function1<NDArray, NDArray> expected = xs -> total(Lax.scan(CheckpointedLoopsTest::step, C, xs, options));
        Function1<NDArray, NDArray> given =
                xs -> total(Lax.scanCheckpointed(CheckpointedLoopsTest::step, C, xs, options, segments));
        same(grad(expected).apply(XS), grad(given).apply(XS));
    }

    @Test
    void countingLoopsTakeAnyBounds() {
        for (int n : new int[] {-1, 0, 1, 2, 3, 10, 17}) {
            Function1<NDArray, NDArray> expected = c -> sum(Lax.foriLoop(-2, n, (i, y) -> sin(y.plus(i)), c));
            Function1<NDArray, NDArray> given = c -> sum(Lax.foriLoopCheckpointed(-2, n, (i, y) -> sin(y.plus(i)), c));
            same(expected.apply(C), given.apply(C));
            same(grad(expected).apply(C), grad(given).apply(C));
        }
    }

    @Test
    void whatIsKeptGrowsWithTheRoot() {
        for (int root = 10; root <= 1000; root *= 10) {
            int n = root * root;
            Function1<NDArray, NDArray> loop = c -> sum(Lax.foriLoopCheckpointed(0, n, (i, y) -> sin(y), c));
            assertEquals(8L * 2 * root, savedResiduals(loop, C).bytes());
        }
    }

    private static void same(NDArray expected, NDArray given) {
        double[] values = expected.ravel().toDoubleArray();
        assertEquals(expected.shape(), given.shape());
        double[] others = given.ravel().toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], others[i], 1e-12 * (1 + Math.abs(values[i])));
        }
    }
}
