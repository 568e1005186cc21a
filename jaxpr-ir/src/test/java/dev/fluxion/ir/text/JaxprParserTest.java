package dev.fluxion.ir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprEquality;
import dev.fluxion.ir.testing.HostArray;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

class JaxprParserTest {
    private static final ParseOptions HOST = ParseOptions.DEFAULT.withArrays(HostArray::new);

    record Scaled(double factor) implements Custom {
        @Override
        public String name() {
            return "scaled";
        }

        @Override
        public Array<ArrayType> outputTypes(Array<ArrayType> inputs) {
            return inputs;
        }
    }

    private static String refusal(String text) {
        return assertThrows(FluxionException.class, () -> JaxprParser.parse(text))
                .getMessage();
    }

    @Test
    void readsWhatThePrinterWrites() {
        String text = """
            { lambda ; a:f64[2,3] b:f64[3]. let
                c:f64[2] = dot_general[dimension_numbers=(([1], [0]), ([], []))] a b
                d:f64[2] = max c 0.0:f64[]
                e:f64[] = reduce_sum[axes=(0,)] d
              in (e, nan:f64[], -0.0:f64[], nan(0x7ff8000000000001):f64[]) }\
            """;
        assertEquals(text, JaxprPrinter.print(JaxprParser.parse(text)));
    }

    @Test
    void readsTheElementsOfConstants() {
        String text = """
            { lambda a:f64[2]=[1.0, -0.0] b:i32[]=[7] c:bool[1]=[True]
            d:f32[3]=[nan, inf, 1.4e-45] e:i64[0]=[]; . let in (a, b, c, d, e) }\
            """;
        Jaxpr jaxpr = JaxprParser.parse(text, HOST);
        Jaxpr again = JaxprParser.parse(JaxprPrinter.printWithConstants(jaxpr), HOST);
        assertTrue(JaxprEquality.alphaEqual(jaxpr, again));
        assertEquals(
                text.replace("\n", " "), JaxprPrinter.printWithConstants(jaxpr).replaceAll("\\s+", " "));
    }

    @Test
    void constantsMayComeFromOutside() {
        Jaxpr jaxpr = JaxprParser.parse(
                "{ lambda a:f64[2]; . let in (a,) }", ParseOptions.DEFAULT.withConstants(HostArray.of(1, 2)));
        assertEquals(2.0, jaxpr.constants().get(0).value().doubleAt(1));
    }

    @Test
    void readsUserDefinedOperations() {
        String text = "{ lambda ; a:f64[3]. let b:f64[3] = scaled[factor=\"2.5\"] a in (b,) }";
        Jaxpr jaxpr = JaxprParser.parse(text, ParseOptions.DEFAULT.withCustoms(new Scaled(1), new Scaled(2.5)));
        assertEquals(new Scaled(2.5), jaxpr.equations().get(0).primitive());
        assertEquals(text, jaxpr.toString());
    }

    @Test
    void errorsTellTheirPlace() {
        assertEquals("""
            FX0701 line 2, column 7: expected a type, as f64[3,4]
              in b:g64[] = sin a
              found 'g64'\
            """, refusal("{ lambda ; a:f64[]. let\n    b:g64[] = sin a\n  in (b,) }"));
        assertEquals("""
            FX0701 line 1, column 39: variable x is not defined
              in { lambda ; a:f64[]. let b:f64[] = sin x in (b,) }\
            """, refusal("{ lambda ; a:f64[]. let b:f64[] =" + " sin x in (b,) }"));
        assertEquals("""
            FX0701 line 1, column 25: a value is refused
              in { lambda ; a:f64[]. let b:f64[] = add a in (b,) }
              FX0103 add: takes 2 operands, given 1\
            """, refusal("{ lambda ; a:f64[]. let b:f64[] = add a in" + " (b,) }"));
        assertEquals("""
            FX0701 line 1, column 25: the results have other types than the operation gives
              in { lambda ; a:f64[]. let b:f32[] = sin a in (b,) }
              expected f64[]
              found    f32[]\
            """, refusal("{ lambda ; a:f64[]. let b:f32[] = sin a in (b,) }"));
        assertEquals(
                """
                FX0701 line 1, column 46: reduce_sum has no parameter 'axis'
                  in { lambda ; a:f64[]. let b:f64[] = reduce_sum[axis=0] a in (b,) }\
                """,
                refusal("{ lambda"
                        + " ; a:f64[]."
                        + " let b:f64[]"
                        + " = reduce_sum[axis=0]"
                        + " a in"
                        + " (b,)"
                        + " }"));
        assertEquals("""
            FX0701 line 1, column 35: there is no operation 'frobnicate'
              in { lambda ; a:f64[]. let b:f64[] = frobnicate a in (b,) }
              hint: give user-defined operations with ParseOptions.withCustoms\
            """, refusal("{ lambda ; a:f64[]." + " let b:f64[] =" + " frobnicate a in (b,)" + " }"));
        assertEquals("""
            FX0701 line 1, column 10: no data for this constant
              in { lambda a:f64[3]; . let in (a,) }
              hint: print with printWithConstants, or give the data with ParseOptions.withConstants\
            """, refusal("{ lambda" + " a:f64[3];" + " . let" + " in (a,)" + " }"));
    }

