package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.text.JaxprParser;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Intermediate values lie in the arrays of results that are not written yet. */
class ResultBuffersTest {
    private static Jaxpr program(String inputs, String equations) {
        return JaxprParser.parse("{ lambda ; " + inputs + ". let " + equations + " }");
    }

    private static long temporaries(Jaxpr jaxpr) {
        return Agreement.ENGINE.compile(jaxpr).memory().temporaryBytes();
    }

    /** Small integers, with which everything is exact. */
    private static ArrayData[] inputs(Jaxpr jaxpr) {
        return jaxpr.inputs()
                .zipWithIndex((in, i) -> {
                    double[] values = new double[in.type().size()];
                    Arrays.setAll(values, k -> (k * 7 + i) % 5 + 1);
                    return (ArrayData) HostArray.wrap(in.type(), values);
                })
                .toJavaArray(ArrayData[]::new);
    }

    /** A step of gradient descent: the gradient is computed where the new weights will be. */
    private static Jaxpr descent() {
        return program("a:f64[8,6] b:f64[8,6] w:f64[6,6]", """
            c:f64[6,6] = dot_general[dimension_numbers=(([0], [0]), ([], []))] a b
            d:f64[6,6] = mul c 3.0:f64[]
            e:f64[6,6] = sub w d
            in (e,)\
            """);
    }

    @Test
    void whatTheResultReplacesInPlaceNeedsNoBuffer() {
        assertEquals(0, temporaries(descent()));
        Agreement.exact(descent(), inputs(descent()));
    }

    @Test
    void everyRunHasResultsOfItsOwn() {
        var executable = Agreement.ENGINE.compile(descent());
        ArrayData[] in = inputs(descent());
        ArrayData first = executable.run(in)[0];
        double[] before = ((double[]) first.toHostArray()).clone();
        ArrayData[] others = {in[0], in[0], in[2]};
        executable.run(others);
        assertArrayEquals(before, (double[]) first.toHostArray());
    }

    /** c is needed when e is computed but not when f is: it lies in f's array. */
    @Test
    void aLaterResultsArrayHoldsWhatAnEarlierOneIsMadeFrom() {
        Jaxpr jaxpr = program("a:f64[6,6] b:f64[6,6]", """
            c:f64[6,6] = dot_general[dimension_numbers=(([0], [0]), ([], []))] a b
            d:f64[6,6] = square c
            e:f64[6,6] = dot_general[dimension_numbers=(([1], [0]), ([], []))] d b
            f:f64[6,6] = dot_general[dimension_numbers=(([1], [1]), ([], []))] e b
            in (e, f)\
            """);
        assertEquals(0, temporaries(jaxpr));
        Agreement.exact(jaxpr, inputs(jaxpr));
    }

    /** c is read after f has been written, and f itself by g. */
    @Test
    void aValueThatOutlivesTheWaitHasABufferOfItsOwn() {
        Jaxpr jaxpr = program("a:f64[6,6] b:f64[6,6]", """
            c:f64[6,6] = dot_general[dimension_numbers=(([0], [0]), ([], []))] a b
            f:f64[6,6] = dot_general[dimension_numbers=(([1], [0]), ([], []))] c b
            g:f64[6,6] = dot_general[dimension_numbers=(([1], [0]), ([], []))] f c
            h:f64[] = reduce_sum[axes=(0, 1)] g
            in (f, h)\
            """);
        assertEquals(2 * 36 * 8, temporaries(jaxpr));
        Agreement.exact(jaxpr, inputs(jaxpr));
    }
}
