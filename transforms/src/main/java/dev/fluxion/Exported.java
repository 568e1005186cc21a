package dev.fluxion;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.binary.JaxprFiles;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.transforms.ExportedProgram;
import io.vavr.Function1;
import io.vavr.Function2;
import io.vavr.Function3;
import io.vavr.Function4;
import io.vavr.Function5;
import io.vavr.collection.Array;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A function as a program of fixed argument types, with the structures of its arguments and its result. Made by
 * {@code Fluxion.export}; {@link #write} and {@link #read} take it to a program that does not have the code of f. There it can
 * be called, differentiated, batched and compiled like any function.
 *
 * <p>Trees of lists, tuples, maps and the like come back as they were. A record or Immutables value comes back as such where
 * its class is given to {@link #read}; else in its place stands a map from the names of its components to what they hold
 * (components without arrays are left out: their values are part of the program).
 */
public final class Exported implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient ExportedProgram program;

    Exported(ExportedProgram program) {
        this.program = program;
    }

    /** The program; its inputs are the arrays of the arguments. */
    public Jaxpr jaxpr() {
        return program.jaxpr();
    }

    /** The name of the function. */
    public String label() {
        return program.label();
    }

    /**
     * {@code f(arguments)}.
     *
     * @throws FluxionException when structure (FX0501), shapes (FX0201) or dtypes (FX0202) differ from those of the export
     */
    public Object call(Object... arguments) {
        return program.call(Array.of(arguments));
    }

    /** This function of one argument, for {@code grad}, {@code vmap}, {@code jit} and the others. */
    public <A, R> Function1<A, R> function() {
        requireArguments(1);
        return a -> Fluxion.cast(call(a));
    }

    /** This function of two arguments. */
    public <A, B, R> Function2<A, B, R> function2() {
        requireArguments(2);
        return (a, b) -> Fluxion.cast(call(a, b));
    }

    /** This function of three arguments. */
    public <A, B, C, R> Function3<A, B, C, R> function3() {
        requireArguments(3);
        return (a, b, c) -> Fluxion.cast(call(a, b, c));
    }

    /** This function of four arguments. */
    public <A, B, C, D, R> Function4<A, B, C, D, R> function4() {
        requireArguments(4);
        return (a, b, c, d) -> Fluxion.cast(call(a, b, c, d));
    }

    /** This function of five arguments. */
    public <A, B, C, D, E, R> Function5<A, B, C, D, E, R> function5() {
        requireArguments(5);
        return (a, b, c, d, e) -> Fluxion.cast(call(a, b, c, d, e));
    }

    private void requireArguments(int count) {
        if (program.argumentCount() != count) {
            throw Tracing.located(FluxionException.of(
                    ErrorCode.OPERAND_COUNT,
                    label() + ": takes " + program.argumentCount() + " arguments, not " + count));
        }
    }

    /** Writes the function. */
    public void write(Path file) throws IOException {
        Files.write(file, program.toBytes());
    }

    /** Writes the function; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        out.write(program.toBytes());
    }

    /**
     * Reads a function.
     *
     * @param classes records, and classes that Immutables generated, that may come back as such
     * @throws FluxionException FX0702 or FX0703 when the file is not an exported function
     */
    public static Exported read(Path file, Class<?>... classes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, ParseOptions.DEFAULT, classes);
        }
    }

    /**
     * Reads a function from here to the end of the stream, which stays open.
     *
     * @param options limits, and operations of the user's own
     * @param classes records, and classes that Immutables generated, that may come back as such
     * @throws FluxionException FX0702 or FX0703 when the bytes are not an exported function
     */
    public static Exported read(InputStream in, ParseOptions options, Class<?>... classes) throws IOException {
        return new Exported(ExportedProgram.read(JaxprFiles.readBytes(in, options), options, Array.of(classes)));
    }

    /** The structures of arguments and result, then the program. */
    @Override
    public String toString() {
        return label() + ": " + program.arguments().treeDef() + " -> "
                + program.result().treeDef() + "\n" + jaxpr();
    }

    private Object writeReplace() {
        return new SerializedExport(program);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("exported functions come as " + SerializedExport.class.getSimpleName());
    }
}
