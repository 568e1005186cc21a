package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import org.junit.jupiter.api.Test;

class PassesTest {

    /** Asserts that the program {@code inputs -> equations -> outputs} simplifies to another one over the same inputs. */
    private static void simplifies(String inputs, String before, String after) {
        Jaxpr simplified = JaxprChecker.check(Passes.simplify(program(inputs, before)));
        assertEquals(JaxprPrinter.print(program(inputs, after)), JaxprPrinter.print(simplified));
    }

    private static Jaxpr program(String inputs, String equations) {
        return JaxprParser.parse("{ lambda ; " + inputs + ". let " + equations + " }");
    }

    private static void stays(String inputs, String program) {
        simplifies(inputs, program, program);
    }

    @Test
    void theSecondDerivativeOfSinTimesXReadsAsWrittenByAPerson() {
        // What two forward passes over mul (sin x) x give.
        simplifies(
                "a:f64[]",
                """
                b:f64[] = sin a
                c:f64[] = cos a
                d:f64[] = neg b
                e:f64[] = mul d a
                f:f64[] = add e c
                g:f64[] = add f c
                in (g,)\
                """,
                "b:f64[] = sin a; c:f64[] = cos a; d:f64[] = mul b a; e:f64[] = mul 2.0:f64[] c; f:f64[] = sub e d"
                        + " in (f,)");
    }

    @Test
    void theThirdAndFourthStayAsShort() {
        simplifies(
                "a:f64[]",
                """
                b:f64[] = sin a
                c:f64[] = cos a
                d:f64[] = neg b
                e:f64[] = mul 2.0:f64[] d
                f:f64[] = mul c a
                g:f64[] = add f b
                h:f64[] = sub e g
                in (h,)\
                """,
                "b:f64[] = sin a; c:f64[] = cos a; d:f64[] = mul c a; e:f64[] = mul -3.0:f64[] b; f:f64[] = sub e d"
                        + " in (f,)");
        simplifies(
                "a:f64[]",
                """
                b:f64[] = sin a
                c:f64[] = cos a
                d:f64[] = mul -3.0:f64[] c
                e:f64[] = mul b a
                f:f64[] = sub c e
                g:f64[] = sub d f
                in (g,)\
                """,
                "b:f64[] = sin a; c:f64[] = cos a; d:f64[] = mul b a; e:f64[] = mul 4.0:f64[] c; f:f64[] = sub d e"
                        + " in (f,)");
    }

    @Test
    void equalTermsComeTogether() {
        simplifies("a:f64[]", "b:f64[] = add a a; c:f64[] = add b a in (c,)", "b:f64[] = mul 3.0:f64[] a in (b,)");
        simplifies(
                "a:f64[] b:f64[]",
                "c:f64[] = add b a; d:f64[] = add a c in (d,)",
                "c:f64[] = mul 2.0:f64[] a; d:f64[] = add b c in (d,)");
        simplifies(
                "a:f64[] b:f64[]",
                "c:f64[] = sub b a; d:f64[] = sub c a in (d,)",
                "c:f64[] = mul 2.0:f64[] a; d:f64[] = sub b c in (d,)");
        // Opposite signs stay, for a may be infinite.
        stays("a:f64[] b:f64[]", "c:f64[] = add b a; d:f64[] = sub c a in (d,)");
        // So does an input taken three times: 3*a would round where a + (a + b) may be exact.
        simplifies(
                "a:f64[] b:f64[]",
                "c:f64[] = add b a; d:f64[] = add c a; e:f64[] = add d a in (e,)",
                "c:f64[] = mul 2.0:f64[] a; d:f64[] = add b c; e:f64[] = add d a in (e,)");
        // A sum that is read elsewhere is not taken apart.
        stays("a:f64[] b:f64[]", "c:f64[] = add b a; d:f64[] = add c a in (c, d)");
    }

