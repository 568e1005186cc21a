package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import org.junit.jupiter.api.Test;

class TransposesTest {
    private static final String TRANSPOSE = "transpose[permutation=(1, 0)]";

    private static void becomes(String inputs, String before, String after) {
        Jaxpr moved = JaxprChecker.check(new Transposes().apply(program(inputs, before)));
        assertEquals(JaxprPrinter.print(program(inputs, after)), JaxprPrinter.print(moved));
    }

    private static void stays(String inputs, String program) {
        becomes(inputs, program, program);
    }

    private static Jaxpr program(String inputs, String equations) {
        return JaxprParser.parse("{ lambda ; " + inputs + ". let " + equations + " }");
    }

    @Test
    void productsAndRepeatedValuesTakeTransposesIn() {
        becomes("a:f64[2,3] b:f64[3,4] c:f64[4]", """
            d:f64[2,4] = dot_general[dimension_numbers=(([1], [0]), ([], []))] a b
            e:f64[2,4] = broadcast_in_dim[shape=(2, 4) broadcast_dimensions=(1,)] c
            f:f64[2,4] = mul d e
            g:f64[2,4] = sin f
            h:f64[4,2] =\
            """ + " " + TRANSPOSE + " g in (h,)", """
            d:f64[4,2] = dot_general[dimension_numbers=(([0], [1]), ([], []))] b a
            e:f64[4,2] = broadcast_in_dim[shape=(4, 2) broadcast_dimensions=(0,)] c
            f:f64[4,2] = mul d e
            g:f64[4,2] = sin f
            in (g,)\
            """);
    }

    @Test
    void unitVectorsAndRepeatedValuesAreTheirOwnTransposes() {
        // The end of a Hessian, whose diagonal is read elsewhere too.
        becomes("a:f64[3] b:f64[3]", """
            c:i32[3,3] = iota[dtype=int32 shape=(3, 3) dimension=0]
            d:i32[3,3] = iota[dtype=int32 shape=(3, 3) dimension=1]
            e:bool[3,3] = eq c d
            f:f64[3,3] = convert_element_type[new_dtype=float64] e
            g:f64[3,3] = broadcast_in_dim[shape=(3, 3) broadcast_dimensions=(1,)] a
            h:f64[3,3] = mul f g
            i:f64[3] = reduce_sum[axes=(1,)] h
            j:f64[3,3] = broadcast_in_dim[shape=(3, 3) broadcast_dimensions=(0,)] b
            k:f64[3,3] = sub h j
            l:f64[3,3] = sin k
            m:f64[3,3] =\
            """ + " " + TRANSPOSE + " l in (m, i)", """
            c:i32[3,3] = iota[dtype=int32 shape=(3, 3) dimension=0]
            d:i32[3,3] = iota[dtype=int32 shape=(3, 3) dimension=1]
            e:bool[3,3] = eq c d
            f:f64[3,3] = convert_element_type[new_dtype=float64] e
            g:f64[3,3] = broadcast_in_dim[shape=(3, 3) broadcast_dimensions=(1,)] a
            h:f64[3,3] = mul f g
            i:f64[3] = reduce_sum[axes=(1,)] h
            j:f64[3,3] = broadcast_in_dim[shape=(3, 3) broadcast_dimensions=(0,)] a
            k:f64[3,3] = mul f j
            l:f64[3,3] = broadcast_in_dim[shape=(3, 3) broadcast_dimensions=(1,)] b
            m:f64[3,3] = sub k l
            n:f64[3,3] = sin m
            in (n, i)\
            """);
        // i < j is not j < i.
        becomes("", """
            a:i32[3,3] = iota[dtype=int32 shape=(3, 3) dimension=0]
            b:i32[3,3] = iota[dtype=int32 shape=(3, 3) dimension=1]
            c:bool[3,3] = lt a b
            d:bool[3,3] =\
            """ + " " + TRANSPOSE + " c in (d,)", """
            a:i32[3,3] = iota[dtype=int32 shape=(3, 3) dimension=0]
            b:i32[3,3] = iota[dtype=int32 shape=(3, 3) dimension=1]
            c:bool[3,3] = lt b a
            in (c,)\
            """);
    }

    @Test
    void movesAreMadeAlongTheOtherAxes() {
        becomes("a:f64[2,3] b:f64[3,2]", """
            c:f64[3,2] = transpose[permutation=(1, 0)] a
            d:f64[2,2] = slice[start_indices=(1, 0) limit_indices=(3, 2) strides=(1, 1)] c
            e:f64[4,2] = pad[low=(0, 0) high=(2, 0) interior=(0, 0)] d 0.0:f64[]
            f:i32[4,2] = iota[dtype=int32 shape=(4, 2) dimension=0]
            g:f64[4,2] = convert_element_type[new_dtype=float64] f
            h:f64[4,2] = add e g
            i:f64[8,2] = concatenate[dimension=0] h g
            j:f64[2,8] = transpose[permutation=(1, 0)] i
            in (j,)\
            """, """
            d:f64[2,2] = slice[start_indices=(0, 1) limit_indices=(2, 3) strides=(1, 1)] a
            e:f64[2,4] = pad[low=(0, 0) high=(0, 2) interior=(0, 0)] d 0.0:f64[]
            f:i32[2,4] = iota[dtype=int32 shape=(2, 4) dimension=1]
            g:f64[2,4] = convert_element_type[new_dtype=float64] f
            h:f64[2,4] = add e g
            i:f64[2,8] = concatenate[dimension=1] h g
            in (i,)\
            """);
    }

    @Test
    void aValueReadInBothOrdersIsComputedOnce() {
        stays("a:f64[2,3] b:f64[3,2]", """
            c:f64[2,2] = dot_general[dimension_numbers=(([1], [0]), ([], []))] a b
            d:f64[2,2] = sin c
            e:f64[2,2] =\
            """ + " " + TRANSPOSE + " d; f:f64[2,2] = mul d e in (f,)");
    }

    @Test
    void aTransposeDoesNotBecomeSeveral() {
        stays("a:f64[2,3] b:f64[2,3]", "c:f64[2,3] = mul a b; d:f64[3,2] = " + TRANSPOSE + " c in (d,)");
        stays("a:f64[2,3]", "b:f64[2,3] = sin a; c:f64[3,2] = " + TRANSPOSE + " b in (c,)");
        // Two go, one comes.
        becomes(
                "a:f64[2,3]",
                "b:f64[2,3] = sin a; c:f64[2,3] = mul b 3.0:f64[]; d:f64[3,2] = " + TRANSPOSE + " b; e:f64[3,2] = "
                        + TRANSPOSE + " c in (d, e)",
                "b:f64[3,2] = " + TRANSPOSE + " a; c:f64[3,2] = sin b; d:f64[3,2] = mul c 3.0:f64[] in (c, d)");
    }

    @Test
    void numbersAndPredicatesGoAlong() {
        becomes("a:bool[2,3] b:f64[3,4] c:f64[2,4]", """
            d:bool[3,2] = transpose[permutation=(1, 0)] a
            e:f64[3,2] = dot_general[dimension_numbers=(([1], [1]), ([], []))] b c
            f:f64[3,2] = mul e 2.0:f64[]
            g:f64[3,2] = select_n d e f
            h:f64[2,3] = transpose[permutation=(1, 0)] g
            in (h,)\
            """, """
            d:f64[2,3] = dot_general[dimension_numbers=(([1], [1]), ([], []))] c b
            e:f64[2,3] = mul d 2.0:f64[]
            f:f64[2,3] = select_n a d e
            in (f,)\
            """);
    }
}
