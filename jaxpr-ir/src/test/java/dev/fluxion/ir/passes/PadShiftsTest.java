package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import org.junit.jupiter.api.Test;

class PadShiftsTest {
    private static void becomes(String inputs, String before, String after) {
        Jaxpr shifted = JaxprChecker.check(new PadShifts().apply(program(inputs, before)));
        assertEquals(JaxprPrinter.print(program(inputs, after)), JaxprPrinter.print(shifted));
    }

    private static void stays(String inputs, String program) {
        becomes(inputs, program, program);
    }

    private static Jaxpr program(String inputs, String equations) {
        return JaxprParser.parse("{ lambda ; " + inputs + ". let " + equations + " }");
    }

    @Test
    void multiplesOfOneArrayAreViewsOfOnePad() {
        // The gradient of sum (x[1:] - x[:-1])^2, where a is the difference.
        becomes("a:f64[9]", """
            b:f64[9] = mul a -2.0:f64[]
            c:f64[10] = pad[low=(0,) high=(1,) interior=(0,)] b 0.0:f64[]
            d:f64[9] = mul a 2.0:f64[]
            e:f64[10] = pad[low=(1,) high=(0,) interior=(0,)] d 0.0:f64[]
            f:f64[10] = add c e
            in (f,)\
            """, """
            b:f64[11] = pad[low=(1,) high=(1,) interior=(0,)] a 0.0:f64[]
            c:f64[10] = slice[start_indices=(1,) limit_indices=(11,) strides=(1,)] b
            d:f64[10] = mul c -2.0:f64[]
            e:f64[10] = slice[start_indices=(0,) limit_indices=(10,) strides=(1,)] b
            f:f64[10] = mul e 2.0:f64[]
            g:f64[10] = add d f
            in (g,)\
            """);
    }

    @Test
    void padsOfOneAxisAfterTheOtherAreOne() {
        becomes("a:f64[4,4]", """
            b:f64[4,6] = pad[low=(0, 1) high=(0, 1) interior=(0, 0)] a 0.0:f64[]
            c:f64[4,6] = pad[low=(0, 0) high=(0, 2) interior=(0, 0)] a 0.0:f64[]
            d:f64[4,6] = sub b c
            e:f64[6,6] = pad[low=(1, 0) high=(1, 0) interior=(0, 0)] d 0.0:f64[]
            in (e,)\
            """, """
            b:f64[6,7] = pad[low=(1, 1) high=(1, 2) interior=(0, 0)] a 0.0:f64[]
            c:f64[6,6] = slice[start_indices=(0, 0) limit_indices=(6, 6) strides=(1, 1)] b
            d:f64[6,6] = slice[start_indices=(0, 1) limit_indices=(6, 7) strides=(1, 1)] b
            e:f64[6,6] = sub c d
            in (e,)\
            """);
    }

    @Test
    void onePadAndPadsFarApartStay() {
        stays("a:f64[9] b:f64[9]", """
            c:f64[10] = pad[low=(0,) high=(1,) interior=(0,)] a 0.0:f64[]
            d:f64[10] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
            e:f64[10] = add c d
            in (e,)\
            """);
        // One array of 14 instead of two of 10 would be no less to write and to read.
        stays("a:f64[6]", """
            b:f64[10] = pad[low=(0,) high=(4,) interior=(0,)] a 0.0:f64[]
            c:f64[10] = pad[low=(4,) high=(0,) interior=(0,)] a 0.0:f64[]
            d:f64[10] = add b c
            in (d,)\
            """);
    }

    @Test
    void aSumThatGrowsMuchIsPaddedAsAWhole() {
        stays("a:f64[2] b:f64[2]", """
            c:f64[3] = pad[low=(1,) high=(0,) interior=(0,)] a 0.0:f64[]
            d:f64[3] = pad[low=(0,) high=(1,) interior=(0,)] b 0.0:f64[]
            e:f64[3] = add c d
            f:f64[99] = pad[low=(48,) high=(48,) interior=(0,)] e 0.0:f64[]
            in (f,)\
            """);
    }

    @Test
    void infiniteFactorsArePadded() {
        // Infinity times the zeros at the edges would be NaN.
        becomes("a:f64[9]", """
            b:f64[9] = mul a inf:f64[]
            c:f64[10] = pad[low=(0,) high=(1,) interior=(0,)] b 0.0:f64[]
            d:f64[10] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
            e:f64[10] = add c d
            in (e,)\
            """, """
            b:f64[9] = mul a inf:f64[]
            c:f64[11] = pad[low=(1,) high=(1,) interior=(0,)] b 0.0:f64[]
            d:f64[10] = slice[start_indices=(1,) limit_indices=(11,) strides=(1,)] c
            e:f64[10] = slice[start_indices=(0,) limit_indices=(10,) strides=(1,)] c
            f:f64[10] = add d e
            in (f,)\
            """);
    }
}
