package dev.fluxion.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.passes.Pass;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.ir.testing.HostArray;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import dev.fluxion.ir.text.ParseOptions;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws that hold for every program. */
class RandomProgramLawsTest {
    @Provide
    Arbitrary<Jaxpr> programs() {
        return RandomJaxprs.any();
    }

    @Provide
    Arbitrary<Jaxpr> smooth() {
        return RandomJaxprs.smooth();
    }

    @Provide
    Arbitrary<Jaxpr> reverse() {
        return RandomJaxprs.smoothInReverse();
    }

    private static Jaxpr parse(String text) {
        return JaxprParser.parse(text, ParseOptions.DEFAULT.withArrays(HostArray::new));
    }

    @Property(tries = 300)
    void theGeneratorMakesCorrectPrograms(
            @ForAll("programs") Jaxpr jaxpr, @ForAll("smooth") Jaxpr smooth, @ForAll("reverse") Jaxpr reverse) {
        JaxprChecker.check(jaxpr);
        JaxprChecker.check(smooth);
        JaxprChecker.check(reverse);
    }

    @Property(tries = 300)
    void textReadsBack(@ForAll("programs") Jaxpr jaxpr) {
        String text = JaxprPrinter.printWithConstants(jaxpr);
        Jaxpr again = parse(text);
        assertTrue(JaxprEquality.alphaEqual(jaxpr, again), text);
        assertEquals(text, JaxprPrinter.printWithConstants(again));
    }

    @Property(tries = 300)
    void theHashDoesNotDependOnNames(@ForAll("reverse") Jaxpr jaxpr) {
        Jaxpr again = parse(JaxprPrinter.printWithConstants(jaxpr));
        assertEquals(jaxpr.structuralHash(), again.structuralHash());
    }

    @Property(tries = 300)
    void passesKeepTypes(@ForAll("programs") Jaxpr jaxpr) {
        Jaxpr program = jaxpr;
        for (Pass pass : Passes.standard()) {
            program = JaxprChecker.check(pass.apply(program));
            assertEquals(jaxpr.inputTypes(), program.inputTypes(), pass.name());
            assertEquals(jaxpr.outputTypes(), program.outputTypes(), pass.name());
        }
    }
}
