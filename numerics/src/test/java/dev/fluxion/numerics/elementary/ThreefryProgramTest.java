package dev.fluxion.numerics.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.DType;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Literal;
import io.vavr.collection.Array;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreefryProgramTest {
    /** The first three are the known answers of the Random123 library; all are what JAX gives. */
    @ParameterizedTest
    @CsvSource({
        "00000000, 00000000, 00000000, 00000000, 6b200159, 99ba4efe",
        "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fc, bb002be7",
        "13198a2e, 03707344, 243f6a88, 85a308d3, c4923a9c, 483df7a0",
        "00000000, 0000002a, 00000000, 00000001, 03d7b32d, add083f4",
        "00000001, 00000002, 00000003, 00000004, 5df433ec, 8617198e"
    })
    void knownAnswers(String k0, String k1, String x0, String x1, String y0, String y1) {
        Jaxpr jaxpr = ThreefryProgram.jaxpr();
        JaxprChecker.check(jaxpr);
        assertEquals(
                Array.of(word(y0), word(y1)), ScalarEvaluator.evaluate(jaxpr, word(k0), word(k1), word(x0), word(x1)));
    }

    private static Literal word(String hex) {
        return Literal.of(DType.INT32, (long) Integer.parseUnsignedInt(hex, 16));
    }
}
