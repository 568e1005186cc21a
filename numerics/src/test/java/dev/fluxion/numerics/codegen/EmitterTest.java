package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.ReduceOp;
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
