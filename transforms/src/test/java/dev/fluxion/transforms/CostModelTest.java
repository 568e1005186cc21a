package dev.fluxion.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.CostAnalysis;
import dev.fluxion.ir.text.JaxprParser;
import io.vavr.collection.Array;
import org.junit.jupiter.api.Test;

/** Counts of small programs; flops and transcendentals of the first three are those that JAX 0.10 reports. */
class CostModelTest {
    private static CostAnalysis of(String program) {
        return CostModel.of(JaxprParser.parse(program));
    }

    private static void counts(double flops, double transcendentals, double bytes, CostAnalysis cost) {
        assertEquals(flops, cost.flops());
        assertEquals(transcendentals, cost.transcendentals());
        assertEquals(bytes, cost.bytesAccessed());
    }

    @Test
    void aMatrixProductIsAMultiplicationAndAnAdditionForEachPair() {
        counts(2 * 3 * 5 * 4, 0, 8 * (12 + 20 + 15), of("""
            { lambda ; a:f64[3,4] b:f64[4,5]. let
                c:f64[3,5] = dot_general[dimension_numbers=(([1], [0]), ([], []))] a b
              in (c,) }
            """));
    }

    @Test
    void functionsOfElementsAreCountedApart() {
        counts(10 + 9, 10, 8 * 20 + 8 * 20 + 8 * 11, of("""
            { lambda ; a:f64[10]. let
                b:f64[10] = sin a
                c:f64[10] = mul b 2.0:f64[]
                d:f64[] = reduce_sum[axes=(0,)] c
              in (d,) }
            """));
    }

    @Test
    void anArrayReadTwiceIsReadOnce() {
        counts(10, 0, 160, of("{ lambda ; a:f64[10]. let b:f64[10] = mul a a in (b,) }"));
    }

    @Test
    void slicesMoveWhatTheyGiveAndReshapesNothing() {
        counts(0, 0, 2 * 8 * 2, of("""
            { lambda ; a:f64[100]. let
                b:f64[2] = slice[limit_indices=(2,) start_indices=(0,) strides=(1,)] a
                c:f64[1,2] = reshape[new_sizes=(1, 2)] b
              in (c,) }
            """));
    }

    private static final String STEP = "{ lambda ; c:f64[4] x:f64[4]. let d:f64[4] = add c x in (d, d) }";

    @Test
    void aScanCostsItsLengthTimesItsBody() {
        CostAnalysis cost = of("""
            { lambda ; a:f64[4] b:f64[100,4]. let
                c:f64[4] d:f64[100,4] = scan[
                  jaxpr=%s
                  length=100
                  num_carry=1
                  num_consts=0
                  reverse=False
                  unroll=1
                ] a b
              in (c, d) }
            """.formatted(STEP));
        counts(400, 0, 100 * 96, cost);
        assertEquals(100, cost.operations().get("add").get().times());
        assertEquals(Array.empty(), cost.assumptions());
    }

    @Test
    void ofACondTheMostExpensiveBranch() {
        CostAnalysis cost = of("""
            { lambda ; i:i32[] a:f64[4]. let
                b:f64[4] = cond[
                  branches=(
                    { lambda ; x:f64[4]. let y:f64[4] = neg x in (y,) }
                    { lambda ; x:f64[4]. let y:f64[4] = sin x z:f64[4] = neg y in (z,) }
                  )
                ] i a
              in (b,) }
            """);
        counts(4, 4, 128, cost);
        assertEquals(Array.of("of a cond the most expensive branch runs"), cost.assumptions());
    }

    @Test
    void ofAWhileLoopOneIteration() {
        CostAnalysis cost = of("""
            { lambda ; a:f64[]. let
                b:f64[] = while[
                  body_jaxpr={ lambda ; x:f64[]. let y:f64[] = add x 1.0:f64[] in (y,) }
                  body_nconsts=0
                  cond_jaxpr={ lambda ; x:f64[]. let y:bool[] = lt x 10.0:f64[] in (y,) }
                  cond_nconsts=0
                ] a
              in (b,) }
            """);
        counts(2, 0, 16 + 9, cost);
        assertEquals(Array.of("a while loop runs one iteration"), cost.assumptions());
    }

    @Test
    void powersAreProducts() {
        assertEquals(3, ElementwiseCosts.products(5));
        assertEquals(0, ElementwiseCosts.products(1));
        assertEquals(2, ElementwiseCosts.products(-2));
    }
}
