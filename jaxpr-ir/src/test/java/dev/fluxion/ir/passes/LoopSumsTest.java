package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import org.junit.jupiter.api.Test;

/** Sums of products go behind the loop, where memory allows it. */
class LoopSumsTest {
    /** A scan of 7 steps; {@code body} computes the next c, which is e, and the next g, which is h, from w, c, g and x. */
    private static Jaxpr loop(String body) {
        return JaxprParser.parse("""
            { lambda ; a:f64[5,4] b:f64[2,4] s:f64[4,5] t:f64[7,2,5]. let
                i:f64[2,4] j:f64[4,5] = scan[
                  jaxpr={ lambda ; w:f64[5,4] c:f64[2,4] g:f64[4,5] x:f64[2,5]. let
                      %s
                    in (e, h) }
                  length=7
                  reverse=True
                  unroll=1
                  num_consts=1
                  num_carry=2
                ] a b s t
              in (i, j) }\
            """.formatted(body));
    }

    private static void stays(String body) {
        Jaxpr jaxpr = loop(body);
        assertEquals(JaxprPrinter.print(jaxpr), JaxprPrinter.print(new LoopSums().apply(jaxpr)));
    }

    @Test
    void theGradientOfAMatrixIsOneProduct() {
        Jaxpr moved = JaxprChecker.check(new LoopSums().apply(loop("""
            d:f64[2,4] = dot_general[dimension_numbers=(([1], [0]), ([], []))] x w
            e:f64[2,4] = mul c d
            f:f64[4,5] = dot_general[dimension_numbers=(([0], [0]), ([], []))] e x
            h:f64[4,5] = add g f\
            """)));
        assertEquals(JaxprPrinter.print(JaxprParser.parse("""
            { lambda ; a:f64[5,4] b:f64[2,4] s:f64[4,5] t:f64[7,2,5]. let
                i:f64[2,4] k:f64[7,2,4] = scan[
                  jaxpr={ lambda ; w:f64[5,4] c:f64[2,4] x:f64[2,5]. let
                      d:f64[2,4] = dot_general[dimension_numbers=(([1], [0]), ([], []))] x w
                      e:f64[2,4] = mul c d
                    in (e, e) }
                  length=7
                  reverse=True
                  unroll=1
                  num_consts=1
                  num_carry=1
                ] a b t
                l:f64[4,5] = dot_general[dimension_numbers=(([0, 1], [0, 1]), ([], []))] k t
                j:f64[4,5] = add s l
              in (i, j) }\
            """)), JaxprPrinter.print(moved));
    }

    @Test
    void aSumOfProductsIsASumOfProducts() {
        Jaxpr moved = JaxprChecker.check(new LoopSums().apply(JaxprParser.parse("""
            { lambda ; a:f64[4] b:f64[4,4] c:f64[7,4] d:f64[7,4,4]. let
                e:f64[4] f:f64[4,4] = scan[
                  jaxpr={ lambda ; g:f64[4] h:f64[4,4] i:f64[4] j:f64[4,4]. let
                      k:f64[4] = sin g
                      l:f64[4] = dot_general[dimension_numbers=(([1], [0]), ([], []))] j k
                      m:f64[4,4] = dot_general[dimension_numbers=(([], []), ([], []))] k i
                      n:f64[4,4] = dot_general[dimension_numbers=(([], []), ([], []))] i l
                      o:f64[4,4] = add m n
                      p:f64[4,4] = sub h o
                    in (l, p) }
                  length=7 reverse=True unroll=1 num_consts=0 num_carry=2] a b c d
              in (e, f) }\
            """)));
        assertEquals(JaxprPrinter.print(JaxprParser.parse("""
            { lambda ; a:f64[4] b:f64[4,4] c:f64[7,4] d:f64[7,4,4]. let
                e:f64[4] f:f64[7,4] g:f64[7,4] = scan[
                  jaxpr={ lambda ; g:f64[4] i:f64[4] j:f64[4,4]. let
                      k:f64[4] = sin g
                      l:f64[4] = dot_general[dimension_numbers=(([1], [0]), ([], []))] j k
                    in (l, k, l) }
                  length=7 reverse=True unroll=1 num_consts=0 num_carry=1] a c d
                m:f64[4,4] = dot_general[dimension_numbers=(([0], [0]), ([], []))] f c
                n:f64[4,4] = dot_general[dimension_numbers=(([0], [0]), ([], []))] c g
                o:f64[4,4] = add m n
                p:f64[4,4] = sub b o
              in (e, p) }\
            """)), JaxprPrinter.print(moved));
    }

    @Test
    void productsOfWhichOneStaysStay() {
        stays("""
            e:f64[2,4] = mul c 2.0:f64[]
            f:f64[4,5] = dot_general[dimension_numbers=(([0], [0]), ([], []))] e x
            d:f64[4,4] = dot_general[dimension_numbers=(([0], [0]), ([], []))] e e
            k:f64[4,5] = dot_general[dimension_numbers=(([1], [1]), ([], []))] d w
            l:f64[4,5] = add f k
            h:f64[4,5] = add g l\
            """);
    }

    @Test
    void sumsThatTheLoopReadsStay() {
        stays("""
            d:f64[2,4] = dot_general[dimension_numbers=(([1], [1]), ([], []))] x g
            e:f64[2,4] = mul c d
            f:f64[4,5] = dot_general[dimension_numbers=(([0], [0]), ([], []))] e x
            h:f64[4,5] = add g f\
            """);
    }

    @Test
    void constantFactorsStay() {
        stays("""
            e:f64[2,4] = mul c 2.0:f64[]
            d:f64[4,4] = dot_general[dimension_numbers=(([0], [0]), ([], []))] e e
            f:f64[4,5] = dot_general[dimension_numbers=(([1], [1]), ([], []))] d w
            h:f64[4,5] = add g f\
            """);
    }

    @Test
    void nothingLargerThanTheSlicesIsStacked() {
        stays("""
            e:f64[2,4] = mul c 2.0:f64[]
            d:f64[9,2,4] = broadcast_in_dim[shape=(9, 2, 4) broadcast_dimensions=(1, 2)] e
            k:f64[9,2,5] = broadcast_in_dim[shape=(9, 2, 5) broadcast_dimensions=(1, 2)] x
            f:f64[4,5] = dot_general[dimension_numbers=(([0, 1], [0, 1]), ([], []))] d k
            h:f64[4,5] = add g f\
            """);
    }
}
