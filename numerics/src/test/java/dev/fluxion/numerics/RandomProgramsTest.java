package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.testing.RandomJaxprs;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random programs give on the engine what they give on the reference engine. */
class RandomProgramsTest {
    @Provide
    Arbitrary<Jaxpr> any() {
        return RandomJaxprs.any();
    }

    @Property(tries = 300)
    void engineAgreesWithReference(@ForAll("any") Jaxpr jaxpr) {
        ArrayData[] inputs = new ArrayData[jaxpr.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Samples.ordinary(jaxpr.inputs().get(i).type(), i);
        }
        Agreement.within(1 << 14, jaxpr, inputs);
    }
}
