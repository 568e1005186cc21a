package dev.fluxion.numerics.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Straight code for short rows against the interpreter, bit by bit. */
class ShortRowsTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final Random random = new Random(20261201);

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void randomProgramsOfEveryLengthAndAccess(int bits) {
        int checked = 0;
        while (checked < 100) {
            Jaxpr body = Bodies.random(random, 1 + random.nextInt(6));
            KernelSpec spec = new KernelSpec(
                    body,
                    true,
                    body.inputs().map(_ -> random.nextInt(3) == 0 ? InnerStride.ZERO : InnerStride.ONE),
                    body.outputs().map(out -> end(out.dtype())));
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
                KernelSpec.Output end =
                        isInput ? null : spec.outputs().get(k - spec.inputs().size());
                InnerStride inner = isInput ? spec.inputs().get(k) : end.inner();
                strides[count + k] = inner == InnerStride.ZERO ? 0 : 1;
                strides[k] = isInput && random.nextBoolean() ? random.nextInt(2) : n + random.nextInt(2);
                if (end instanceof KernelSpec.Output.Reduce) {
                    strides[k] = inner == InnerStride.ONE ? 0 : random.nextInt(3);
                }
            }
            Run run = Run.of(spec, random, new int[] {rows, n}, strides);
            check(run, bits, bits + " bits, " + rows + " x " + n + ": " + body);
        }
    }

    /** The signs of zeros, NaN and infinities in reductions of every length. */
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void specialValuesOfEveryLength(int bits) {
        double[] values = {-0.0, 0.0, -0.0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN};
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            Jaxpr body = Bodies.of(new Elementwise.Copy(), dtype);
            for (ReduceOp op : new ReduceOp[] {ReduceOp.SUM, ReduceOp.PROD, ReduceOp.MAX, ReduceOp.MIN}) {
                for (InnerStride inner : new InnerStride[] {InnerStride.ZERO, InnerStride.ONE}) {
                    KernelSpec spec = new KernelSpec(
                            body, true, Array.of(InnerStride.ONE), Array.of(new KernelSpec.Output.Reduce(op, inner)));
                    int step = inner == InnerStride.ONE ? 1 : 0;
                    for (int n = VectorEmitter.lanes(spec, bits); n <= 64; n++) {
                        Run run = Run.of(spec, random, new int[] {9, n}, new int[] {n, 1 - step, 1, step});
                        for (int row = 0; row < 9; row++) {
                            for (int i = 0; i < n; i++) {
                                double value = values[random.nextInt(1 + row % values.length)];
                                HostData.put(run.arrays()[0], run.offsets()[0] + row * n + i, Literal.of(dtype, value));
                            }
                        }
                        check(run, bits, op + " of " + dtype + ", " + inner + ", " + bits + " bits, " + n);
                    }
                }
            }
        }
    }

    private KernelSpec.Output end(DType dtype) {
        List<ReduceOp> ops = Arrays.stream(ReduceOp.values())
                .filter(op -> op.binary().accepts(dtype))
                .toList();
        return switch (random.nextInt(dtype == DType.BOOL ? 2 : 3)) {
            case 0 -> new KernelSpec.Output.Store(InnerStride.ONE);
            case 1 -> new KernelSpec.Output.Reduce(ops.get(random.nextInt(ops.size())), InnerStride.ONE);
            default -> new KernelSpec.Output.Reduce(ops.get(random.nextInt(ops.size())), InnerStride.ZERO);
        };
    }

    /** Straight code for the run, all rows at once, against the interpreter. */
    private static void check(Run run, int bits, String what) {
        int rows = run.extents()[0];
        int n = run.extents()[1];
        Object[] expected = run.byInterpreter();
        Object[] actual = Arrays.stream(run.arrays()).map(Values::copy).toArray();
        new Reductions(run.spec()).initialise(actual, run.offsets(), run.extents(), run.strides());
        KernelCompiler.rows(KernelCompiler.lowered(run.spec()), bits, n)
                .loop(actual, run.offsets(), 0, rows, 0, n, run.strides(), actual.length, null);
        for (int k = 0; k < actual.length; k++) {
            int array = k;
            assertArrayEquals(
                    Values.bits(expected[k]),
                    Values.bits(actual[k]),
                    () -> what + ", array " + array + " of\n" + run.spec());
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
            comes = kernel.straight(extents, strides, new Object[] {x, y, apart}) == null;
        }
        assertNotNull(kernel.straight(extents, strides, new Object[] {x, y, apart}));
    }

    /** Rows, or columns, that are reduced to sums in a nest of three loops. */
    @ParameterizedTest
    @CsvSource({"ZERO, 5", "ZERO, 10", "ZERO, 64", "ONE, 5", "ONE, 10", "ONE, 64"})
    void sumsStayWhatTheyAreWhenTheCodeComes(InnerStride inner, int n) {
        int blocks = 8;
        int rows = 12;
        KernelSpec spec = new KernelSpec(
                Bodies.of(new Elementwise.Binary(BinaryOp.MUL), DType.FLOAT32, DType.FLOAT32),
                true,
                Array.of(InnerStride.ONE, InnerStride.ONE),
                Array.of(new KernelSpec.Output.Reduce(ReduceOp.SUM, inner)));
        int[] extents = {blocks, rows, n};
        int[] strides = inner == InnerStride.ZERO
                ? new int[] {rows * n, n, rows, n, 0, 1, 1, 1, 0}
                : new int[] {rows * n, n, n, n, 0, 0, 1, 1, 1};
        Run run = Run.of(spec, random, extents, strides);
        String[] expected = Values.bits(run.byInterpreter()[2]);
        Kernel kernel = Kernel.of(spec);
        long end = System.nanoTime() + PATIENCE_NANOS;
        boolean comes = true;
        while (comes && System.nanoTime() < end) {
            for (int round = 0; round < 100; round++) {
                kernel.run(run.arrays(), run.offsets(), extents, strides);
            }
            assertArrayEquals(expected, Values.bits(run.arrays()[2]));
            comes = kernel.straight(extents, strides, run.arrays()) == null;
        }
        assertNotNull(kernel.straight(extents, strides, run.arrays()));
        kernel.run(run.arrays(), run.offsets(), extents, strides);
        assertArrayEquals(expected, Values.bits(run.arrays()[2]));
        if (inner == InnerStride.ONE) {
            int[] otherRows = strides.clone();
            otherRows[5] = n;
            assertNull(kernel.straight(extents, otherRows, run.arrays()), "columns with an element for each row");
        }
    }

    @Test
    void kernelsWithFunctionsOrTruthValuesOfRowsHaveNone() {
        Array<InnerStride> inputs = Array.of(InnerStride.ONE);
        KernelSpec.Output store = new KernelSpec.Output.Store(InnerStride.ONE);
        KernelSpec.Output sum = new KernelSpec.Output.Reduce(ReduceOp.SUM, InnerStride.ZERO);
        KernelSpec.Output all = new KernelSpec.Output.Reduce(ReduceOp.AND, InnerStride.ZERO);
        Jaxpr exp = Bodies.of(new Elementwise.Unary(UnaryOp.EXP), DType.FLOAT64);
        Jaxpr neg = Bodies.of(new Elementwise.Unary(UnaryOp.NEG), DType.FLOAT64);
        Jaxpr finite = Bodies.of(new Elementwise.Unary(UnaryOp.IS_FINITE), DType.FLOAT64);
        assertNull(rowsOf(new KernelSpec(exp, true, inputs, Array.of(store))));
        assertNull(rowsOf(new KernelSpec(finite, true, inputs, Array.of(all))));
        assertNull(rowsOf(new KernelSpec(neg, true, Array.of(InnerStride.ANY), Array.of(store))));
        assertNotNull(rowsOf(new KernelSpec(neg, true, inputs, Array.of(store))));
        assertNotNull(rowsOf(new KernelSpec(neg, true, inputs, Array.of(sum))));
    }

    private static ShortRows rowsOf(KernelSpec spec) {
        return ShortRows.of(KernelCompiler.lowered(spec), 1);
    }
}