    @Test
    void signsMoveOutwardAndVanish() {
        simplifies("a:f64[]", "b:f64[] = neg a; c:f64[] = neg b in (c,)", "in (a,)");
        simplifies(
                "a:f64[] b:f64[]",
                "c:f64[] = neg a; d:f64[] = neg b; e:f64[] = mul c d in (e,)",
                "c:f64[] = mul a b in (c,)");
        simplifies("a:f64[] b:f64[]", "c:f64[] = neg a; d:f64[] = add c b in (d,)", "c:f64[] = sub b a in (c,)");
        simplifies("a:f64[] b:f64[]", "c:f64[] = sub a b; d:f64[] = neg c in (d,)", "c:f64[] = sub b a in (c,)");
        simplifies(
                "a:f64[] b:f64[]",
                "c:f64[] = mul -2.0:f64[] a; d:f64[] = add b c in (d,)",
                "c:f64[] = mul a 2.0:f64[]; d:f64[] = sub b c in (d,)".replace("a 2.0:f64[]", "2.0:f64[] a"));
        simplifies(
                "a:f64[3] b:f64[3]",
                "c:f64[3] = neg a; d:f64[] = dot_general[dimension_numbers=(([0], [0]), ([], []))] c b; e:f64[] = neg d"
                        + " in (e,)",
                "c:f64[] = dot_general[dimension_numbers=(([0], [0]), ([], []))] a b in (c,)");
    }

    @Test
    void zeroTimesXStays() {
        stays("a:f64[]", "b:f64[] = mul 0.0:f64[] a in (b,)");
        stays("a:f64[]", "b:f64[] = sub a a in (b,)");
        stays("a:f64[]", "b:f64[] = div a a in (b,)");
        simplifies("a:i32[]", "b:i32[] = mul 0:i32[] a in (b,)", "in (0:i32[],)");
    }

    @Test
    void constantsFoldWhereTheResultIsExact() {
        simplifies(
                "a:f64[]",
                "b:f64[] = mul 2.0:f64[] a; c:f64[] = mul 3.0:f64[] b in (c,)",
                "b:f64[] = mul 6.0:f64[] a in (b,)");
        stays("a:f64[]", "b:f64[] = mul 0.1:f64[] a; c:f64[] = mul 3.0:f64[] b in (c,)");
        simplifies("a:f64[]", "b:f64[] = div a 4.0:f64[] in (b,)", "b:f64[] = mul 0.25:f64[] a in (b,)");
        stays("a:f64[]", "b:f64[] = div a 3.0:f64[] in (b,)");
        simplifies(
                "a:f64[3]",
                "b:f64[3] = broadcast_in_dim[shape=(3,) broadcast_dimensions=()] 2.0:f64[]; c:f64[3] = mul b a in (c,)",
                "b:f64[3] = mul 2.0:f64[] a in (b,)");
        stays("", "a:f64[] = sin 1.0:f64[] in (a,)");
    }

    @Test
    void choicesBySeveralEqualPredicatesAreOne() {
        simplifies("a:bool[] b:f64[]", "c:f64[] = select_n a b b in (c,)", "in (b,)");
        simplifies(
                "a:bool[] b:f64[] c:f64[] d:f64[]",
                "e:f64[] = select_n a b c; f:f64[] = select_n a d e in (f,)",
                "e:f64[] = select_n a d c in (e,)");
        simplifies(
                "a:bool[] b:f64[] c:f64[]",
                "d:bool[] = not a; e:f64[] = select_n d b c in (e,)",
                "d:f64[] = select_n a c b in (d,)");
    }

    @Test
    void functionsOfChosenNumbersAreChosenNumbers() {
        simplifies(
                "a:bool[3] b:f64[3]",
                "c:f64[3] = select_n a 0.0:f64[] 1.0:f64[]; d:f64[3] = mul c 0.5:f64[]; e:f64[3] = mul d b in (e,)",
                "c:f64[3] = select_n a 0.0:f64[] 0.5:f64[]; d:f64[3] = mul c b in (d,)");
        // Not where they would be chosen twice, and not where the number is none that every machine gives.
        stays("a:bool[]", "b:f64[] = select_n a 3.0:f64[] 1.0:f64[]; c:f64[] = mul b 0.5:f64[] in (b, c)");
        stays("a:bool[]", "b:f64[] = select_n a 3.0:f64[] 1.0:f64[]; c:f64[] = sin b in (c,)");
        // Zero times b is NaN where b is infinite.
        stays("a:bool[] b:f64[]", "c:f64[] = select_n a 0.0:f64[] 1.0:f64[]; d:f64[] = mul c b in (d,)");
    }

