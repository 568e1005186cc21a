package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.passes.DeadCode;
import dev.fluxion.ir.passes.InlineCalls;
import dev.fluxion.ir.passes.LoopInvariants;
import dev.fluxion.ir.passes.Pass;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random programs give on the engine what they give on the reference engine, simplified or not. */
class RandomProgramsTest {
    @Provide
    Arbitrary<Jaxpr> any() {
        return RandomJaxprs.any();
    }

    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smooth();
    }

    /** Within what 24 operations on values up to 200 make of roundings: smooth programs are bounded so. */
    @Property(tries = 200, seed = "20261123")
    void smoothProgramsAgreeWithTheReference(@ForAll("smooth") Jaxpr jaxpr) {
        ArrayData[] inputs = inputs(jaxpr);
        ArrayData[] actual = Agreement.ENGINE.compile(jaxpr).run(inputs);
        near(1e-12, jaxpr, reference(jaxpr, inputs), actual);
    }

    /**
     * One inexact elementwise operation on equal bits. Further operations could make anything of a last bit: compare it,
     * round it, read it as an integer, divide by it.
     */
    @Property(tries = 200, seed = "20261123")
    void elementaryFunctionsOfExactValuesAreNearTheReference(@ForAll("any") Jaxpr jaxpr) {
        Agreement.within(4, Exactness.nearPart(Passes.simplify(jaxpr), 3), inputs(jaxpr));
    }

    /** The engine simplifies first, which may change last bits; after that nothing may. */
    @Property(tries = 200, seed = "20261123")
    void exactOperationsGiveTheBitsOfTheReference(@ForAll("any") Jaxpr jaxpr) {
        Jaxpr exact = Exactness.exactPart(Passes.simplify(jaxpr), 3);
        Agreement.exact(exact, inputs(jaxpr));
    }

    @Property(tries = 100, seed = "20261123")
    void everyRunGivesTheSameBits(@ForAll("any") Jaxpr jaxpr) {
        ArrayData[] inputs = inputs(jaxpr);
        var executable = Agreement.ENGINE.compile(jaxpr);
        ArrayData[] first = executable.run(inputs);
        equal("second run", jaxpr, first, executable.run(inputs));
        equal("other engine", jaxpr, first, new CpuBackend().compile(jaxpr).run(inputs));
        Jaxpr copy = JaxprParser.parse(JaxprPrinter.printWithConstants(jaxpr));
        equal("read back", jaxpr, first, Agreement.ENGINE.compile(copy).run(inputs));
    }

    @Property(tries = 200, seed = "20261123")
    void leavingOutDeadCodeKeepsBits(@ForAll("any") Jaxpr jaxpr) {
        ArrayData[] inputs = inputs(jaxpr);
        equal("dead code", jaxpr, reference(jaxpr, inputs), reference(new DeadCode().apply(jaxpr), inputs));
    }

    /** Rebuilding folds: that keeps bits but the sign of zeros, which no operation of smooth programs makes visible. */
    @Property(tries = 200, seed = "20261123")
    void inliningKeepsValues(@ForAll("smooth") Jaxpr jaxpr) {
        within(0, new InlineCalls(), jaxpr);
    }

    @Property(tries = 200, seed = "20261123")
    void movingInvariantsOutOfLoopsKeepsValues(@ForAll("smooth") Jaxpr jaxpr) {
        within(0, new LoopInvariants(), jaxpr);
    }

    /** Sums of equal terms round once where they rounded twice; 24 operations on values up to 200 may amplify that. */
    @Property(tries = 200, seed = "20261123")
    void simplifyingKeepsValues(@ForAll("smooth") Jaxpr jaxpr) {
        for (Pass pass : Passes.standard()) {
            within(1e-12, pass, jaxpr);
        }
        ArrayData[] inputs = inputs(jaxpr);
        near(1e-12, jaxpr, reference(jaxpr, inputs), reference(Passes.simplify(jaxpr), inputs));
        near(1e-12, jaxpr, reference(jaxpr, inputs), reference(Passes.tidy(jaxpr), inputs));
    }

    private static ArrayData[] inputs(Jaxpr jaxpr) {
        ArrayData[] inputs = new ArrayData[jaxpr.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Samples.ordinary(jaxpr.inputs().get(i).type(), i);
        }
        return inputs;
    }

    private static ArrayData[] reference(Jaxpr jaxpr, ArrayData... inputs) {
        Backend reference = Agreement.REFERENCE;
        return reference.compile(jaxpr).run(inputs);
    }

    private static void within(double tolerance, Pass pass, Jaxpr jaxpr) {
        ArrayData[] inputs = inputs(jaxpr);
        near(tolerance, jaxpr, reference(jaxpr, inputs), reference(pass.apply(jaxpr), inputs));
    }

    private static void near(double tolerance, Jaxpr jaxpr, ArrayData[] expected, ArrayData... actual) {
        for (int k = 0; k < expected.length; k++) {
            for (int i = 0; i < expected[k].type().size(); i++) {
                double x = expected[k].doubleAt(i);
                double y = actual[k].doubleAt(i);
                assertTrue(
                        x == y || Math.abs(x - y) <= tolerance * (1 + Math.abs(x)),
                        () -> y + " instead of " + x + " in\n" + jaxpr);
            }
        }
    }

    private static void equal(String what, Jaxpr jaxpr, ArrayData[] expected, ArrayData... actual) {
        assertEquals(expected.length, actual.length);
        for (int k = 0; k < expected.length; k++) {
            for (int i = 0; i < expected[k].type().size(); i++) {
                assertEquals(
                        HostArray.of(expected[k]).literalAt(i),
                        HostArray.of(actual[k]).literalAt(i),
                        () -> what + " of\n" + jaxpr);
            }
        }
    }
}
