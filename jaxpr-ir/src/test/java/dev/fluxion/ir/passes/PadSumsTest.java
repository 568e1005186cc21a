package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import org.junit.jupiter.api.Test;

class PadSumsTest {
    private static void becomes(String inputs, String before, String after) {
        Jaxpr simplified = JaxprChecker.check(new PadSums().apply(program(inputs, before)));
        assertEquals(JaxprPrinter.print(program(inputs, after)), JaxprPrinter.print(simplified));
    }

    private static void stays(String inputs, String program) {
        becomes(inputs, program, program);
    }

    private static Jaxpr program(String inputs, String equations) {
        return JaxprParser.parse("{ lambda ; " + inputs + ". let " + equations + " }");
    }

    @Test
    void whatSlicesLeaveIsOneConcatenation() {
        becomes("a:f64[2] b:f64[1] c:f64[2]", """
            d:f64[5] = pad[low=(2,) high=(2,) interior=(0,)] b 0.0:f64[]
            e:f64[5] = pad[low=(0,) high=(3,) interior=(0,)] a 0.0:f64[]
            f:f64[5] = add d e
            g:f64[5] = pad[low=(3,) high=(0,) interior=(0,)] c 0.0:f64[]
            h:f64[5] = add f g
            in (h,)\
            """, "d:f64[5] = concatenate[dimension=0] a b c in (d,)");
    }

    @Test
    void gapsAreZeros() {
        becomes("a:f64[2,1] b:f64[2,1]", """
            c:f64[2,4] = pad[low=(0, 2) high=(0, 1) interior=(0, 0)] a 0.0:f64[]
            d:f64[2,4] = pad[low=(0, 0) high=(0, 3) interior=(0, 0)] b 0.0:f64[]
            e:f64[2,4] = add c d
            in (e,)\
            """, """
            c:f64[2,1] = broadcast_in_dim[shape=(2, 1) broadcast_dimensions=()] 0.0:f64[]
            d:f64[2,4] = concatenate[dimension=1] b c a c
            in (d,)\
            """);
    }

    @Test
    void otherTermsKeepTheirOrder() {
        // (t + a) + b = t + (a beside b), and so is (a + t) + b: no element is in both parts.
        becomes(
                "a:f64[1] b:f64[1] t:f64[2]",
                """
                c:f64[2] = pad[low=(0,) high=(1,) interior=(0,)] a 0.0:f64[]
                d:f64[2] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
                e:f64[2] = add t c
                f:f64[2] = add e d
                in (f,)\
                """,
                "c:f64[2] = concatenate[dimension=0] a b; d:f64[2] = add t c in (d,)");
        becomes(
                "a:f64[1] b:f64[1] t:f64[2]",
                """
                c:f64[2] = pad[low=(0,) high=(1,) interior=(0,)] a 0.0:f64[]
                d:f64[2] = sub c t
                e:f64[2] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
                f:f64[2] = add d e
                in (f,)\
                """,
                "c:f64[2] = concatenate[dimension=0] a b; d:f64[2] = sub c t in (d,)");
        // ((a + t) + s) + b adds t and s first where b is.
        stays("a:f64[1] b:f64[1] t:f64[2] s:f64[2]", """
            c:f64[2] = pad[low=(0,) high=(1,) interior=(0,)] a 0.0:f64[]
            d:f64[2] = add c t
            e:f64[2] = add d s
            f:f64[2] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
            g:f64[2] = add e f
            in (g,)\
            """);
    }

    @Test
    void partsThatAreTakenAwayJoinOneAnother() {
        becomes(
                "a:f64[1] b:f64[1] t:f64[2]",
                """
                c:f64[2] = pad[low=(0,) high=(1,) interior=(0,)] a 0.0:f64[]
                d:f64[2] = sub t c
                e:f64[2] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
                f:f64[2] = sub d e
                in (f,)\
                """,
                "c:f64[2] = concatenate[dimension=0] a b; d:f64[2] = sub t c in (d,)");
        stays("a:f64[1] b:f64[1] t:f64[2]", """
            c:f64[2] = pad[low=(0,) high=(1,) interior=(0,)] a 0.0:f64[]
            d:f64[2] = sub t c
            e:f64[2] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
            f:f64[2] = add d e
            in (f,)\
            """);
    }

    @Test
    void partsThatOverlapOrAreNotPaddedWithZerosStay() {
        stays("a:f64[2] b:f64[2]", """
            c:f64[3] = pad[low=(0,) high=(1,) interior=(0,)] a 0.0:f64[]
            d:f64[3] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
            e:f64[3] = add c d
            in (e,)\
            """);
        stays("a:f64[1] b:f64[1] p:f64[]", """
            c:f64[2] = pad[low=(0,) high=(1,) interior=(0,)] a p
            d:f64[2] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
            e:f64[2] = add c d
            in (e,)\
            """);
        stays("a:f64[2] b:f64[1]", """
            c:f64[3] = pad[low=(0,) high=(0,) interior=(1,)] a 0.0:f64[]
            d:f64[3] = pad[low=(1,) high=(1,) interior=(0,)] b 0.0:f64[]
            e:f64[3] = add c d
            in (e,)\
            """);
    }

    @Test
    void boxesAreWrittenIntoTheFirst() {
        becomes("a:f64[1,1] b:f64[2,1]", """
            c:f64[2,2] = pad[low=(0, 0) high=(1, 1) interior=(0, 0)] a 0.0:f64[]
            d:f64[2,2] = pad[low=(0, 1) high=(0, 0) interior=(0, 0)] b 0.0:f64[]
            e:f64[2,2] = add c d
            in (e,)\
            """, """
            c:f64[2,2] = pad[low=(0, 0) high=(1, 1) interior=(0, 0)] a 0.0:f64[]
            d:f64[2,2] = dynamic_update_slice c b 0:i32[] 1:i32[]
            in (d,)\
            """);
    }

    @Test
    void aSumReadElsewhereIsATerm() {
        stays("a:f64[1] b:f64[1] t:f64[2]", """
            c:f64[2] = pad[low=(0,) high=(1,) interior=(0,)] a 0.0:f64[]
            d:f64[2] = add t c
            e:f64[2] = pad[low=(1,) high=(0,) interior=(0,)] b 0.0:f64[]
            f:f64[2] = add d e
            in (d, f)\
            """);
    }

    @Test
    void aSumOfManyPartsIsOnePiece() {
        int n = 3000;
        JaxprBuilder builder = new JaxprBuilder();
        Atom sum = null;
        for (int i = 0; i < n; i++) {
            Atom x = builder.input(ArrayType.of(DType.FLOAT64, 1));
            Movement pad = new Movement.Pad(Ints.of(i), Ints.of(n - 1 - i), Ints.of(0));
            Atom padded = builder.append(pad, x, Literal.of(0.0));
            sum = sum == null ? padded : builder.append(new Elementwise.Binary(BinaryOp.ADD), sum, padded);
        }
        Jaxpr simplified = new PadSums().apply(builder.build(io.vavr.collection.Array.of(sum)));
        assertEquals(1, simplified.equations().size());
        assertTrue(simplified.equations().get(0).primitive() instanceof Movement.Concatenate);
    }
}
