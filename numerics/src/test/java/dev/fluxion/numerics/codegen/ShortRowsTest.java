package dev.fluxion.numerics.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Straight code for short rows against the interpreter, bit by bit. */
class ShortRowsTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final Random random = new Random(20261201);

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void randomProgramsOfEveryLengthAndAccess(int bits) {
        int checked = 0;
        while (checked < 60) {
            Jaxpr body = Bodies.random(random, 1 + random.nextInt(6));
            KernelSpec spec = new KernelSpec(
                    body,
                    true,
                    body.inputs().map(_ -> random.nextInt(3) == 0 ? InnerStride.ZERO : InnerStride.ONE),
                    body.outputs().map(_ -> new KernelSpec.Output.Store(InnerStride.ONE)));
            KernelSpec lowered = KernelCompiler.lowered(spec);
            int n = 1 + random.nextInt(64);
            if (n < VectorEmitter.lanes(lowered, bits) || ShortRows.of(lowered, 1) == null) {
                continue;
            }
            checked++;
            int rows = new int[] {1, 4, 70}[random.nextInt(3)];
            int count = spec.arrayCount();
            int[] strides = new int[2 * count];
            for (int k = 0; k < count; k++) {
                boolean isInput = k < spec.inputs().size();
                boolean isBroadcast = isInput && spec.inputs().get(k) == InnerStride.ZERO;
                strides[count + k] = isBroadcast ? 0 : 1;
                strides[k] = isInput && random.nextBoolean() ? random.nextInt(2) : n + random.nextInt(2);
            }
            Run run = Run.of(spec, random, new int[] {rows, n}, strides);
            run.check(code -> KernelCompiler.rows(code, bits, n), bits + " bits, " + rows + " x " + n + ": " + body);
        }
    }

    /** A kernel that is busy with short rows gets code for them, and keeps its results where it writes over an input. */
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 64})
    void resultsStayWhatTheyAreWhenTheCodeComes(int n) {
        int rows = 64;
        Jaxpr body = Bodies.of(new Elementwise.Binary(BinaryOp.MUL), DType.FLOAT64, DType.FLOAT64);
        Kernel kernel = Kernel.of(new KernelSpec(
                body,
                true,
                Array.of(InnerStride.ONE, InnerStride.ZERO),
                Array.of(new KernelSpec.Output.Store(InnerStride.ONE))));
        double[] x = random.doubles((long) rows * n).toArray();
        double[] y = random.doubles(rows).toArray();
        double[] expected = new double[rows * n];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = x[i] * y[i / n];
        }
        int[] extents = {rows, n};
        int[] strides = {n, 1, n, 1, 0, 1};
        double[] apart = new double[rows * n];
        long end = System.nanoTime() + PATIENCE_NANOS;
        boolean comes = true;
        while (comes && System.nanoTime() < end) {
            kernel.run(new Object[] {x, y, apart}, new int[3], extents, strides);
            assertArrayEquals(expected, apart);
            double[] inPlace = x.clone();
            kernel.run(new Object[] {inPlace, y, inPlace}, new int[3], extents, strides);
            assertArrayEquals(expected, inPlace);
            comes = kernel.straight(extents, new Object[] {x, y, apart}) == null;
        }
        assertNotNull(kernel.straight(extents, new Object[] {x, y, apart}));
    }

    @Test
    void kernelsWithFunctionsOrReductionsHaveNone() {
        Array<InnerStride> inputs = Array.of(InnerStride.ONE);
        KernelSpec.Output store = new KernelSpec.Output.Store(InnerStride.ONE);
        KernelSpec.Output sum = new KernelSpec.Output.Reduce(ReduceOp.SUM, InnerStride.ZERO);
        Jaxpr exp = Bodies.of(new Elementwise.Unary(UnaryOp.EXP), DType.FLOAT64);
        Jaxpr neg = Bodies.of(new Elementwise.Unary(UnaryOp.NEG), DType.FLOAT64);
        assertNull(rowsOf(new KernelSpec(exp, true, inputs, Array.of(store))));
        assertNull(rowsOf(new KernelSpec(neg, true, inputs, Array.of(sum))));
        assertNull(rowsOf(new KernelSpec(neg, true, Array.of(InnerStride.ANY), Array.of(store))));
        assertNotNull(rowsOf(new KernelSpec(neg, true, inputs, Array.of(store))));
    }

    private static ShortRows rowsOf(KernelSpec spec) {
        return ShortRows.of(KernelCompiler.lowered(spec), 1);
    }
}
