package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.testing.RandomJaxprs;
import io.vavr.collection.Array;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Derivatives of random programs. */
class RandomDerivativesTest {
    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smooth();
    }

    @Provide
    Arbitrary<Jaxpr> smoothInReverse() {
        return RandomJaxprs.smoothInReverse();
    }

    @Property(tries = 150, seed = "20261123")
    void firstAndSecondDerivativesObeyTheLaws(@ForAll("smooth") Jaxpr f, @ForAll long seed) {
        Random random = new Random(seed);
        DerivativeLaws.OF_PROGRAMS.verify(f, DerivativeLaws.draw(random, f.inputTypes()), 2, random);
    }

    @Property(tries = 150, seed = "20261123")
    void reverseModeAgreesWithDifferences(@ForAll("smoothInReverse") Jaxpr f, @ForAll long seed) {
        Random random = new Random(seed);
        Array<Boolean> active = f.inputTypes().map(type -> type.dtype().isFloating());
        Array<ArrayData> x = DerivativeLaws.draw(random, f.inputTypes());
        Array<ArrayData> t = DerivativeLaws.random(random, Masks.select(active, f.inputTypes()));
        Array<ArrayData> ct = DerivativeLaws.random(random, f.outputTypes());
        VjpProgram vjp = Vjp.of(f, active);
        Array<ArrayData> residuals =
                Programs.run(vjp.forward(), x).drop(f.outputs().size());
        double pulled = DerivativeLaws.dot(Programs.run(vjp.pullback(), residuals.appendAll(ct)), t);
        double pushed = DerivativeLaws.dot(ct, DerivativeLaws.differences(f, x, active, t));
        assertEquals(pushed, pulled, 1e-6 * (1 + Math.abs(pushed)));
    }
}
