package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.binary.ByteInput;
import dev.fluxion.ir.binary.ByteOutput;
import dev.fluxion.ir.binary.Envelope;
import dev.fluxion.ir.binary.JaxprFiles;
import dev.fluxion.ir.passes.Passes;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.ir.text.ReadLimits;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Program;
import dev.fluxion.tracing.Trace;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.PortableTree;
import dev.fluxion.tree.Tree;
import io.vavr.collection.Array;
import java.nio.ByteBuffer;

/** A program with the structures of its arguments and its result: a function that needs no code of its user. */
public final class ExportedProgram {
    private static final Envelope ENVELOPE =
            new Envelope(new byte[] {(byte) 0x89, 'F', 'X', 'E', '\r', '\n', 0x1a, '\n'}, 1);

    private final String label;
    private final Program program;
    private final PortableTree arguments;
    private final PortableTree result;

    private ExportedProgram(String label, Jaxpr jaxpr, PortableTree arguments, PortableTree result) {
        this.label = label;
        this.program = new Program(jaxpr);
        this.arguments = arguments;
        this.result = result;
    }

    /**
     * The program of f for arguments like the given ones.
     *
     * @throws FluxionException FX0704 inside of a trace, when f closes over traced values
     */
    public static ExportedProgram of(TreeFunction f, Array<?> examples) {
        Flat flat = f.flatten("export", examples);
        TracedTree traced = f.trace("export", flat);
        if (!traced.captures().isEmpty()) {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.NOT_PORTABLE, "export: " + f.label() + " closes over a traced value")
                            .hint("pass the value as an argument"));
        }
        return new ExportedProgram(
                f.label(),
                Passes.tidy(traced.jaxpr()),
                PortableTree.of(flat.treeDef()),
                PortableTree.of(traced.result()));
    }

    public String label() {
        return label;
    }

    public Jaxpr jaxpr() {
        return program.jaxpr();
    }

    public int argumentCount() {
        return arguments.treeDef().childCount();
    }

    public PortableTree arguments() {
        return arguments;
    }

    public PortableTree result() {
        return result;
    }

    /** Runs the program; inside a trace it is one {@code jit} equation. */
    public Object call(Array<?> given) {
        Array<NDArray> inputs = arguments.toWritten(matching(given));
        Array<NDArray> outputs =
                Trace.current() == null ? program.call(inputs) : SubPrograms.call(label, program.jaxpr(), inputs);
        return result.treeDef().unflatten(result.fromWritten(outputs));
    }

    private Array<NDArray> matching(Array<?> given) {
        Flat flat = Tree.flatten("the argument list of " + label, given);
        if (!flat.treeDef().equals(arguments.treeDef())) {
            throw Tracing.located(
                    arguments.treeDef().mismatch(label + ": the arguments have another structure", flat.treeDef()));
        }
        Array<ArrayType> types = arguments.fromWritten(jaxpr().inputTypes());
        for (int i = 0; i < types.size(); i++) {
            ArrayType type = flat.leaves().get(i).type();
            if (!type.equals(types.get(i))) {
                throw Tracing.located(FluxionException.of(
                                type.dtype() == types.get(i).dtype()
                                        ? ErrorCode.SHAPE_MISMATCH
                                        : ErrorCode.DTYPE_MISMATCH,
                                label + ": argument " + flat.treeDef().paths().get(i) + " has another type")
                        .detail("expected " + types.get(i))
                        .detail("given    " + type)
                        .hint("a program is exported for fixed types; vmap takes further axes, astype another dtype"));
            }
        }
        return flat.leaves();
    }

    /** The binary form. */
    public byte[] toBytes() {
        ByteOutput content = new ByteOutput();
        content.string(label);
        PortableTree.write(content, arguments.treeDef());
        PortableTree.write(content, result.treeDef());
        for (PortableTree tree : Array.of(arguments, result)) {
            tree.order().forEach(content::varint);
        }
        content.write(JaxprFiles.toBytes(jaxpr()));
        return ENVELOPE.wrap(content);
    }

    /**
     * Reads the binary form.
     *
     * @param classes the records and Immutables classes that may be made
     * @throws FluxionException FX0702 or FX0703 when the bytes are not an exported function
     */
    public static ExportedProgram read(byte[] file, ParseOptions options, Array<Class<?>> classes) {
        if (file.length > options.limits().maxBytes()) {
            throw ReadLimits.exceeded("the file has " + file.length + " bytes, more than "
                    + options.limits().maxBytes());
        }
        if (!ENVELOPE.fits(file)) {
            throw FluxionException.of(ErrorCode.BAD_FILE, "byte 0: the file begins as no exported function does")
                    .hint("JaxprFiles reads programs");
        }
        ByteInput in = ENVELOPE.open(file, options);
        String label = in.string();
        int start = in.position();
        PortableTree arguments = PortableTree.read(in, classes);
        PortableTree result = PortableTree.read(in, classes);
        arguments = reordered(in, arguments);
        result = reordered(in, result);
        ByteBuffer rest = in.slice(in.remaining());
        byte[] program = new byte[rest.remaining()];
        rest.get(program);
        Jaxpr jaxpr = JaxprFiles.fromBytes(program, options);
        requireLeaves(in, start, "inputs", jaxpr.inputs().size(), arguments);
        requireLeaves(in, start, "outputs", jaxpr.outputs().size(), result);
        return new ExportedProgram(label, jaxpr, arguments, result);
    }

    /** The places in the program of the arrays of a written tree, which may itself have been read and reordered. */
    private static PortableTree reordered(ByteInput in, PortableTree read) {
        int size = read.order().size();
        int start = in.position();
        Array<Integer> places = Array.fill(size, () -> in.index("array", size));
        if (places.distinct().size() != size) {
            throw in.wrong(start, "two arrays of a tree are the same");
        }
        return new PortableTree(read.treeDef(), read.order().map(places::get));
    }

    private static void requireLeaves(ByteInput in, int start, String what, int expected, PortableTree tree) {
        if (tree.treeDef().leafCount() != expected) {
            throw in.wrong(
                    start,
                    "the trees have " + tree.treeDef().leafCount() + " arrays, the program " + expected + " " + what);
        }
    }
}
