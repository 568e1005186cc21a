package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import org.junit.jupiter.api.Test;

class LoopResidualsTest {
    private static void becomes(String before, String after) {
        Jaxpr pruned = new DeadCode().apply(new LoopResiduals().apply(JaxprParser.parse(before)));
        assertEquals(JaxprPrinter.print(JaxprParser.parse(after)), JaxprPrinter.print(JaxprChecker.check(pruned)));
    }

    private static void stays(String program) {
        becomes(program, program);
    }

    @Test
    void whatFollowsFromOtherStacksIsComputedAgain() {
        becomes("""
            { lambda ; a:f64[3] b:f64[5,3]. let
                c:f64[3] d:f64[5,3] e:f64[5,3] = scan[
                  jaxpr={ lambda ; f:f64[3] g:f64[3]. let
                      h:f64[3] = mul f g
                      i:f64[3] = logistic h
                      j:f64[3] = sub 1.0:f64[] i
                      k:f64[3] = mul i j
                    in (h, i, k) }
                  length=5 reverse=False unroll=1 num_consts=0 num_carry=1] a b
                l:f64[3] = scan[
                  jaxpr={ lambda ; m:f64[3] n:f64[3] o:f64[3]. let
                      p:f64[3] = mul m n
                      q:f64[3] = mul p o
                    in (q,) }
                  length=5 reverse=True unroll=1 num_consts=0 num_carry=1] a d e
            in (c, l) }
            """, """
            { lambda ; a:f64[3] b:f64[5,3]. let
                c:f64[3] d:f64[5,3] = scan[
                  jaxpr={ lambda ; f:f64[3] g:f64[3]. let
                      h:f64[3] = mul f g
                      i:f64[3] = logistic h
                    in (h, i) }
                  length=5 reverse=False unroll=1 num_consts=0 num_carry=1] a b
                l:f64[3] = scan[
                  jaxpr={ lambda ; m:f64[3] n:f64[3]. let
                      r:f64[3] = sub 1.0:f64[] n
                      s:f64[3] = mul n r
                      p:f64[3] = mul m n
                      q:f64[3] = mul p s
                    in (q,) }
                  length=5 reverse=True unroll=1 num_consts=0 num_carry=1] a d
            in (c, l) }
            """);
    }

    @Test
    void constantsAndSlicesOfTheFirstLoopComeAlong() {
        becomes("""
            { lambda ; a:f64[3] b:f64[5,3] c:f64[3]. let
                d:f64[3] e:f64[5,3] = scan[
                  jaxpr={ lambda ; f:f64[3] g:f64[3] h:f64[3]. let
                      i:f64[3] = mul f h
                      j:f64[3] = add g i
                    in (j, i) }
                  length=5 reverse=True unroll=1 num_consts=1 num_carry=1] c a b
                k:f64[3] = scan[
                  jaxpr={ lambda ; l:f64[3] m:f64[3]. let n:f64[3] = mul l m in (n,) }
                  length=5 reverse=False unroll=1 num_consts=0 num_carry=1] d e
            in (k,) }
            """, """
            { lambda ; a:f64[3] b:f64[5,3] c:f64[3]. let
                d:f64[3] = scan[
                  jaxpr={ lambda ; f:f64[3] g:f64[3] h:f64[3]. let
                      i:f64[3] = mul f h
                      j:f64[3] = add g i
                    in (j,) }
                  length=5 reverse=True unroll=1 num_consts=1 num_carry=1] c a b
                k:f64[3] = scan[
                  jaxpr={ lambda ; o:f64[3] l:f64[3] m:f64[3]. let
                      p:f64[3] = mul o m
                      n:f64[3] = mul l p
                    in (n,) }
                  length=5 reverse=False unroll=1 num_consts=1 num_carry=1] c d b
            in (k,) }
            """);
    }

    @Test
    void aFarSmallerValueIsStackedInstead() {
        becomes("""
            { lambda ; a:f64[9]. let
                b:f64[9] c:f64[5,9,9] = scan[
                  jaxpr={ lambda ; d:f64[9]. let
                      e:f64[9] = sin d
                      f:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(0,)] e
                      g:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(1,)] e
                      h:f64[9,9] = sub f g
                    in (e, h) }
                  length=5 reverse=False unroll=1 num_consts=0 num_carry=1] a
                i:f64[9] = scan[
                  jaxpr={ lambda ; j:f64[9] k:f64[9,9]. let
                      l:f64[9] = dot_general[dimension_numbers=(([1], [0]), ([], []))] k j
                    in (l,) }
                  length=5 reverse=True unroll=1 num_consts=0 num_carry=1] b c
            in (i,) }
            """, """
            { lambda ; a:f64[9]. let
                b:f64[9] c:f64[5,9] = scan[
                  jaxpr={ lambda ; d:f64[9]. let e:f64[9] = sin d in (e, e) }
                  length=5 reverse=False unroll=1 num_consts=0 num_carry=1] a
                i:f64[9] = scan[
                  jaxpr={ lambda ; j:f64[9] k:f64[9]. let
                      f:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(0,)] k
                      g:f64[9,9] = broadcast_in_dim[shape=(9, 9) broadcast_dimensions=(1,)] k
                      h:f64[9,9] = sub f g
                      l:f64[9] = dot_general[dimension_numbers=(([1], [0]), ([], []))] h j
                    in (l,) }
                  length=5 reverse=True unroll=1 num_consts=0 num_carry=1] b c
            in (i,) }
            """);
    }

    @Test
    void dearValuesAndStacksReadElsewhereStay() {
        stays("""
            { lambda ; a:f64[3]. let
                b:f64[3] c:f64[5,3] d:f64[5,3] e:f64[5,3] = scan[
                  jaxpr={ lambda ; f:f64[3]. let
                      g:f64[3] = sin f
                      h:f64[3] = exp g
                      i:f64[3] = mul g h
                    in (g, g, h, i) }
                  length=5 reverse=False unroll=1 num_consts=0 num_carry=1] a
                j:f64[3] = scan[
                  jaxpr={ lambda ; k:f64[3] l:f64[3] m:f64[3] n:f64[3]. let
                      o:f64[3] = mul l m
                      p:f64[3] = add o n
                      q:f64[3] = mul k p
                    in (q,) }
                  length=5 reverse=True unroll=1 num_consts=0 num_carry=1] b c d e
            in (j, e) }
            """);
    }
}
