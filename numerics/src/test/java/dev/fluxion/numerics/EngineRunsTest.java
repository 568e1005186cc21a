package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How executables behave when they run: many threads, no garbage, refusals. */
class EngineRunsTest {
    private static final int SIZE = 60;

    /** Matrix products and elementwise work, with intermediate arrays. */
    private static Executable layers() {
        JaxprBuilder b = new JaxprBuilder();
        Atom x = b.input(ArrayType.of(DType.FLOAT64, SIZE, SIZE));
        Atom y = x;
        for (int i = 0; i < 4; i++) {
            Atom product = b.append(DotGeneral.of(Ints.of(1), Ints.of(0), Ints.of(), Ints.of()), y, x);
            Atom bent = b.append(new Elementwise.Unary(UnaryOp.TANH), product);
            y = b.append(new Elementwise.Binary(BinaryOp.ADD), bent, b.append(new Elementwise.Unary(UnaryOp.ABS), y));
        }
        return Agreement.ENGINE.compile(b.build(Array.of(y)));
    }

    @Test
    void manyThreadsMayRunAtOnce() throws InterruptedException, ExecutionException {
        Executable executable = layers();
        List<ArrayData> inputs = new ArrayList<>();
        List<double[]> expected = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            inputs.add(Samples.ordinary(ArrayType.of(DType.FLOAT64, SIZE, SIZE), i));
            expected.add((double[]) executable.run(inputs.get(i))[0].toHostArray());
        }
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> tasks = new ArrayList<>();
            for (int task = 0; task < 200; task++) {
                int which = task % inputs.size();
                tasks.add(pool.submit(() -> assertArrayEquals(
                        expected.get(which), (double[]) executable.run(inputs.get(which))[0].toHostArray())));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        }
    }

    @Test
    void aSteadyLoopAllocatesItsResultsAndLittleElse() {
        Executable executable = layers();
        ArrayData input = Samples.ordinary(DType.FLOAT64, SIZE, SIZE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 50; i++) {
            executable.run(input);
        }
        long bytes = Long.MAX_VALUE;
        int rounds = 20;
        // The least of several times: vector code that comes meanwhile brings its workspace along, once.
        for (int time = 0; time < 50; time++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < rounds; i++) {
                executable.run(input);
            }
            bytes = Math.min(bytes, (threads.getCurrentThreadAllocatedBytes() - before) / rounds);
        }
        long result = 8L * SIZE * SIZE;
        // One more array of this size would make it twice the result; how much the small objects of a call come to
        // depends on what the compiler has seen of them by then.
        assertTrue(bytes >= result && bytes < result + result / 2, bytes + " bytes for a result of " + result);
    }

    @Test
    void programsOfEqualStructureShareTheirPlan() {
        assertEquals(layers().jaxpr().structuralHash(), layers().jaxpr().structuralHash());
        ArrayData input = Samples.ordinary(DType.FLOAT64, SIZE, SIZE);
        assertArrayEquals((double[]) layers().run(input)[0].toHostArray(), (double[])
                layers().run(input)[0].toHostArray());
    }

    @Test
    void inputsAreChecked() {
        assertEquals(
                """
                FX0602 run: input 0 is of another type
                  the program takes f64[60,60]
                  given f64[3]\
                """,
                assertThrows(FluxionException.class, () -> layers().run(Samples.ordinary(DType.FLOAT64, 3)))
                        .getMessage());
    }

    @Test
    void aCustomVjpCannotBePushedForward() {
        JaxprBuilder inner = new JaxprBuilder();
        Atom y = inner.input(ArrayType.scalar(DType.FLOAT64));
        Jaxpr body = inner.build(Array.of(y));
        JaxprBuilder b = new JaxprBuilder();
        Atom x = b.input(ArrayType.scalar(DType.FLOAT64));
        Control linear = new Control.CustomLinear("clip", body, LazyJaxpr.of(body), 0, false);
        Jaxpr jaxpr = b.build(b.append(linear, Array.of(x), SourceInfo.UNKNOWN));
        assertEquals(
                """
                FX0406 clip: a customVjp function has no forward derivative, only a reverse one
                  hint: use grad or vjp, or define it with customJvp(f).defjvp(rule): its reverse derivative follows\
                """,
                assertThrows(FluxionException.class, () -> Agreement.ENGINE.compile(jaxpr))
                        .getMessage());
    }
}
