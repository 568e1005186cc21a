package dev.fluxion.ir.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.testing.HostArray;
import dev.fluxion.ir.testing.PrimitiveExamples;
import dev.fluxion.ir.testing.RandomJaxprs;
import io.vavr.collection.Array;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written reads back as the same program, in both forms. */
class RoundTripTest {
    private static final ArrayType SCALAR = ArrayType.of(DType.FLOAT64);

    static Stream<Jaxpr> examples() {
        return PrimitiveExamples.programs().toJavaStream();
    }

    @Provide
    Arbitrary<Jaxpr> programs() {
        return RandomJaxprs.any();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyPrimitive(Jaxpr jaxpr) {
        RoundTrips.binary(jaxpr);
        RoundTrips.text(jaxpr);
    }

    @Property(tries = 300)
    void randomPrograms(@ForAll("programs") Jaxpr jaxpr) {
        RoundTrips.binary(jaxpr);
        RoundTrips.text(jaxpr);
    }

    static Stream<HostArray> elements() {
        float signalling = Float.intBitsToFloat(0x7f800001);
        double payload = Double.longBitsToDouble(0xfff8_0000_dead_beefL);
        return Stream.of(
                HostArray.of(Double.NaN, payload, -0.0, 0.0, Double.MIN_VALUE, 1e300, Double.NEGATIVE_INFINITY, 0.1),
                new HostArray(
                        ArrayType.of(DType.FLOAT32, 5),
                        new float[] {signalling, Float.intBitsToFloat(0xffc00007), -0f, Float.MIN_VALUE, 0.1f}),
                new HostArray(ArrayType.of(DType.INT32, 2, 1), new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}),
                new HostArray(ArrayType.of(DType.INT64, 2), new long[] {Long.MIN_VALUE, Long.MAX_VALUE}),
                new HostArray(ArrayType.of(DType.BOOL, 3), new boolean[] {true, false, true}),
                new HostArray(ArrayType.of(DType.FLOAT64, 0, 1_000_000), new double[0]),
                new HostArray(SCALAR, new double[] {7}));
    }

    /** {@code JaxprEquality} compares constants bit by bit. */
    @ParameterizedTest
    @MethodSource("elements")
    void constantsKeepTheirBits(HostArray data) {
        JaxprBuilder builder = new JaxprBuilder();
        Jaxpr jaxpr = builder.build(Array.of(builder.constant(data)));
        RoundTrips.binary(jaxpr);
        RoundTrips.text(jaxpr);
    }

    @Test
    void literalsKeepTheirBits() {
        Jaxpr jaxpr = new JaxprBuilder()
                .build(Array.of(
                        Literal.ofBits(DType.FLOAT64, 0x7ff0_0000_0000_0001L),
                        Literal.ofBits(DType.FLOAT32, 0xffc00001),
                        Literal.of(-0.0),
                        Literal.of(Double.MIN_VALUE),
                        Literal.of(DType.INT64, Long.MIN_VALUE),
                        Literal.of(true)));
        assertEquals(jaxpr.outputs(), RoundTrips.binary(jaxpr).outputs());
        assertEquals(jaxpr.outputs(), RoundTrips.text(jaxpr).outputs());
    }

    @Test
    void labelsAreUnicode() {
        String label = "∂f/∂x \"λ\\\n\r\u0000\uD83D\uDE00@0 ; in }";
        Jaxpr jaxpr = PrimitiveExamples.program(new Control.Call(label, sin()), SCALAR);
        assertEquals(jaxpr.equations().get(0).primitive().name(), "jit");
        assertEquals(label, label(RoundTrips.binary(jaxpr)));
        assertEquals(label, label(RoundTrips.text(jaxpr)));
    }

    private static String label(Jaxpr jaxpr) {
        return ((Control.Call) jaxpr.equations().get(0).primitive()).label();
    }

    @Test
    void sourcesStayInTheBinaryForm() {
        JaxprBuilder builder = new JaxprBuilder();
        SourceInfo here = new SourceInfo("Model.java", 42, "loss");
        SourceInfo inScopes = here.within("encoder/attention");
        Array<Atom> y = builder.append(new Elementwise.Unary(UnaryOp.SIN), Array.of(builder.input(SCALAR)), here);
        Array<Atom> z = builder.append(new Elementwise.Unary(UnaryOp.COS), y, inScopes);
        Array<Equation> read = RoundTrips.binary(builder.build(z)).equations();
        assertEquals(here, read.get(0).source());
        assertEquals(inScopes, read.get(1).source());
        assertEquals("Model.java:42 (encoder/attention)", inScopes.toString());
    }

    @Test
    void sharedProgramsAreSharedAgain() {
        Jaxpr shared = sin();
        Jaxpr jaxpr = twice(new Control.Call("f", shared), new Control.Call("g", shared));
        for (Jaxpr again : Array.of(RoundTrips.binary(jaxpr), RoundTrips.text(jaxpr))) {
            assertSame(body(again, 0), body(again, 1));
        }
    }

    @Test
    void rulesMayContainThemselves() {
        Jaxpr[] rule = new Jaxpr[1];
        LazyJaxpr lazy = LazyJaxpr.of(() -> rule[0]);
        Control function = new Control.CustomJvpCall("f", sin(), lazy);
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(SCALAR);
        Atom t = builder.input(SCALAR);
        Atom y = builder.append(function, x);
        rule[0] = builder.build(Array.of(y, builder.append(new Elementwise.Binary(BinaryOp.MUL), t, y)));
        Jaxpr jaxpr = PrimitiveExamples.program(function, SCALAR);
        for (Jaxpr again : Array.of(RoundTrips.binary(jaxpr), RoundTrips.text(jaxpr), RoundTrips.text(rule[0]))) {
            Control.CustomJvpCall read =
                    (Control.CustomJvpCall) again.equations().get(0).primitive();
            Control.CustomJvpCall within =
                    (Control.CustomJvpCall) read.jvp().get().equations().get(0).primitive();
            assertSame(read.jvp().get(), within.jvp().get());
        }
    }

    private static Jaxpr sin() {
        return PrimitiveExamples.program(new Elementwise.Unary(UnaryOp.SIN), SCALAR);
    }

    private static Jaxpr twice(Control first, Control second) {
        JaxprBuilder builder = new JaxprBuilder();
        return builder.build(Array.of(builder.append(second, builder.append(first, builder.input(SCALAR)))));
    }

    private static Jaxpr body(Jaxpr jaxpr, int equation) {
        return ((Control.Call) jaxpr.equations().get(equation).primitive()).body();
    }
}
