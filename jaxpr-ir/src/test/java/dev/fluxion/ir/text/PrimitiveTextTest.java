package dev.fluxion.ir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprEquality;
import dev.fluxion.ir.testing.PrimitiveExamples;
import io.vavr.collection.Array;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive there is prints, and reads back as itself. */
class PrimitiveTextTest {
    static Stream<Jaxpr> programs() {
        return PrimitiveExamples.programs().toJavaStream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void readsBack(Jaxpr jaxpr) {
        String text = JaxprPrinter.print(jaxpr);
        Jaxpr again = JaxprParser.parse(text);
        assertTrue(JaxprEquality.alphaEqual(jaxpr, again), text);
        assertEquals(text, JaxprPrinter.print(again));
    }

    @Test
    void noPrimitiveIsMissingFromTheExamples() {
        Array<String> names = PrimitiveExamples.programs()
                .flatMap(Jaxpr::equations)
                .map(Equation::primitive)
                .map(p -> p.name())
                .distinct()
                .sorted();
        assertEquals(PrimitiveTable.names(), names);
    }
}
