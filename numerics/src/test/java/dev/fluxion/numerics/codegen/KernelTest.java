package dev.fluxion.numerics.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The loop nest around the generated code. */
class KernelTest {
    private static final Jaxpr COPY_I64 = Bodies.of(new Elementwise.Copy(), DType.INT64);
    private static final Jaxpr ADD = Bodies.of(new Elementwise.Binary(BinaryOp.ADD), DType.FLOAT64, DType.FLOAT64);

    @Test
    void equalSpecificationsShareAKernel() {
        Jaxpr again = Bodies.of(new Elementwise.Binary(BinaryOp.ADD), DType.FLOAT64, DType.FLOAT64);
        assertSame(Kernel.of(map(ADD, InnerStride.ONE)), Kernel.of(map(again, InnerStride.ONE)));
        assertNotSame(Kernel.of(map(ADD, InnerStride.ONE)), Kernel.of(map(ADD, InnerStride.ZERO)));
    }

    @Test
    void sumsOverAnyDimensions() {
        // x[2,3,5], row-major; the sum over the dimensions whose output stride is 0.
        long[] x = LongStream.range(1, 31).map(v -> v * v).toArray();
        int[][] cases = {{0, 0, 0}, {5, 0, 1}, {0, 5, 1}, {3, 1, 0}, {0, 1, 0}, {1, 0, 0}, {0, 0, 1}, {15, 5, 1}};
        for (int[] to : cases) {
            long[] expected = new long[30];
            for (int i = 0; i < 30; i++) {
                expected[i / 15 * to[0] + i / 5 % 3 * to[1] + i % 5 * to[2]] += x[i];
            }
            long[] actual = new long[30];
            InnerStride inner = to[2] == 0 ? InnerStride.ZERO : InnerStride.ONE;
            Kernel.of(sum(COPY_I64, inner)).run(new Object[] {x, actual}, new int[2], new int[] {2, 3, 5}, new int[] {
                15, to[0], 5, to[1], 1, to[2]
            });
            assertArrayEquals(expected, actual);
        }
    }

    @Test
    void nothingBetweenTheElementsOfAResultIsTouched() {
        int[][] cases = {{12, 0, 1}, {12, 0, 2}, {10, 2, 0}, {1, 3, 0}, {0, 7, 1}, {0, 2, 0}, {-6, 0, 1}};
        for (int[] to : cases) {
            Array<Integer> written =
                    Array.range(0, 30).map(i -> 6 + i / 15 * to[0] + i / 5 % 3 * to[1] + i % 5 * to[2]);
            long[] actual = new long[30];
            Arrays.fill(actual, 7);
            InnerStride inner = to[2] == 0 ? InnerStride.ZERO : to[2] == 1 ? InnerStride.ONE : InnerStride.ANY;
            Kernel.of(sum(COPY_I64, inner))
                    .initialise(new Object[] {new long[30], actual}, new int[] {0, 6}, new int[] {2, 3, 5}, new int[] {
                        15, to[0], 5, to[1], 1, to[2]
                    });
            for (int i = 0; i < 30; i++) {
                assertEquals(written.contains(i) ? 0 : 7, actual[i]);
            }
        }
    }

    @Test
    void aReductionOverNothingIsTheIdentity() {
        long[] kept = {7, 7, 7};
        Kernel.of(sum(COPY_I64, InnerStride.ZERO))
                .run(new Object[] {new long[0], kept}, new int[2], new int[] {3, 0}, new int[] {0, 1, 1, 0});
        assertArrayEquals(new long[3], kept);
        double[] max = {7};
        KernelSpec spec = new KernelSpec(
                Bodies.of(new Elementwise.Copy(), DType.FLOAT64),
                true,
                Array.of(InnerStride.ONE),
                Array.of(new KernelSpec.Output.Reduce(ReduceOp.MAX, InnerStride.ZERO)));
        Kernel.of(spec).run(new Object[] {new double[0], max}, new int[2], new int[] {0}, new int[] {1, 0});
        assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY}, max);
    }

    @Test
    void theOrderOfASumIsTheDocumentedOne() {
        Random random = new Random(5);
        for (int n : new int[] {1, 15, 16, 17, 100, 4096, 4097, 10_000}) {
            double[] x = random.doubles(n, -1, 1).toArray();
            double expected = 0;
            for (int start = 0; start < n; start += 4096) {
                double[] lanes = new double[16];
                for (int i = start; i < Math.min(n, start + 4096); i++) {
                    lanes[(i - start) % 16] += x[i];
                }
                for (int half : new int[] {8, 4, 2, 1}) {
                    for (int i = 0; i < half; i++) {
                        lanes[i] += lanes[i + half];
                    }
                }
                expected += lanes[0];
            }
            double[] actual = new double[1];
            Kernel.of(sum(Bodies.of(new Elementwise.Copy(), DType.FLOAT64), InnerStride.ZERO))
                    .run(new Object[] {x, actual}, new int[2], new int[] {n}, new int[] {1, 0});
            assertEquals(expected, actual[0]);
        }
    }

    @Test
    void anOutputMayBeAnInput() {
        double[] x = IntStream.range(0, 100).asDoubleStream().toArray();
        Kernel.of(map(ADD, InnerStride.ONE))
                .run(new Object[] {x, x, x}, new int[3], new int[] {100}, new int[] {1, 1, 1});
        assertArrayEquals(IntStream.range(0, 100).mapToDouble(i -> 2 * i).toArray(), x);
    }

    @Test
    void aBusyKernelKeepsItsBitsWhileCodeIsSwapped() {
        Jaxpr body = Bodies.of(new Elementwise.Unary(UnaryOp.TANH), DType.FLOAT64);
        Kernel kernel = Kernel.of(sum(body, InnerStride.ZERO));
        double[] x = new Random(3).doubles(1 << 14, -3, 3).toArray();
        double[] first = new double[1];
        double[] now = new double[1];
        int[] extents = {x.length};
        int[] strides = {1, 0};
        kernel.run(new Object[] {x, first}, new int[2], extents, strides);
        for (int i = 0; i < 200; i++) {
            kernel.run(new Object[] {x, now}, new int[2], extents, strides);
            assertEquals(first[0], now[0]);
        }
    }

    @Test
    void refusesWhatIsNotAFusedRegion() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> new KernelSpec(ADD, true, Array.of(InnerStride.ONE), Array.empty()));
        assertEquals("kernel specification: one stride per input of the body", error.getMessage());
    }

    private static KernelSpec map(Jaxpr body, InnerStride inner) {
        return new KernelSpec(
                body, true, body.inputs().map(in -> inner), Array.of(new KernelSpec.Output.Store(InnerStride.ONE)));
    }

    private static KernelSpec sum(Jaxpr body, InnerStride inner) {
        return new KernelSpec(
                body, true, Array.of(InnerStride.ONE), Array.of(new KernelSpec.Output.Reduce(ReduceOp.SUM, inner)));
    }
}
