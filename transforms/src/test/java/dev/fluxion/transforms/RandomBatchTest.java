package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.lax.Lax;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random programs over a batch give for every example what they give alone, and derivatives commute with batches. */
class RandomBatchTest {
    private static final int SIZE = 3;

    /** Sums may be added up in another order over a batch, which cancellation among values up to 200 brings out. */
    private static final double ROUNDING = 1e-11;

    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smooth();
    }

    @Provide
    Arbitrary<Jaxpr> smoothInReverse() {
        return RandomJaxprs.smoothInReverse();
    }

    @Property(tries = 150, seed = "20261123")
    void aBatchIsALoopOverExamples(@ForAll("smooth") Jaxpr f, @ForAll long seed) {
        Random random = new Random(seed);
        Array<Boolean> marks = marks(f, random);
        BatchLaw.check(f, marks, SIZE, random, ROUNDING);
    }

    @Property(tries = 100, seed = "20261123")
    void jvpOfABatchIsTheBatchOfTheJvp(@ForAll("smooth") Jaxpr f, @ForAll long seed) {
        Random random = new Random(seed);
        Array<Boolean> marks = marks(f, random);
        Array<Boolean> active = f.inputTypes().map(type -> type.dtype().isFloating());
        JvpProgram jvp = Jvp.of(f, active);
        Jaxpr batchOfJvp = Batch.ofAllOutputs(jvp.jaxpr(), marks.appendAll(Masks.select(active, marks)), SIZE);
        JvpProgram jvpOfBatch = Jvp.of(Batch.ofAllOutputs(f, marks, SIZE), active);
        Array<ArrayData> inputs = DerivativeLaws.draw(random, batchOfJvp.inputTypes());
        DerivativeLaws.same(
                "jvp of batch",
                withZeroTangents(f, jvp.activeOutputs(), Programs.run(batchOfJvp, inputs)),
                withZeroTangents(f, jvpOfBatch.activeOutputs(), Programs.run(jvpOfBatch.jaxpr(), inputs)),
                ROUNDING);
    }

    /** A tangent that is known to be zero may be left out, and which are known may differ. */
    private static Array<ArrayData> withZeroTangents(Jaxpr f, Array<Boolean> active, Array<ArrayData> results) {
        Array<ArrayData> values = results.take(f.outputs().size());
        Array<ArrayData> tangents = Masks.spread(active, results.drop(values.size()));
        return values.appendAll(values.zipWith(
                tangents,
                (value, t) -> t != null
                        ? t
                        : Backend.get()
                                .array(value.type(), new double[value.type().size()])));
    }

    /** What all examples share gets the sum of their gradients. */
    @Property(tries = 100, seed = "20261123")
    void theGradientOfABatchIsTheBatchOfGradients(@ForAll("smoothInReverse") Jaxpr program, @ForAll long seed) {
        Random random = new Random(seed);
        Jaxpr f = total(program);
        Array<Boolean> marks = marks(f, random);
        Array<Boolean> active = f.inputTypes().map(type -> type.dtype().isFloating());
        Jaxpr batchOfGradients = Batch.ofAllOutputs(Gradient.of(f, active), marks, SIZE);
        Jaxpr gradientOfBatch = Gradient.of(total(Batch.ofAllOutputs(f, marks, SIZE)), active);
        Array<ArrayData> inputs = DerivativeLaws.draw(random, gradientOfBatch.inputTypes());
        Array<ArrayData> each = Programs.run(batchOfGradients, inputs).tail();
        Array<Boolean> own = Masks.select(active, marks);
        Array<ArrayData> expected = each.zipWithIndex((data, i) -> own.get(i) ? data : sum(data));
        DerivativeLaws.same(
                "gradient of batch",
                expected,
                Programs.run(gradientOfBatch, inputs).tail(),
                ROUNDING);
    }

    /** The sum of all elements of the last output. */
    private static Jaxpr total(Jaxpr f) {
        return Programs.trace(f.inputTypes(), in -> {
            var out = Tracing.call(f, in).last();
            return Array.of(Lax.reduceSum(out, Ints.range(out.ndim())));
        });
    }

    /** Which inputs are batched: at least one. */
    private static Array<Boolean> marks(Jaxpr f, Random random) {
        int some = random.nextInt(f.inputs().size());
        return f.inputs().zipWithIndex((in, i) -> i == some || random.nextBoolean());
    }

    private static ArrayData sum(ArrayData batch) {
        Jaxpr program = Programs.trace(batch.type(), Batch::sumOverBatch);
        return Programs.run(JaxprChecker.check(program), Array.of(batch)).get(0);
    }
}
