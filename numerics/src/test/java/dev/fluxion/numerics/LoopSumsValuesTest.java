package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.passes.LoopSums;
import dev.fluxion.ir.text.JaxprParser;
import io.vavr.collection.Array;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of products behind the loop, on whole numbers, whose sums are the same in any order. */
class LoopSumsValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "m:f64[4,5] = add f l; h:f64[4,5] = add g m",
                "m:f64[4,5] = sub f l; h:f64[4,5] = add m g",
                "m:f64[4,5] = sub l f; h:f64[4,5] = sub g m"
            })
    void theLastCarryIsTheSame(String sums) {
        Jaxpr jaxpr = JaxprParser.parse("""
            { lambda ; a:f64[5,4] b:f64[2,4] s:f64[4,5] t:f64[3,2,5] u:f64[3,2,4]. let
                i:f64[2,4] j:f64[4,5] = scan[
                  jaxpr={ lambda ; w:f64[5,4] c:f64[2,4] g:f64[4,5] x:f64[2,5] y:f64[2,4]. let
                      d:f64[2,4] = dot_general[dimension_numbers=(([1], [0]), ([], []))] x w
                      e:f64[2,4] = max c d
                      f:f64[4,5] = dot_general[dimension_numbers=(([0], [0]), ([], []))] e x
                      k:f64[5,4] = dot_general[dimension_numbers=(([0], [0]), ([], []))] x y
                      l:f64[4,5] = transpose[permutation=(1, 0)] k
                      %s
                    in (e, h) }
                  length=3 reverse=True unroll=1 num_consts=1 num_carry=2] a b s t u
              in (i, j) }\
            """.formatted(sums));
        Jaxpr moved = new LoopSums().apply(jaxpr);
        Array<Control.Scan> loops = moved.equations()
                .filter(e -> e.primitive() instanceof Control.Scan)
                .map(e -> (Control.Scan) e.primitive());
        assertEquals(1, loops.get(0).carry());
        Random random = new Random(3);
        ArrayData[] inputs = jaxpr.inputs()
                .map(in -> (ArrayData) HostArray.wrap(
                        in.type(),
                        random.ints(in.type().size(), -3, 4).asDoubleStream().toArray()))
                .toJavaArray(ArrayData[]::new);
        ArrayData[] expected = Agreement.REFERENCE.compile(jaxpr).run(inputs);
        ArrayData[] actual = Agreement.REFERENCE.compile(moved).run(inputs);
        for (int k = 0; k < expected.length; k++) {
            assertArrayEquals(values(expected[k]), values(actual[k]));
        }
    }

    private static double[] values(ArrayData array) {
        double[] values = new double[array.type().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.doubleAt(i);
        }
        return values;
    }
}
