package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.Reduction;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Programs that are worth several threads, called in every way at once. */
class ThreadsTest {
    private static final ArrayType TYPE = ArrayType.of(DType.FLOAT64, 300_000);
    private static final ArrayData INPUT = Samples.ordinary(TYPE, 3);

    /** Runs another large program on the host. */
    private record Nested(Executable inner) implements Custom {
        @Override
        public String name() {
            return "nested";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }

        @Override
        public Optional<HostFunction> host() {
            return Optional.of(inputs -> {
                ArrayData x = HostArray.wrap(TYPE, inputs.get(0));
                return Array.of(inner.run(x)[0].toHostArray());
            });
        }
    }

    private static Jaxpr sine() {
        JaxprBuilder b = new JaxprBuilder();
        Atom x = b.append(new Elementwise.Unary(UnaryOp.SIN), b.input(TYPE));
        return b.build(Array.of(x, b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), x)));
    }

    /** The sine of the sine, the inner one in a call within the call. */
    private static Jaxpr nested() {
        JaxprBuilder b = new JaxprBuilder();
        Nested call = new Nested(Agreement.ENGINE.compile(sine()));
        Atom inner = b.append(call, Array.of(b.input(TYPE)), SourceInfo.UNKNOWN).get(0);
        Atom outer = b.append(new Elementwise.Unary(UnaryOp.SIN), inner);
        return b.build(Array.of(outer, b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), outer)));
    }

    /** Loops over {@code x = sin(x) * factor}, each of a length of its own, summed up; {@code from <= member < to}. */
    private static Jaxpr ensemble(int from, int to) {
        ArrayType line = ArrayType.of(DType.FLOAT64, 300);
        return SubPrograms.program(
                Array.of(line),
                (b, in) -> Array.range(from, to).map(member -> {
                    Jaxpr body = SubPrograms.program(
                            Array.of(line, ArrayType.of(DType.FLOAT64)),
                            (c, carried) -> Array.of(
                                    SubPrograms.binary(
                                            c,
                                            BinaryOp.MUL,
                                            SubPrograms.unary(c, UnaryOp.SIN, carried.get(0)),
                                            c.append(
                                                    new Movement.BroadcastInDim(Shape.of(300), Ints.of()),
                                                    carried.get(1))),
                                    carried.get(1)));
                    Atom start = SubPrograms.unary(b, member % 2 == 0 ? UnaryOp.EXP : UnaryOp.TANH, in.get(0));
                    Literal factor = Literal.of(DType.FLOAT64, 1 + member / 16.0);
                    Atom last = SubPrograms.append(
                                    b, SubPrograms.scan(body, 100 + 37 * (member * 7 % 5), 0, 2), start, factor)
                            .get(0);
                    return b.append(new Reduction.Reduce(ReduceOp.SUM, Ints.of(0)), last);
                }));
    }

    private static double[] numbers(ArrayData[] results) {
        return Arrays.stream(results).mapToDouble(result -> result.doubleAt(0)).toArray();
    }

    @Test
    void loopsSideBySideGiveWhatEachGivesAlone() throws Exception {
        ArrayData x = Samples.ordinary(ArrayType.of(DType.FLOAT64, 300), 5);
        int count = 12;
        double[] expected = IntStream.range(0, count)
                .mapToDouble(member -> Agreement.ENGINE
                        .compile(ensemble(member, member + 1))
                        .run(x)[0]
                        .doubleAt(0))
                .toArray();
        Executable all = Agreement.ENGINE.compile(ensemble(0, count));
        Callable<Void> call = () -> {
            for (int round = 0; round < 20; round++) {
                assertArrayEquals(expected, numbers(all.run(x)));
            }
            return null;
        };
        call.call();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            for (Future<Void> done : callers.invokeAll(Collections.nCopies(8, call))) {
                done.get();
            }
        }
    }

    private static void isTheSame(ArrayData[] expected, ArrayData[] actual) {
        assertArrayEquals((double[]) expected[0].toHostArray(), (double[]) actual[0].toHostArray());
        assertEquals(expected[1].doubleAt(0), actual[1].doubleAt(0));
    }

    @Test
    void callsFromManyThreads() throws Exception {
        Executable sine = Agreement.ENGINE.compile(sine());
        Executable nested = Agreement.ENGINE.compile(nested());
        ArrayData[] once = sine.run(INPUT);
        ArrayData[] twice = sine.run(once[0]);
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            boolean plain = i % 2 == 0;
            calls.add(() -> {
                isTheSame(plain ? once : twice, (plain ? sine : nested).run(INPUT));
                return null;
            });
        }
        for (ExecutorService callers :
                List.of(Executors.newFixedThreadPool(6), Executors.newVirtualThreadPerTaskExecutor())) {
            try (callers) {
                for (Future<Void> call : callers.invokeAll(calls)) {
                    call.get();
                }
            }
        }
    }

    @Test
    void interruptedCallers() {
        Executable sine = Agreement.ENGINE.compile(sine());
        ArrayData[] expected = sine.run(INPUT);
        Thread.currentThread().interrupt();
        ArrayData[] actual = sine.run(INPUT);
        assertTrue(Thread.interrupted());
        isTheSame(expected, actual);
    }
}
