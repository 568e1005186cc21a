package dev.fluxion.ir.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.UnaryOp;
import dev.fluxion.ir.testing.PrimitiveExamples;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.ir.text.ReadLimits;
import io.vavr.collection.Array;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Files made to cost memory, time or stack. */
class HostileFileTest {
    private static final ArrayType SCALAR = ArrayType.of(DType.FLOAT64);

    /** A file of these bytes behind magic and version, with a checksum that fits. */
    private static byte[] file(Consumer<ByteOutput> body) {
        ByteOutput out = new ByteOutput();
        out.write(Format.MAGIC);
        out.varint(Format.VERSION);
        body.accept(out);
        out.fixed(0, Format.CHECKSUM);
        return Mutations.withChecksum(out.toByteArray(), List.of());
    }

    private static String refusal(byte... file) {
        return refusal(ParseOptions.DEFAULT, file);
    }

    private static String refusal(ParseOptions options, byte... file) {
        return assertThrows(FluxionException.class, () -> JaxprFiles.fromBytes(file, options))
                .getMessage();
    }

    @Test
    void countsAreComparedWithTheBytesThatAreLeft() {
        assertEquals(
                "FX0702 byte 9: 1073741824 strings cannot stand in the 0 bytes that are left",
                refusal(file(out -> out.varint(1 << 30))));
    }

    @Test
    void elementsOfConstantsAreComparedWithTheBytesThatAreLeft() {
        byte[] file = file(out -> {
            out.varint(0);
            out.varint(1);
            out.writeByte(Format.code(DType.FLOAT64));
            out.varint(1);
            out.varint(2_000_000_000);
            out.varint(0);
            out.varint(0);
            out.varint(1);
            out.varint(0);
        });
        assertEquals(
                "FX0702 byte 22: the elements of f64[2000000000] cannot stand in the 0 bytes that are left",
                refusal(file));
    }

    @Test
    void shapesThatOverflowAreRefused() {
        byte[] file = file(out -> {
            out.varint(0);
            out.varint(1);
            out.writeByte(Format.code(DType.FLOAT64));
            out.varint(3);
            for (int i = 0; i < 3; i++) {
                out.varint(Integer.MAX_VALUE);
            }
        });
        assertTrue(refusal(file).startsWith("FX0702 byte 12: a value is refused\n  FX0101 shape"), refusal(file));
    }

    @Test
    void laterVersionsAreRefused() {
        byte[] file = file(out -> {});
        file[Format.MAGIC.length] = 2;
        assertEquals("""
            FX0702 byte 8: the file has version 2 of the format
              hint: this Fluxion reads version 1\
            """, refusal(file));
        assertEquals("""
            FX0701 line 1, column 15: the file has version 2 of the format
              in fluxion jaxpr 2 { lambda ; . let in () }
              hint: this Fluxion reads version 1\
            """, refusal("fluxion jaxpr 2 { lambda ; . let in () }".getBytes(StandardCharsets.UTF_8)));
    }

    /** 2^60 places in 60 programs: written, read, checked, compared and printed in the size of the 60. */
    @Test
    void sharedProgramsAreNotWrittenOutAtEachPlace() {
        Jaxpr bomb = nested(60, 2);
        assertEquals(bomb.structuralHash(), RoundTrips.binary(bomb).structuralHash());
        RoundTrips.text(bomb);
        assertTrue(JaxprFiles.toBytes(bomb).length < 2500);
        assertTrue(JaxprPrinter.print(bomb).length() < 20_000);
        assertTrue(JaxprPrinter.printEquation(bomb, bomb.equations().get(0)).length() < 100);
        assertEquals(
                bomb.structuralHash(),
                JaxprParser.parse(JaxprPrinter.print(bomb)).structuralHash());
    }

    @Test
    void nestingIsLimited() {
        Jaxpr deep = nested(100_000, 1);
        byte[] file = JaxprFiles.toBytes(deep);
        String message = refusal(file);
        assertTrue(message.startsWith("FX0703 programs are nested more than 100 deep\n  while reading byte"), message);
        String text = "fluxion jaxpr 1" + "{ lambda ; . let = jit[name=f jaxpr=".repeat(100_000);
        message = refusal(text.getBytes(StandardCharsets.UTF_8));
        assertTrue(
                message.startsWith("FX0703 programs are nested more than 100 deep\n  while reading line 1"), message);
        ParseOptions deeper = ParseOptions.DEFAULT.withLimits(ReadLimits.DEFAULT.withMaxNesting(200));
        Jaxpr allowed = nested(150, 1);
        RoundTrips.binary(allowed, deeper);
        RoundTrips.text(allowed, deeper);
    }

    /** Each program runs the one before {@code calls} times. */
    private static Jaxpr nested(int depth, int calls) {
        Jaxpr jaxpr = PrimitiveExamples.program(new Elementwise.Unary(UnaryOp.SIN), SCALAR);
        for (int i = 1; i < depth; i++) {
            JaxprBuilder builder = new JaxprBuilder();
            Atom value = builder.input(SCALAR);
            for (int call = 0; call < calls; call++) {
                value = builder.append(new Control.Call("f" + call, jaxpr), value);
            }
            jaxpr = builder.build(Array.of(value));
        }
        return jaxpr;
    }

    @Test
    void bytesAndEquationsAreLimited() {
        Jaxpr two = nested(2, 2);
        ReadLimits limits = ReadLimits.DEFAULT;
        byte[] binary = JaxprFiles.toBytes(two);
        byte[] text = JaxprPrinter.printFile(two).getBytes(StandardCharsets.UTF_8);
        for (byte[] file : List.of(binary, text)) {
            String message = refusal(ParseOptions.DEFAULT.withLimits(limits.withMaxEquations(2)), file);
            assertTrue(message.startsWith("FX0703 there are more than 2 equations"), message);
            message = refusal(ParseOptions.DEFAULT.withLimits(limits.withMaxBytes(10)), file);
            assertTrue(message.startsWith("FX0703 the file has " + file.length + " bytes, more than 10"), message);
        }
    }
}
