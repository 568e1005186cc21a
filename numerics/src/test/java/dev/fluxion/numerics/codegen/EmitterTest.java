package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.numerics.HostData;
import io.vavr.collection.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generated code against the interpreter, bit by bit. */
class EmitterTest {
    enum Emitter {
        SCALAR(KernelCompiler::scalar),
        WITHOUT_CALLS(
                spec -> spec.loop() ? KernelCompiler.withoutCalls(spec, (_, _, _) -> {}) : KernelCompiler.scalar(spec)),
        VECTOR_128(vector(128)),
        VECTOR_256(vector(256)),
        VECTOR_512(vector(512));

        private final Function<KernelSpec, KernelCode> compiler;

        Emitter(Function<KernelSpec, KernelCode> compiler) {
            this.compiler = compiler;
        }

        private static Function<KernelSpec, KernelCode> vector(int bits) {
            return spec -> spec.loop() ? KernelCompiler.vector(spec, bits) : KernelCompiler.scalar(spec);
        }
    }

    private final Random random = new Random(20250601);

    @ParameterizedTest
    @EnumSource
    void everyOperation(Emitter emitter) {
        for (Jaxpr body : Bodies.all()) {
            KernelSpec spec = new KernelSpec(
                    body,
                    true,
                    body.inputs().map(in -> InnerStride.ONE),
                    Array.of(new KernelSpec.Output.Store(InnerStride.ONE)));
            Run.flat(spec, random, emitter == Emitter.SCALAR ? 403 : 45)
                    .check(emitter.compiler, emitter + " of " + body);
            KernelSpec once = new KernelSpec(body, false, spec.inputs(), spec.outputs());
            Run.flat(once, random, 1).check(emitter.compiler, emitter + " once " + body);
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomProgramsOfEveryLengthAndAccess(Emitter emitter) {
        for (int round = 0; round < 41; round++) {
            Jaxpr body = Bodies.random(random, 1 + random.nextInt(25));
            KernelSpec spec = new KernelSpec(
                    body,
                    true,
                    body.inputs().map(in -> pick(InnerStride.values())),
                    body.outputs().map(out -> end(out.dtype())));
            Run run = Run.flat(spec, random, round);
            run.check(emitter.compiler, emitter + " of " + body);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfEveryAccess(Emitter emitter) {
        for (int round = 0; round < 60; round++) {
            boolean isLarge = round % 20 == 19;
            Jaxpr body = Bodies.random(random, isLarge ? 2 * Pieces.LIMIT : 1 + random.nextInt(15));
            KernelSpec spec = new KernelSpec(
                    body,
                    true,
                    body.inputs().map(in -> pick(InnerStride.values())),
                    body.outputs().map(out -> end(out.dtype())));
            int rows = pick(1, 2, 5, 70);
            int n = pick(1, 7, 16, 19, 40);
            int count = spec.arrayCount();
            int[] strides = new int[2 * count];
            for (int k = 0; k < count; k++) {
                boolean isInput = k < spec.inputs().size();
                InnerStride inner = isInput
                        ? spec.inputs().get(k)
                        : spec.outputs().get(k - spec.inputs().size()).inner();
                strides[count + k] = inner == InnerStride.ZERO ? 0 : inner == InnerStride.ONE ? 1 : pick(2, rows);
                boolean isStore =
                        !isInput && spec.outputs().get(k - spec.inputs().size()) instanceof KernelSpec.Output.Store;
                boolean isAcross = strides[count + k] == rows && rows > 1 && random.nextBoolean();
                strides[k] = isAcross ? 1 : isStore || random.nextBoolean() ? strides[count + k] * n + 1 : 0;
            }
            Run run = Run.of(spec, random, new int[] {rows, n}, strides);
            run.check(emitter.compiler, emitter + " of " + rows + " x " + n + ": " + body);
        }
    }

    @ParameterizedTest
    @EnumSource
    void elementsBeyondTheLimitOfAFunction(Emitter emitter) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            Jaxpr body = Bodies.of(new Elementwise.Unary(UnaryOp.SIN), dtype);
            for (KernelSpec.Output end : List.of(
                    new KernelSpec.Output.Store(InnerStride.ONE),
                    new KernelSpec.Output.Reduce(ReduceOp.SUM, InnerStride.ZERO),
                    new KernelSpec.Output.Reduce(ReduceOp.SUM, InnerStride.ONE))) {
                KernelSpec spec = new KernelSpec(body, true, Array.of(InnerStride.ONE), Array.of(end));
                int step = end.inner() == InnerStride.ZERO ? 0 : 1;
                int row = end instanceof KernelSpec.Output.Store ? 45 : 1 - step;
                for (int round = 0; round < 10; round++) {
                    Run run = Run.of(spec, random, new int[] {5, 45}, new int[] {45, row, 1, step});
                    for (int i = 0; i < 5 * 45; i++) {
                        boolean isFar = random.nextInt(40) == 0;
                        double x = isFar ? random.nextGaussian() * 1e9 : random.nextGaussian();
                        HostData.put(run.arrays()[0], run.offsets()[0] + i, Literal.of(dtype, x));
                    }
                    run.check(emitter.compiler, emitter + " of " + end);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bodiesTooLargeForOneMethod(Emitter emitter) {
        for (int n : new int[] {1, 29, 530}) {
            Jaxpr body = Bodies.random(random, 2 * Pieces.LIMIT + 50);
            KernelSpec spec = new KernelSpec(
                    body,
                    n > 1,
                    body.inputs().map(in -> InnerStride.ONE),
                    body.outputs().map(out -> n > 1 ? end(out.dtype()) : new KernelSpec.Output.Store(InnerStride.ONE)));
            Run.flat(spec, random, n).check(emitter.compiler, emitter + " of " + n);
        }
    }

    /** Every value is an output, some of them twice; where only the first are, values that go on are stored, too. */
    @ParameterizedTest
    @EnumSource
    void bodiesOfTooManyArraysForOneMethod(Emitter emitter) {
        for (int n : new int[] {1, 29, 530}) {
            Jaxpr program = Bodies.random(random, 150);
            Array<Atom> values = program.equations().map(e -> (Atom) e.output());
            for (int kept : new int[] {values.size(), 60}) {
                Array<Atom> outputs =
                        values.take(kept).appendAll(values.take(5)).appendAll(program.outputs());
                Jaxpr body = new Jaxpr(Array.empty(), program.inputs(), program.equations(), outputs);
                KernelSpec spec = new KernelSpec(
                        body,
                        n > 1,
                        body.inputs().map(_ -> InnerStride.ONE),
                        outputs.zipWithIndex((out, k) ->
                                n > 1 && k % 7 == 0 ? end(out.dtype()) : new KernelSpec.Output.Store(InnerStride.ONE)));
                Run.flat(spec, random, n).check(emitter.compiler, emitter + " of " + n + ", " + kept);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void reductionsOfEveryKindAndLength(Emitter emitter) {
        for (DType dtype : DType.values()) {
            for (ReduceOp op : ReduceOp.values()) {
                if (!accepts(op, dtype)) {
                    continue;
                }
                Jaxpr body = Bodies.of(new Elementwise.Copy(), dtype);
                for (InnerStride inner : InnerStride.values()) {
                    KernelSpec spec = new KernelSpec(
                            body, true, Array.of(InnerStride.ONE), Array.of(new KernelSpec.Output.Reduce(op, inner)));
                    KernelCode code = emitter.compiler.apply(spec);
                    int step = inner == InnerStride.ZERO ? 0 : inner == InnerStride.ONE ? 1 : 2;
                    for (int n = 0; n <= 40; n++) {
                        int[] strides = {n, 0, 1, step};
                        Run run = Run.of(spec, random, new int[] {3, n}, strides);
                        run.check(code, run.byInterpreter(), emitter + " " + op + " of " + dtype);
                    }
                    Run run = Run.of(spec, random, new int[] {2, 4096 + 19}, new int[] {100, 1, 1, step});
                    run.check(code, run.byInterpreter(), emitter + " long " + op + " of " + dtype);
                }
            }
        }
    }

    private KernelSpec.Output end(DType dtype) {
        InnerStride store = pick(InnerStride.ONE, InnerStride.ANY);
        List<ReduceOp> reductions = new ArrayList<>();
        for (ReduceOp op : ReduceOp.values()) {
            if (accepts(op, dtype)) {
                reductions.add(op);
            }
        }
        return random.nextBoolean()
                ? new KernelSpec.Output.Store(store)
                : new KernelSpec.Output.Reduce(
                        reductions.get(random.nextInt(reductions.size())), pick(InnerStride.values()));
    }

    private static boolean accepts(ReduceOp op, DType dtype) {
        return op.binary().accepts(dtype);
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
