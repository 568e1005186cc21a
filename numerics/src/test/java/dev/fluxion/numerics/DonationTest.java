package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.GivenUp;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.ir.text.JaxprParser;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Results come to lie in the buffers of inputs that were given up, and nowhere else. */
class DonationTest {
    private static final SourceInfo HERE = new SourceInfo("Model.java", 42, "step");

    private static HostArray vector(double... values) {
        return HostArray.copyOf(ArrayType.of(DType.FLOAT64, values.length), values);
    }

    /** The result of a program that may take over its first input. */
    private static HostArray run(String program, HostArray... inputs) {
        return runAll(program, Ints.of(0), inputs)[0];
    }

    private static HostArray[] runAll(String program, Ints donated, ArrayData... inputs) {
        ArrayData[] results =
                Agreement.ENGINE.compile(JaxprParser.parse(program), donated).run(inputs);
        HostArray[] arrays = new HostArray[results.length];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = HostArray.of(results[i]);
        }
        return arrays;
    }

    @Test
    void elementwiseWorkIsDoneInPlace() {
        HostArray x = vector(1, 2, 3, 4);
        HostArray y = run("{ lambda ; a:f64[4] b:f64[4]. let c:f64[4] = mul a b in (c,) }", x, vector(5, 6, 7, 8));
        assertSame(x.data(), y.data());
        assertArrayEquals(new double[] {5, 12, 21, 32}, (double[]) y.data());
    }

    @Test
    void aWindowIsWrittenInPlace() {
        HostArray x = vector(1, 2, 3, 4);
        HostArray y = run("""
            { lambda ; a:f64[4] b:f64[1] i:i64[]. let
                c:f64[4] = dynamic_update_slice a b i
              in (c,) }
            """, x, vector(9), HostArray.copyOf(ArrayType.scalar(DType.INT64), new long[] {2}));
        assertSame(x.data(), y.data());
        assertArrayEquals(new double[] {1, 2, 9, 4}, (double[]) y.data());
    }

    @Test
    void aResultOfTheRightSizeTakesABufferThatIsDeadByThen() {
        HostArray x = vector(1, 2, 3, 4);
        HostArray y = run("""
            { lambda ; a:f64[4] w:f64[4,4]. let
                b:f64[4] = dot_general[dimension_numbers=(([0], [0]), ([], []))] a w
                c:f64[4] = cumsum[axis=0 reverse=False] b
              in (c,) }
            """, x, HostArray.copyOf(ArrayType.of(DType.FLOAT64, 4, 4), new double[] {
            1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1
        }));
        assertSame(x.data(), y.data());
        assertArrayEquals(new double[] {1, 3, 6, 10}, (double[]) y.data());
    }

    @Test
    void anUnusedInputIsReusedToo() {
        HostArray x = vector(1, 2, 3, 4);
        HostArray y = run("{ lambda ; a:f64[4] b:f64[4]. let c:f64[4] = sin b in (c,) }", x, vector(0, 0, 0, 0));
        assertSame(x.data(), y.data());
    }

    @Test
    void aBufferOfAnotherSizeIsNot() {
        HostArray x = vector(1, 2, 3, 4);
        HostArray y = run("{ lambda ; a:f64[4]. let c:f64[] = reduce_sum[axes=(0,)] a in (c,) }", x);
        assertNotSame(x.data(), y.data());
        assertArrayEquals(new double[] {10}, (double[]) y.data());
    }

    @Test
    void anInputThatIsReturnedToo() {
        HostArray x = vector(1, 2, 3, 4);
        HostArray[] results = runAll("{ lambda ; a:f64[4]. let c:f64[4] = neg a in (c, a, a) }", Ints.of(0), x);
        assertNotSame(x.data(), results[0].data());
        assertArrayEquals(new double[] {-1, -2, -3, -4}, (double[]) results[0].data());
        assertArrayEquals(new double[] {1, 2, 3, 4}, (double[]) results[1].data());
        assertEquals(false, results[0].isShared());
        assertEquals(true, results[1].isShared());
        assertEquals(true, results[2].isShared());
    }

    @Test
    void readsBehindTheWriteKeepTheBuffer() {
        HostArray x = vector(1, 2, 3, 4);
        HostArray y = run("""
            { lambda ; a:f64[4]. let
                b:f64[4] = rev[dimensions=(0,)] a
                c:f64[4] = sub a b
              in (c,) }
            """, x);
        assertArrayEquals(new double[] {-3, -1, 1, 3}, (double[]) y.data());
    }

    @Test
    void whatWasDonatedRefusesToBeRead() {
        HostArray x = vector(1, 2);
        HostArray owner = x.donate(HERE);
        String message = """
            FX0603 a donated f64[2] was used
              it was given up at Model.java:42: its buffer holds a result of that call by now
              hint: use that result, or do not donate the argument\
            """;
        assertEquals(message, refused(() -> x.doubleAt(0)));
        assertEquals(message, refused(() -> x.longAt(0)));
        assertEquals(message, refused(() -> x.booleanAt(0)));
        assertEquals(message, refused(x::toHostArray));
        assertEquals(message, refused(() -> x.donate(HERE)));
        assertEquals("f64[2] (given up at Model.java:42)", x.toString());
        assertEquals(new GivenUp(false, HERE), x.givenUp());
        assertEquals(null, owner.givenUp());
        assertEquals(2.0, owner.doubleAt(1));
    }

    private static String refused(org.junit.jupiter.api.function.Executable use) {
        return assertThrows(FluxionException.class, use).getMessage();
    }

    @Test
    void whatAReshapedArraySharesIsCopiedFirst() {
        HostArray x = vector(1, 2, 3, 4);
        HostArray matrix =
                runAll("{ lambda ; a:f64[4]. let b:f64[2,2] = reshape[new_sizes=(2, 2)] a in (b,) }", Ints.of(), x)[0];
        assertSame(x.data(), matrix.data());
        assertNotSame(matrix.data(), x.donate(HERE).data());
        assertArrayEquals(new double[] {1, 2, 3, 4}, (double[]) matrix.toHostArray());
    }

    @Test
    void constantsOfAProgramAreCopiedFirst() {
        HostArray one = run("{ lambda ; a:f64[4]. let  in (1.0:f64[],) }", vector(0, 0, 0, 0));
        Object held = one.data();
        assertNotSame(held, one.donate(HERE).data());
    }

    @Provide
    Arbitrary<Jaxpr> any() {
        return RandomJaxprs.any();
    }

    /** The inputs at the bits of {@code which} are given up, the others keep their values. */
    @Property(tries = 400, seed = "20261123")
    void donatingChangesNoResultAndNoOtherInput(@ForAll("any") Jaxpr jaxpr, @ForAll int which) {
        ArrayData[] expected = Agreement.ENGINE.compile(jaxpr).run(inputs(jaxpr));
        Ints donated = Ints.of(Ints.range(jaxpr.inputs().size()).stream().filter(i -> (which >> i & 1) == 1));
        ArrayData[] given = inputs(jaxpr);
        ArrayData[] actual = Agreement.ENGINE.compile(jaxpr, donated).run(given);
        for (int k = 0; k < expected.length; k++) {
            same(jaxpr, expected[k], actual[k]);
        }
        ArrayData[] fresh = inputs(jaxpr);
        for (int i = 0; i < given.length; i++) {
            if (!donated.contains(i)) {
                same(jaxpr, fresh[i], given[i]);
            }
        }
    }

    private static void same(Jaxpr jaxpr, ArrayData expected, ArrayData actual) {
        for (int i = 0; i < expected.type().size(); i++) {
            assertEquals(
                    HostArray.of(expected).literalAt(i), HostArray.of(actual).literalAt(i), jaxpr::toString);
        }
    }

    private static ArrayData[] inputs(Jaxpr jaxpr) {
        ArrayData[] inputs = new ArrayData[jaxpr.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Samples.ordinary(jaxpr.inputs().get(i).type(), i);
        }
        return inputs;
    }
}