    @Test
    void whereAChoiceHasBeenMadeItIsNotMadeAgain() {
        // The derivative of where(a, b, exp(b)).
        simplifies("a:bool[3] b:f64[3]", """
            c:f64[3] = select_n a 1.0:f64[] 0.0:f64[]
            d:f64[3] = exp b
            e:f64[3] = mul c d
            f:f64[3] = select_n a e 0.0:f64[]
            in (f,)\
            """, "c:f64[3] = exp b; d:f64[3] = select_n a c 0.0:f64[] in (d,)");
        // A function may be slow or far away where the operand has been chosen otherwise.
        stays("a:bool[] b:f64[]", """
            c:f64[] = select_n a b 0.0:f64[]
            d:f64[] = exp c
            e:f64[] = select_n a d 1.0:f64[]
            in (e,)\
            """);
        stays("a:bool[] b:f64[] c:bool[]", """
            d:f64[] = select_n a b 0.0:f64[]
            e:f64[] = square d
            f:f64[] = select_n c e 1.0:f64[]
            in (f,)\
            """);
    }

    @Test
    void choicesBetweenTruthValuesArePredicates() {
        simplifies("a:bool[]", "b:bool[] = select_n a False:bool[] True:bool[] in (b,)", "in (a,)");
        simplifies("a:bool[]", "b:bool[] = select_n a True:bool[] False:bool[] in (b,)", "b:bool[] = not a in (b,)");
        simplifies(
                "a:i32[3]",
                "b:bool[3] = le a a in (b,)",
                "b:bool[3] = broadcast_in_dim[shape=(3,)" + " broadcast_dimensions=()] True:bool[] in (b,)");
        // NaN differs from itself.
        stays("a:f64[]", "b:bool[] = eq a a in (b,)");
    }

    @Test
    void anAbsorbingLiteralFillsTheShape() {
        simplifies(
                "a:bool[2]",
                "b:bool[2] = or a True:bool[] in (b,)",
                "b:bool[2] = broadcast_in_dim[shape=(2,) broadcast_dimensions=()] True:bool[] in (b,)");
    }

    @Test
    void conversionsWithoutLossVanish() {
        simplifies(
                "a:f32[]",
                "b:f64[] = convert_element_type[new_dtype=float64] a; c:f32[] ="
                        + " convert_element_type[new_dtype=float32] b in (c,)",
                "in (a,)");
        stays(
                "a:f64[]",
                "b:f32[] = convert_element_type[new_dtype=float32] a; c:f64[] ="
                        + " convert_element_type[new_dtype=float64] b in (c,)");
    }

    @Test
    void movesCombine() {
        simplifies(
                "a:f64[2,3]",
                "b:f64[3,2] = transpose[permutation=(1, 0)] a; c:f64[2,3] = transpose[permutation=(1, 0)] b in (c,)",
                "in (a,)");
        simplifies(
                "a:f64[3]",
                "b:f64[1,3] = expand_dims[dimensions=(0,)] a; "
                        + "c:f64[2,3] = broadcast_in_dim[shape=(2, 3) broadcast_dimensions=(0, 1)] b; "
                        + "d:f64[3,2] = transpose[permutation=(1, 0)] c in (d,)",
                "b:f64[3,2] = broadcast_in_dim[shape=(3, 2) broadcast_dimensions=(0,)] a in (b,)");
        simplifies(
                "a:f64[]",
                "b:f64[6] = broadcast_in_dim[shape=(6,) broadcast_dimensions=()] a; c:f64[2,3] = reshape[new_sizes=(2,"
                        + " 3)] b in (c,)",
                "b:f64[2,3] = broadcast_in_dim[shape=(2, 3) broadcast_dimensions=()] a in (b,)");
        simplifies(
                "a:f64[6]",
                "b:f64[2,3] = reshape[new_sizes=(2, 3)] a; c:f64[1,2,3] = expand_dims[dimensions=(0,)] b; "
                        + "d:f64[6] = reshape[new_sizes=(6,)] c in (d,)",
                "in (a,)");
    }

