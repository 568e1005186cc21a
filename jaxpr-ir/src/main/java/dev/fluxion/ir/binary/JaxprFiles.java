package dev.fluxion.ir.binary;

import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Equation;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprChecker;
import dev.fluxion.ir.ProgramOrder;
import dev.fluxion.ir.text.JaxprParser;
import dev.fluxion.ir.text.JaxprPrinter;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.ir.text.ReadLimits;
import io.vavr.collection.Array;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Programs as files, in two forms: binary (compact, with source locations and a checksum) and text (for people; what
 * {@link JaxprPrinter#printFile} prints). Both keep everything that a program means: constants bit by bit, shared
 * sub-programs once, derivative rules, also ones that contain themselves. Reading tells the forms apart by the first bytes.
 *
 * <p>What is read is checked completely before it is returned; damaged or hostile input is refused with a
 * {@link FluxionException}: FX0701 for texts, FX0702 for bytes, FX0703 beyond the limits of the options, FX0102 for an
 * incorrect program. Time and memory are bounded by the size of the input.
 *
 * <p>User-defined operations are written by their name and the texts of their parameters, and found again in the options.
 */
public final class JaxprFiles {
    private JaxprFiles() {}

    /** Writes the binary form. */
    public static void write(Path file, Jaxpr jaxpr) throws IOException {
        Files.write(file, toBytes(jaxpr));
    }

    /** Writes the binary form; the stream stays open. */
    public static void write(OutputStream out, Jaxpr jaxpr) throws IOException {
        out.write(toBytes(jaxpr));
    }

    /** Writes the text form, in UTF-8. */
    public static void writeText(Path file, Jaxpr jaxpr) throws IOException {
        Files.write(file, JaxprPrinter.printFile(jaxpr).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads either form, without user-defined operations. */
    public static Jaxpr read(Path file) throws IOException {
        return read(file, ParseOptions.DEFAULT);
    }

    /** Reads either form. */
    public static Jaxpr read(Path file, ParseOptions options) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, options);
        }
    }

    /** Reads either form from here to the end of the stream, which stays open. */
    public static Jaxpr read(InputStream in, ParseOptions options) throws IOException {
        return fromBytes(readBytes(in, options), options);
    }

    /**
     * All bytes to the end of a stream.
     *
     * @throws FluxionException FX0703 when there are more than the limits allow
     */
    public static byte[] readBytes(InputStream in, ParseOptions options) throws IOException {
        int most = (int) Math.min(options.limits().maxBytes(), Integer.MAX_VALUE - 9);
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
            throw ReadLimits.exceeded("the file has more than " + most + " bytes");
        }
        return bytes;
    }

    /**
     * The binary form.
     *
     * @throws FluxionException FX0704 when the derivative rules of a function make new rules without end
     */
    public static byte[] toBytes(Jaxpr jaxpr) {
        return Format.ENVELOPE.wrap(new BinaryWriter(jaxpr).write(jaxpr));
    }

    /** The user-defined operations in a program, its sub-programs and rules. */
    public static Array<Custom> customsOf(Jaxpr jaxpr) {
        return Array.ofAll(ProgramOrder.of(jaxpr).programs())
                .flatMap(Jaxpr::equations)
                .map(Equation::primitive)
                .filter(Custom.class::isInstance)
                .map(Custom.class::cast)
                .distinct();
    }

    /** The program whose binary or text form these bytes are. */
    public static Jaxpr fromBytes(byte[] file, ParseOptions options) {
        if (file.length > options.limits().maxBytes()) {
            throw ReadLimits.exceeded("the file has " + file.length + " bytes, more than "
                    + options.limits().maxBytes());
        }
        if (Format.ENVELOPE.fits(file)) {
            ByteInput in = Format.ENVELOPE.open(file, options);
            return JaxprChecker.checkWithRules(new BinaryReader(in, options).read());
        }
        return JaxprParser.parseFile(text(file, options), options);
    }

    private static String text(byte[] file, ParseOptions options) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ByteInput(file, 0, file.length, options.limits())
                    .wrong(0, "the file begins as no program does, and is no text");
        }
    }
}
