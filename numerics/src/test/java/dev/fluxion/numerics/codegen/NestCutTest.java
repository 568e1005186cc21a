package dev.fluxion.numerics.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.numerics.parallel.Workers;
import io.vavr.collection.Array;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nests in chunks have the bits of whole ones, whatever is stored and whatever is reduced. */
class NestCutTest {
    private static final DType[] DTYPES = {DType.FLOAT64, DType.FLOAT32, DType.INT64};

    private final Random random = new Random(8);

    /** {@code x + y} twice, and {@code x}. */
    private static Jaxpr body(DType dtype) {
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(ArrayType.scalar(dtype));
        Atom y = builder.input(ArrayType.scalar(dtype));
        Atom sum = builder.append(new Elementwise.Binary(BinaryOp.ADD), x, y);
        return builder.build(Array.of(sum, sum, x));
    }

    /** Row-major over the loops in {@code kept}, 0 in the others. */
    private static int[] rowMajor(int[] extents, int kept) {
        int[] result = new int[extents.length];
        int step = 1;
        for (int loop = extents.length - 1; loop >= 0; loop--) {
            if ((kept >> loop & 1) == 1) {
                result[loop] = step;
                step *= extents[loop];
            }
        }
        return result;
    }

    private static InnerStride inner(int[] steps) {
        return switch (steps[steps.length - 1]) {
            case 0 -> InnerStride.ZERO;
            case 1 -> InnerStride.ONE;
            default -> InnerStride.ANY;
        };
    }

    private Run run(DType dtype, int[] extents, int first, int second) {
        int all = (1 << extents.length) - 1;
        int[][] steps = {
            rowMajor(extents, all),
            rowMajor(extents, 1 << extents.length - 1),
            rowMajor(extents, all),
            rowMajor(extents, first),
            rowMajor(extents, second)
        };
        ReduceOp op = ReduceOp.SUM;
        KernelSpec spec = new KernelSpec(
                body(dtype),
                true,
                Array.of(inner(steps[0]), inner(steps[1])),
                Array.of(
                        new KernelSpec.Output.Store(inner(steps[2])),
                        new KernelSpec.Output.Reduce(op, inner(steps[3])),
                        new KernelSpec.Output.Reduce(ReduceOp.MAX, inner(steps[4]))));
        int[] strides = new int[extents.length * steps.length];
        for (int loop = 0; loop < extents.length; loop++) {
            for (int k = 0; k < steps.length; k++) {
                strides[loop * steps.length + k] = steps[k][loop];
            }
        }
        return Run.of(spec, random, extents, strides);
    }

    private static Object[] copies(Object[] arrays) {
        return Array.of(arrays).map(Values::copy).toJavaArray(Object[]::new);
    }

    private static NestCut cut(Run run, int threads) {
        Kernel kernel = Kernel.of(run.spec());
        return NestCut.of(kernel, run.extents(), run.strides(), threads, kernel::run);
    }

    private static void check(Run run) {
        Object[] expected = copies(run.arrays());
        Kernel.of(run.spec()).run(expected, run.offsets().clone(), run.extents(), run.strides());
        NestCut cut = cut(run, 2);
        for (int chunks : cut == null ? new int[0] : new int[] {2, 7}) {
            Object[] actual = copies(run.arrays());
            cut.run(Workers.shared(), chunks, actual, run.offsets().clone());
            for (int k = 0; k < expected.length; k++) {
                assertArrayEquals(Values.bits(expected[k]), Values.bits(actual[k]), chunks + " chunks of\n" + run);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 4095, 4096, 4097, 3 * 4096, 20_011})
    void oneLoop(int n) {
        for (DType dtype : DTYPES) {
            check(run(dtype, new int[] {n}, 0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 700, 9001})
    void severalLoops(int n) {
        for (int[] extents : new int[][] {{2, n}, {17, n}, {2, 3, n}, {n, 33}}) {
            int all = (1 << extents.length) - 1;
            for (int first = 0; first < all; first++) {
                check(run(DTYPES[first % 3], extents, first, random.nextInt(all)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 400})
    void whatIsSummedOneByOneIsCutAcross(int n) {
        // Column sums: the columns can be dealt out, the rows cannot.
        Run columns = run(DType.FLOAT64, new int[] {n, 2048}, 2, 2);
        assertNotNull(cut(columns, 2));
        check(columns);
        assertNull(cut(run(DType.FLOAT64, new int[] {n, 100}, 2, 2), 2));
    }
}
