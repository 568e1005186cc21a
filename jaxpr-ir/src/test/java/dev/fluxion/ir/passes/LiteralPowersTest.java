package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralPowersTest {
    private static void becomes(String input, String before, String after) {
        Jaxpr reduced = JaxprChecker.check(new LiteralPowers().apply(program(input, before)));
        assertEquals(JaxprPrinter.print(program(input, after)), JaxprPrinter.print(reduced));
    }

    private static Jaxpr program(String input, String equations) {
        return JaxprParser.parse("{ lambda ; " + input + ". let " + equations + " }");
    }

    @Test
    void wholeExponentsAreProductsWhereTheseRoundTwiceAtMost() {
        becomes("a:f64[3]", "b:f64[3] = pow a 2.0:f64[] in (b,)", "b:f64[3] = square a in (b,)");
        becomes("a:f64[3]", "b:f64[3] = pow a 3.0:f64[] in (b,)", "b:f64[3] = integer_pow[y=3] a in (b,)");
        becomes("a:f32[3]", "b:f32[3] = pow a -1.0:f32[] in (b,)", "b:f32[3] = reciprocal a in (b,)");
        becomes("a:f64[3]", "b:f64[3] = pow a -2.0:f64[] in (b,)", "b:f64[3] = integer_pow[y=-2] a in (b,)");
        becomes(
                "a:f64[3]",
                "b:f64[3] = pow a 0.0:f64[] in (b,)",
                "b:f64[3] = broadcast_in_dim[shape=(3,) broadcast_dimensions=()] 1.0:f64[] in (b,)");
    }

    @Test
    void halvesAreSquareRoots() {
        String above = "b:bool[3] = eq a -inf:f64[]; c:f64[3] = select_n b a inf:f64[]; d:f64[3] = sqrt c; ";
        becomes("a:f64[3]", "b:f64[3] = pow a 0.5:f64[] in (b,)", above + "e:f64[3] = abs d in (e,)");
        becomes(
                "a:f64[3]",
                "b:f64[3] = pow a -0.5:f64[] in (b,)",
                above + "e:f64[3] = abs d; f:f64[3] = reciprocal e in (f,)");
        becomes(
                "a:f64[3]",
                "b:f64[3] = pow a 1.5:f64[] in (b,)",
                above + "e:f64[3] = mul c d; f:f64[3] = abs e in (f,)");
    }

    @Test
    void powersOfIntegersAreProducts() {
        becomes("a:i32[3]", "b:i32[3] = pow a 5:i32[] in (b,)", "b:i32[3] = integer_pow[y=5] a in (b,)");
        becomes("a:i64[3]", "b:i64[3] = pow a 1:i64[] in (b,)", "in (a,)");
        becomes("a:i32[3]", "b:i32[3] = pow a -1:i32[] in (b,)", "b:i32[3] = pow a -1:i32[] in (b,)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0", "-3.0", "2.5", "-1.5", "0.3", "nan", "inf"})
    void allOtherExponentsStay(String exponent) {
        String power = "b:f64[3] = pow a " + exponent + ":f64[] in (b,)";
        becomes("a:f64[3]", power, power);
    }

    @Test
    void computedExponentsStay() {
        becomes("a:f64[] b:f64[]", "c:f64[] = pow a b in (c,)", "c:f64[] = pow a b in (c,)");
        becomes("a:f64[]", "b:f64[] = pow 2.0:f64[] a in (b,)", "b:f64[] = pow 2.0:f64[] a in (b,)");
    }
}