    @Test
    void hostileTextsAreRefused() {
        String[] texts = {
            "",
            "{",
            "{ lambda",
            "{ lambda ;",
            "{ lambda ; . let in (",
            "{ lambda ; . let in () } }",
            "{ lambda ; a:f64[99999999999]. let in () }",
            "{ lambda ; a:f64[65536,65536]. let in () }",
            "{ lambda ; a:f64[-1]. let in () }",
            "{ lambda ; a:f64[] a:f64[]. let in () }",
            "{ lambda ; . let a:f64[] = add a 1.0:f64[] in (a,) }",
            "{ lambda ; in:f64[]. let in () }",
            "{ lambda a:f64[2000000000]=[1.0]; . let in () }",
            "{ lambda ; a:f64[2]. let b:f64[2] = polygamma[m=0] a in (b,) }",
            "{ lambda ; a:f64[]. let b:f64[] = custom_jvp_call[name=f call_jaxpr={ lambda ; . let in () } jvp=^0] a in"
                    + " () }",
            "{ lambda ; a:f64[2]. let b:f64[2] = transpose[permutation=(7,)] a in (b,) }",
            "{ lambda ; . let in (0x10:f64[], 1.0f:f64[]) }",
            "{ lambda ; . let in (2:bool[],) }",
            "{ lambda ; . let in (9999999999:i32[],) }",
            "{ lambda ; . let in (1.0:f64[1],) }",
            "{ lambda ; . let in (nan(0x0):f64[],) }",
            "{ lambda ; a:f64[2]. let b:f64[2147483647] = pad[low=(2147483647,) high=(2147483647,) interior=(0,)] a"
                    + " 0.0:f64[] in () }",
            "{ lambda ; a:f64[]. let b:f64[] = jit[name=\"x jaxpr={ lambda ; . let in () }",
            "(".repeat(100_000),
            "@0 = { lambda ; . let in () }",
            "@0 = { lambda ; . let in () } @0 = { lambda ; . let in () } @0",
            "@0 = @1 @1 = @0 @0",
            "{ lambda ; . let = jit[name=f jaxpr=@0] in () } @0 = { lambda ; . let in () }",
            "{ lambda ; . let = custom_jvp_call[name=f call_jaxpr={ lambda ; . let in () } jvp=@0] in () }",
            "{ lambda ; a:f64[" + "1,".repeat(1_000_000) + "1]. let in () }",
        };
        for (String text : texts) {
            assertTrue(refusal(text).startsWith("FX0701 line 1, column "), text);
        }
    }

    @Test
    void aPrefixOfAProgramIsNoProgram() {
        String text = """
            { lambda ; a:f64[2,3] b:f64[3]. let
                c:f64[2] = dot_general[dimension_numbers=(([1], [0]), ([], []))] a b
                d:f64[2] = jit[name="f g" jaxpr={ lambda ; a:f64[2]. let in (a,) }] c
              in (d, 1e-05:f64[]) }\
            """;
        JaxprParser.parse(text);
        for (int end = 0; end < text.length(); end++) {
            refusal(text.substring(0, end));
        }
    }
}