    @Test
    void padsOfPadsAreOne() {
        simplifies(
                "a:f64[3]",
                "b:f64[4] = pad[low=(1,) high=(0,) interior=(0,)] a 0.0:f64[]; "
                        + "c:f64[7] = pad[low=(1,) high=(2,) interior=(0,)] b 0.0:f64[] in (c,)",
                "b:f64[7] = pad[low=(2,) high=(2,) interior=(0,)] a 0.0:f64[] in (b,)");
        stays(
                "a:f64[3]",
                "b:f64[4] = pad[low=(1,) high=(0,) interior=(0,)] a 0.0:f64[]; "
                        + "c:f64[7] = pad[low=(1,) high=(2,) interior=(0,)] b 1.0:f64[] in (c,)");
        stays(
                "a:f64[3]",
                "b:f64[2] = pad[low=(-1,) high=(0,) interior=(0,)] a 0.0:f64[]; "
                        + "c:f64[5] = pad[low=(1,) high=(2,) interior=(0,)] b 0.0:f64[] in (c,)");
    }

    @Test
    void transposesVanishIntoProducts() {
        simplifies(
                "a:f64[3,2] b:f64[3,4]",
                "c:f64[2,3] = transpose[permutation=(1, 0)] a; "
                        + "d:f64[2,4] = dot_general[dimension_numbers=(([1], [0]), ([], []))] c b; "
                        + "e:f64[4,2] = transpose[permutation=(1, 0)] d in (e,)",
                "c:f64[4,2] = dot_general[dimension_numbers=(([0], [0]), ([], []))] b a in (c,)");
    }

    @Test
    void reductionsCombine() {
        simplifies(
                "a:f64[2,3]",
                "b:f64[3] = reduce_sum[axes=(0,)] a; c:f64[] = reduce_sum[axes=(0,)] b in (c,)",
                "b:f64[] = reduce_sum[axes=(0, 1)] a in (b,)");
        simplifies(
                "a:f64[3]",
                "b:f64[4,3] = broadcast_in_dim[shape=(4, 3) broadcast_dimensions=(1,)] a; "
                        + "c:f64[] = reduce_sum[axes=(0, 1)] b in (c,)",
                "b:f64[] = reduce_sum[axes=(0,)] a; c:f64[] = mul 4.0:f64[] b in (c,)");
        simplifies(
                "a:f64[3]",
                "b:f64[4,3] = broadcast_in_dim[shape=(4, 3) broadcast_dimensions=(1,)] a; "
                        + "c:f64[3] = reduce_max[axes=(0,)] b in (c,)",
                "in (a,)");
        simplifies(
                "a:f64[1,3]",
                "b:f64[3] = reduce_sum[axes=(0,)] a; c:f64[1,3] = expand_dims[dimensions=(0,)] b in (c,)",
                "in (a,)");
        simplifies(
                "a:f64[]",
                "b:f64[0] = broadcast_in_dim[shape=(0,) broadcast_dimensions=()] a; c:f64[] = reduce_sum[axes=(0,)] b"
                        + " in (c,)",
                "b:f64[0] = broadcast_in_dim[shape=(0,) broadcast_dimensions=()] a; c:f64[] = reduce_sum[axes=(0,)] b"
                        + " in (c,)");
    }

    @Test
    void shortCallsAreInlined() {
        simplifies(
                "a:f64[] b:f64[]",
                "c:f64[] d:f64[] = jit[name=f jaxpr={ lambda ; a:f64[] b:f64[]. let c:f64[] = sin a; d:f64[] = cos b"
                        + " in (c, d) }] a b in (c,)",
                "c:f64[] = sin a in (c,)");
    }

    @Test
    void calledProgramsLoseWhatTheirCallersDoNotRead() {
        Jaxpr jaxpr = JaxprParser.parse("""
            { lambda ; a:f64[] b:f64[]. let
                c:f64[] _:f64[] = jit[
                  name=f
                  jaxpr={ lambda ; a:f64[] b:f64[]. let
                      c:f64[] _:f64[] = jit[
                        name=g
                        jaxpr={ lambda ; a:f64[] b:f64[]. let
                            c:f64[] = sin a
                            d:f64[] = exp b
                          in (c, d) }
                      ] a b
                      d:f64[] = cos b
                    in (c, d) }
                ] a b
              in (c,) }\
            """);
        assertEquals("""
            { lambda ; a:f64[] b:f64[]. let
                c:f64[] = jit[
                  name=f
                  jaxpr={ lambda ; a:f64[]. let
                      b:f64[] = jit[
                        name=g
                        jaxpr={ lambda ; a:f64[]. let b:f64[] = sin a in (b,) }
                      ] a
                    in (b,) }
                ] a
              in (c,) }\
            """, JaxprPrinter.print(JaxprChecker.check(new DeadCode().apply(jaxpr))));
    }
}
