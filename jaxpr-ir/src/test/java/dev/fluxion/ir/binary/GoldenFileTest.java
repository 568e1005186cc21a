package dev.fluxion.ir.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.BinaryOp;
import dev.fluxion.ir.CheckpointPolicy;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.DotGeneral;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.JaxprEquality;
import dev.fluxion.ir.LazyJaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.testing.HostArray;
import dev.fluxion.ir.testing.PrimitiveExamples;
import dev.fluxion.ir.text.JaxprPrinter;
import io.vavr.collection.Array;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Files of version 1, as they were written when the version was made. They are never written again: a Fluxion that cannot read
 * them, or reads another program, breaks the files of its users.
 */
class GoldenFileTest {
    private static final ArrayType VECTOR = ArrayType.of(DType.FLOAT64, 2);

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GoldenFileTest.class.getResourceAsStream("/files/" + name)) {
            return in.readAllBytes();
        }
    }

    /** Every kind of parameter, of constant and of reference between programs. */
    static Jaxpr program() {
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(VECTOR);
        Control rule = selfReferring();
        SourceInfo here = new SourceInfo("Model.java", 42, "loss");
        Atom y = builder.append(rule, Array.of(x), here).get(0);
        y = builder.append(new Control.Call("f \"λ\"", shared()), y);
        y = builder.append(new Control.Call("g", shared()), y);
        Control checkpoint =
                new Control.Checkpoint("c", shared(), new CheckpointPolicy.SaveOnlyTheseNames(Array.of("a", "b")));
        y = builder.append(checkpoint, y);
        Atom constant = builder.constant(
                new HostArray(VECTOR, new double[] {Double.longBitsToDouble(0xfff8_0000_dead_beefL), -0.0}));
        y = builder.append(new Elementwise.Binary(BinaryOp.MUL), y, constant);
        y = builder.append(new Elementwise.Binary(BinaryOp.ADD), y, Literal.of(0.1));
        Atom flags = builder.constant(new HostArray(ArrayType.of(DType.BOOL, 2), new boolean[] {true, false}));
        Atom narrow = builder.append(
                new Elementwise.ConvertElementType(DType.FLOAT32),
                builder.append(new Elementwise.SelectN(), flags, y, x));
        Atom index = builder.append(new Movement.Iota(DType.INT32, Shape.of(2), 0));
        Atom dot = builder.append(DotGeneral.of(Ints.of(0), Ints.of(0), Ints.of(), Ints.of()), y, x);
        Atom branch = builder.append(new Control.Cond(Array.of(shared(), shared())), Literal.of(DType.INT32, 1L), x);
        return builder.build(Array.of(narrow, index, dot, branch, Literal.of(DType.INT64, Long.MIN_VALUE)));
    }

    private static final Jaxpr SHARED = PrimitiveExamples.program(new Elementwise.Unary(UnaryOp.SIN), VECTOR);

    private static Jaxpr shared() {
        return SHARED;
    }

    private static Control selfReferring() {
        Jaxpr[] rule = new Jaxpr[1];
        Control function = new Control.CustomJvpCall("h", SHARED, LazyJaxpr.of(() -> rule[0]));
        JaxprBuilder builder = new JaxprBuilder();
        Atom x = builder.input(VECTOR);
        Atom t = builder.input(VECTOR);
        Atom y = builder.append(function, x);
        rule[0] = builder.build(Array.of(y, builder.append(new Elementwise.Binary(BinaryOp.MUL), t, y)));
        return function;
    }

    @Test
    void version1IsStillRead() throws IOException {
        for (String name : Array.of("version1.jaxpr", "version1.txt")) {
            Jaxpr read = JaxprFiles.fromBytes(resource(name), RoundTrips.HOST);
            assertTrue(JaxprEquality.alphaEqual(program(), read), () -> name + "\n" + read);
        }
    }

    /** As long as version 1 is what is written; with a new version this test goes, and the one above stays. */
    @Test
    void version1IsStillWritten() throws IOException {
        assertArrayEquals(resource("version1.jaxpr"), JaxprFiles.toBytes(program()));
        assertEquals(new String(resource("version1.txt"), StandardCharsets.UTF_8), JaxprPrinter.printFile(program()));
    }
}
