package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.collection.Array;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A checkpoint of a random program has the derivatives of the program, whatever it keeps. */
class RandomCheckpointTest {
    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smoothInReverse();
    }

    @Provide
    Arbitrary<CheckpointPolicy> policies() {
        CheckpointPolicy dots = new CheckpointPolicy.DotsSaveable();
        CheckpointPolicy names = new CheckpointPolicy.SaveOnlyTheseNames(Array.of("x"));
        return Arbitraries.of(
                new CheckpointPolicy.NothingSaveable(),
                new CheckpointPolicy.EverythingSaveable(),
                dots,
                names,
                new CheckpointPolicy.SaveFromBothPolicies(dots, names));
    }

    @Property(tries = 150, seed = "20261123")
    void derivativesAreThoseOfTheProgram(
            @ForAll("smooth") Jaxpr f, @ForAll("policies") CheckpointPolicy policy, @ForAll long seed) {
        Random random = new Random(seed);
        Array<Boolean> active = f.inputTypes().map(type -> type.dtype().isFloating());
        Array<ArrayData> x = DerivativeLaws.draw(random, f.inputTypes());
        Array<ArrayData> ct = DerivativeLaws.random(random, f.outputTypes());
        Jaxpr checkpointed = Programs.trace(f.inputTypes(), in -> checkpoint(f, policy, in));
        compare(pulled(f, active, x, ct), pulled(checkpointed, active, x, ct));
    }

    private static Array<NDArray> checkpoint(Jaxpr f, CheckpointPolicy policy, Array<NDArray> in) {
        SubPrograms.Closed closed = SubPrograms.withoutConstants(f);
        return Tracing.bindAll(new Control.Checkpoint("f", closed.jaxpr(), policy), in.appendAll(closed.constants()));
    }

    private static Array<ArrayData> pulled(Jaxpr f, Array<Boolean> active, Array<ArrayData> x, Array<ArrayData> ct) {
        VjpProgram vjp = Vjp.of(f, active);
        Array<ArrayData> results = Programs.run(JaxprChecker.check(vjp.forward()), x);
        return Programs.run(
                JaxprChecker.check(vjp.pullback()),
                results.drop(f.outputs().size()).appendAll(ct));
    }

    private static void compare(Array<ArrayData> expected, Array<ArrayData> given) {
        assertEquals(expected.map(ArrayData::type), given.map(ArrayData::type));
        for (int i = 0; i < expected.size(); i++) {
            double[] wanted = NDArray.of(expected.get(i)).ravel().toDoubleArray();
            double scale = Array.ofAll(wanted).map(Math::abs).max().getOrElse(0.0);
            assertArrayEquals(wanted, NDArray.of(given.get(i)).ravel().toDoubleArray(), 1e-12 * (1 + scale));
        }
    }
}
