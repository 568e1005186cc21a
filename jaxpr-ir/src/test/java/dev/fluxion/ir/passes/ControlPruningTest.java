package dev.fluxion.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.text.JaxprParser;
import org.junit.jupiter.api.Test;

/** What is left of branches and loops of which only some results are read. */
class ControlPruningTest {
    @Test
    void scanLosesStacksAndCarriesThatNobodyReads() {
        // c counts for nobody; d needs e; the ys are not read, nor what only they need.
        assertPruned("""
            { lambda ; a:f64[] b:f64[4] c:i32[] d:f64[] e:f64[]. let
                f:i32[] g:f64[] h:f64[] i:f64[4] j:f64[4] = scan[
                  jaxpr={ lambda ; k:f64[] l:i32[] m:f64[] n:f64[] o:f64[]. let
                      p:i32[] = add l 1:i32[]
                      q:f64[] = mul m n
                      r:f64[] = sin o
                      s:f64[] = mul r k
                    in (p, q, n, s, q) }
                  length=4
                  reverse=False
                  unroll=1
                  num_consts=1
                  num_carry=3
                ] a c d e b
              in (g, j) }\
            """, """
            { lambda ; a:f64[] b:f64[4] c:i32[] d:f64[] e:f64[]. let
                f:f64[] _:f64[] g:f64[4] = scan[
                  jaxpr={ lambda ; h:f64[] i:f64[]. let j:f64[] = mul h i in (j, i, j) }
                  length=4
                  reverse=False
                  unroll=1
                  num_consts=0
                  num_carry=2
                ] d e
              in (f, g) }\
            """);
    }

    @Test
    void whileKeepsWhatDecides() {
        assertPruned("""
            { lambda ; a:f64[] b:f64[] c:f64[] d:i32[] e:f64[] f:f64[]. let
                g:i32[] h:f64[] i:f64[] = while[
                  cond_jaxpr={ lambda ; j:f64[] k:i32[] l:f64[] m:f64[]. let n:bool[] = lt k 9:i32[] in (n,) }
                  cond_nconsts=1
                  body_jaxpr={ lambda ; o:f64[] p:f64[] q:i32[] r:f64[] s:f64[]. let
                      t:i32[] = add q 1:i32[]
                      u:f64[] = mul r o
                      v:f64[] = mul s p
                    in (t, u, v) }
                  body_nconsts=2
                ] a b c d e f
              in (i,) }\
            """, """
            { lambda ; a:f64[] b:f64[] c:f64[] d:i32[] e:f64[] f:f64[]. let
                _:i32[] g:f64[] = while[
                  cond_jaxpr={ lambda ; h:i32[] i:f64[]. let j:bool[] = lt h 9:i32[] in (j,) }
                  cond_nconsts=0
                  body_jaxpr={ lambda ; k:f64[] l:i32[] m:f64[]. let
                      n:i32[] = add l 1:i32[]
                      o:f64[] = mul m k
                    in (n, o) }
                  body_nconsts=1
                ] c d f
              in (g,) }\
            """);
    }

    @Test
    void branchesKeepWhatEitherNeeds() {
        assertPruned("""
            { lambda ; a:i32[] b:f64[] c:f64[] d:f64[]. let
                e:f64[] f:f64[] = cond[
                  branches=(
                    { lambda ; g:f64[] h:f64[] i:f64[]. let j:f64[] = sin h; k:f64[] = cos i in (j, k) }
                    { lambda ; l:f64[] m:f64[] n:f64[]. let o:f64[] = sin n in (l, o) }
                  )
                ] a b c d
              in (e,) }\
            """, """
            { lambda ; a:i32[] b:f64[] c:f64[] d:f64[]. let
                e:f64[] = cond[
                  branches=(
                    { lambda ; f:f64[] g:f64[]. let h:f64[] = sin g in (h,) }
                    { lambda ; i:f64[] j:f64[]. let  in (i,) }
                  )
                ] a b c
              in (e,) }\
            """);
    }

    private static void assertPruned(String before, String after) {
        assertEquals(
                JaxprParser.parse(after).toString(),
                JaxprChecker.check(new DeadCode().apply(JaxprParser.parse(before)))
                        .toString());
    }
}
