package dev.fluxion.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.GivenUp;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.testing.RandomJaxprs;
import dev.fluxion.ir.text.JaxprParser;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results come to lie in the arrays of deleted ones, and in no others. */
class DeletionTest {
    private static final SourceInfo HERE = new SourceInfo("Model.java", 42, "step");
    private static final int N = 4096;
    private static final Executable DOUBLED = Agreement.ENGINE.compile(
            JaxprParser.parse("{ lambda ; a:f64[4096]. let b:f64[4096] = mul 2.0:f64[] a in (b,) }"));

    @BeforeEach
    @BeforeTry
    void nothingIsKept() {
        SpareArrays.clear();
        assertEquals(0, SpareArrays.bytes());
    }

    private static HostArray counting(int from) {
        return HostArray.wrap(
                ArrayType.of(DType.FLOAT64, N),
                IntStream.range(from, from + N).asDoubleStream().toArray());
    }

    private static HostArray doubled(HostArray x) {
        return HostArray.of(DOUBLED.run(x)[0]);
    }

    @Test
    void laterResultsTakeTheArraysOfDeletedOnes() {
        HostArray first = doubled(counting(0));
        Object array = first.data();
        first.delete(HERE);
        assertEquals(8 * N, SpareArrays.bytes());
        HostArray second = doubled(counting(1));
        assertSame(array, second.data());
        assertEquals(0, SpareArrays.bytes());
        assertArrayEquals(
                IntStream.range(1, 1 + N).mapToDouble(i -> 2.0 * i).toArray(), (double[]) second.toHostArray());
        assertNotSame(array, doubled(counting(2)).data());
    }

    @Test
    void whatWasDeletedRefusesToBeRead() {
        HostArray x = doubled(counting(0));
        x.delete(HERE);
        String message = """
            FX0603 a deleted f64[4096] was used
              it was deleted at Model.java:42: its buffer holds other results by now
              hint: delete an array after its last use\
            """;
        assertEquals(message, refused(() -> x.doubleAt(0)));
        assertEquals(message, refused(x::toHostArray));
        assertEquals(message, refused(() -> x.donate(HERE)));
        assertEquals(message, refused(() -> DOUBLED.run(x)));
        assertEquals("f64[4096] (given up at Model.java:42)", x.toString());
        assertEquals(new GivenUp(true, HERE), x.givenUp());
    }

    private static String refused(org.junit.jupiter.api.function.Executable use) {
        return assertThrows(FluxionException.class, use).getMessage();
    }

    @Test
    void deletingTwiceKeepsTheArrayOnce() {
        HostArray x = doubled(counting(0));
        x.delete(HERE);
        x.delete(new SourceInfo("Model.java", 43, "step"));
        assertEquals(8 * N, SpareArrays.bytes());
        assertEquals(new GivenUp(true, HERE), x.givenUp());
    }

    @Test
    void whatWasDonatedIsNotDeleted() {
        HostArray x = doubled(counting(0));
        HostArray owner = x.donate(HERE);
        x.delete(new SourceInfo("Model.java", 43, "step"));
        assertEquals(0, SpareArrays.bytes());
        assertEquals(new GivenUp(false, HERE), x.givenUp());
        assertEquals(2.0, owner.doubleAt(1));
    }

    @Test
    void arraysOfTheUserAreLeftAlone() {
        HostArray x = counting(0);
        double[] array = (double[]) x.data();
        x.delete(HERE);
        assertEquals(0, SpareArrays.bytes());
        assertEquals(5.0, array[5]);
    }

    @Test
    void whatAReshapedArraySharesStays() {
        HostArray x = doubled(counting(0));
        HostArray matrix = HostArray.of(Agreement.ENGINE.compile(JaxprParser.parse(
                        "{ lambda ; a:f64[4096]. let b:f64[64,64] = reshape[new_sizes=(64, 64)] a in (b,) }"))
                .run(x)[0]);
        assertSame(x.data(), matrix.data());
        x.delete(HERE);
        assertEquals(0, SpareArrays.bytes());
        doubled(counting(7));
        assertEquals(6.0, matrix.doubleAt(3));
    }

    @Test
    void smallArraysAreNotKept() {
        HostArray.of(Agreement.ENGINE.compile(JaxprParser.parse("{ lambda ; a:f64[4]. let b:f64[4] = neg a in (b,) }"))
                        .run(HostArray.copyOf(ArrayType.of(DType.FLOAT64, 4), new double[4]))[0])
                .delete(HERE);
        assertEquals(0, SpareArrays.bytes());
    }

    @Test
    void callsFromManyThreadsTakeAnArrayOnce() {
        double[] sums = IntStream.range(0, 64)
                .parallel()
                .mapToDouble(i -> {
                    double sum = 0;
                    for (int round = 0; round < 200; round++) {
                        HostArray x = doubled(counting(i));
                        HostArray y = doubled(x);
                        x.delete(HERE);
                        sum += Arrays.stream((double[]) y.data()).sum();
                        y.delete(HERE);
                    }
                    return sum;
                })
                .toArray();
        for (int i = 0; i < sums.length; i++) {
            assertEquals(200 * 4 * ((double) N * i + N * (N - 1) / 2), sums[i]);
        }
    }

    @Provide
    Arbitrary<Jaxpr> any() {
        return RandomJaxprs.any();
    }

    /** Whatever the arrays hold that results take. */
    @Property(tries = 400, seed = "20261201")
    void everyElementOfAResultIsWritten(@ForAll("any") Jaxpr jaxpr) {
        ArrayData[] inputs = new ArrayData[jaxpr.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Samples.ordinary(jaxpr.inputs().get(i).type(), i);
        }
        Executable program = Agreement.ENGINE.compile(jaxpr);
        ArrayData[] expected = program.run(inputs);
        for (ArrayType type : jaxpr.outputTypes()) {
            Object garbage = HostData.allocate(type.dtype(), type.size());
            Literal wrong = switch (type.dtype()) {
                case BOOL -> Literal.of(true);
                case INT32, INT64 -> Literal.of(type.dtype(), 77L);
                case FLOAT32, FLOAT64 -> Literal.of(type.dtype(), 77.0);
            };
            HostData.fill(garbage, 0, type.size(), wrong);
            SpareArrays.keep(type.dtype(), garbage);
        }
        ArrayData[] actual = program.run(inputs);
        for (int k = 0; k < expected.length; k++) {
            for (int i = 0; i < expected[k].type().size(); i++) {
                assertEquals(
                        HostArray.of(expected[k]).literalAt(i),
                        HostArray.of(actual[k]).literalAt(i),
                        jaxpr::toString);
            }
        }
    }
}
