package dev.fluxion.numerics;

import static dev.fluxion.numerics.SubPrograms.COUNT;
import static dev.fluxion.numerics.SubPrograms.NUMBER;
import static dev.fluxion.numerics.SubPrograms.append;
import static dev.fluxion.numerics.SubPrograms.binary;
import static dev.fluxion.numerics.SubPrograms.compare;
import static dev.fluxion.numerics.SubPrograms.count;
import static dev.fluxion.numerics.SubPrograms.program;
import static dev.fluxion.numerics.SubPrograms.scan;
import static dev.fluxion.numerics.SubPrograms.unary;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.CompareOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How loops behave when they run: what they keep, what they allocate, many threads, effects in order. */
class LoopRunsTest {
    private static final int SIZE = 1000;
    private static final int STEPS = 200;
    private static final ArrayType LINE = ArrayType.of(DType.FLOAT64, SIZE);

    private static long allocated(Executable executable, ArrayData... inputs) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20; i++) {
            executable.run(inputs);
        }
        int rounds = 20;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            executable.run(inputs);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
    }

    /** {@code (x, y) = (y + sin x, x)} with xs and ys. */
    private static Jaxpr wave() {
        Jaxpr body = program(Array.of(LINE, LINE, LINE), (b, in) -> {
            Atom next = binary(b, BinaryOp.ADD, in.get(1), unary(b, UnaryOp.SIN, in.get(0)));
            return Array.of(next, in.get(0), binary(b, BinaryOp.MUL, next, in.get(2)));
        });
        ArrayType stack = ArrayType.of(DType.FLOAT64, STEPS, SIZE);
        return program(
                Array.of(LINE, LINE, stack),
                (b, in) -> append(b, scan(body, STEPS, 0, 2), in.toJavaArray(Atom[]::new)));
    }

    @Test
    void stepsAllocateNoArrays() {
        long bytes = allocated(
                Agreement.ENGINE.compile(wave()),
                Samples.ordinary(LINE, 1),
                Samples.ordinary(LINE, 2),
                Samples.ordinary(DType.FLOAT64, STEPS, SIZE));
        long results = 8L * SIZE * (STEPS + 2);
        assertTrue(bytes >= results && bytes < results + 1024L * STEPS, bytes + " bytes for results of " + results);
    }

    @Test
    void loopsOnScalarsAllocateNothingForTheirSteps() {
        Jaxpr body = program(Array.of(NUMBER), (b, in) -> Array.of(unary(b, UnaryOp.COS, in.get(0)), in.get(0)));
        Jaxpr jaxpr = program(
                Array.of(NUMBER),
                (b, in) -> append(b, scan(body, 10_000, 0, 1), in.get(0)).take(1));
        long bytes = allocated(Agreement.ENGINE.compile(jaxpr), Samples.ordinary(NUMBER, 1));
        assertTrue(bytes < 8_000, bytes + " bytes");
    }

    /** A table of a million numbers, of which every step writes one: its copies would be 8 GB. */
    @Test
    void aCarryThatDiesIsUpdatedInPlace() {
        ArrayType table = ArrayType.of(DType.FLOAT64, 1_000_000);
        int steps = 1000;
        Jaxpr cond =
                program(Array.of(COUNT, table), (b, in) -> Array.of(compare(b, CompareOp.LT, in.get(0), count(steps))));
        Jaxpr body = program(Array.of(COUNT, table), (b, in) -> {
            Atom one = b.append(new Movement.DynamicSlice(Shape.of(1)), in.get(1), in.get(0));
            Atom twice = binary(b, BinaryOp.ADD, one, one);
            return Array.of(
                    binary(b, BinaryOp.ADD, in.get(0), count(1)),
                    b.append(new Movement.DynamicUpdateSlice(), in.get(1), twice, in.get(0)));
        });
        Control loop = new Control.While(cond, 0, body, 0);
        Jaxpr jaxpr = program(
                Array.of(table), (b, in) -> append(b, loop, count(0), in.get(0)).drop(1));
        Executable executable = Agreement.ENGINE.compile(jaxpr);
        double[] x = new double[1_000_000];
        Arrays.setAll(x, i -> i);
        ArrayData input = HostArray.copyOf(table, x);
        double[] result = (double[]) executable.run(input)[0].toHostArray();
        assertEquals(1998, result[999]);
        assertEquals(1000, result[1000]);
        assertArrayEquals(x, (double[]) input.toHostArray());
        assertTrue(executable.memory().temporaryBytes() < 1000, executable.memory()::toString);
    }

    @Test
    void manyThreadsMayRunALoopAtOnce() throws InterruptedException, ExecutionException {
        Executable executable = Agreement.ENGINE.compile(wave());
        ArrayData stack = Samples.ordinary(DType.FLOAT64, STEPS, SIZE);
        List<double[]> expected = new ArrayList<>();
        List<ArrayData> inputs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            inputs.add(Samples.ordinary(LINE, i));
            expected.add((double[]) executable.run(inputs.get(i), inputs.get(0), stack)[0].toHostArray());
        }
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> tasks = new ArrayList<>();
            for (int task = 0; task < 40; task++) {
                int which = task % inputs.size();
                tasks.add(pool.submit(() -> assertArrayEquals(expected.get(which), (double[])
                        executable.run(inputs.get(which), inputs.get(0), stack)[0].toHostArray())));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        }
    }

    /** Notes the number that it gets. */
    private record Note(List<String> notes, String name) implements Custom {
        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return Array.empty();
        }

        @Override
        public boolean hasEffect() {
            return true;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(in -> {
                notes.add(name + ((double[]) in.get(0))[0]);
                return Array.empty();
            });
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    @Test
    void effectsHappenInOrder() {
        List<String> notes = new ArrayList<>();
        Custom odd = new Note(notes, "odd ");
        Custom even = new Note(notes, "even ");
        Custom all = new Note(notes, "");
        Array<Jaxpr> branches = Array.of(even, odd)
                .map(note -> program(Array.of(NUMBER), (b, in) -> {
                    b.append(note, in, SourceInfo.UNKNOWN);
                    return Array.empty();
                }));
        Jaxpr body = program(Array.of(NUMBER, COUNT), (b, in) -> {
            append(b, new Control.Cond(branches), in.get(1), in.get(0));
            Atom next = binary(b, BinaryOp.ADD, in.get(0), Literal.of(1.0));
            b.append(all, Array.of(next), SourceInfo.UNKNOWN);
            return Array.of(next);
        });
        Jaxpr jaxpr = program(
                Array.of(NUMBER, ArrayType.of(DType.INT32, 3)),
                (b, in) -> append(b, new Control.Scan(body, 3, true, 1, 0, 1), in.get(0), in.get(1)));
        Agreement.ENGINE
                .compile(jaxpr)
                .run(
                        HostArray.wrap(NUMBER, new double[] {5}),
                        HostArray.wrap(ArrayType.of(DType.INT32, 3), new int[] {1, 1, 0}));
        assertEquals(List.of("even 5.0", "6.0", "odd 6.0", "7.0", "odd 7.0", "8.0"), notes);
    }

    /** Ten equal checkpoints have the intermediate values of one. */
    @Test
    void equalCheckpointsShareTheirBuffers() {
        Jaxpr body = program(Array.of(LINE), (b, in) -> {
            Atom wide = b.append(new Movement.BroadcastInDim(Shape.of(50, SIZE), Ints.of(1)), in.get(0));
            Atom turned = b.append(new Movement.Concatenate(0), wide, wide);
            Atom last = b.append(new Movement.Slice(Ints.of(99, 0), Ints.of(100, SIZE), Ints.of(1, 1)), turned);
            return Array.of(unary(b, UnaryOp.SIN, b.append(new Movement.Reshape(LINE.shape()), last)));
        });
        Control barrier = new Control.Checkpoint("f", true, body, new CheckpointPolicy.NothingSaveable(), true);
        assertTrue(temporaryBytes(barrier, 10) < temporaryBytes(barrier, 1) + 3L * 8 * SIZE);
        assertTrue(temporaryBytes(barrier, 1) >= 100L * 8 * SIZE);
    }

    private static long temporaryBytes(Control p, int times) {
        Jaxpr jaxpr = program(Array.of(LINE), (b, in) -> {
            Array<Atom> x = in;
            for (int i = 0; i < times; i++) {
                x = append(b, p, x.get(0));
            }
            return x;
        });
        return Agreement.ENGINE.compile(jaxpr).memory().temporaryBytes();
    }
}
