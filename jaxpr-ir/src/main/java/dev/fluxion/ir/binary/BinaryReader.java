package dev.fluxion.ir.binary;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.ir.text.ReadBudget;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Reads the binary form: the tables, then the programs. */
final class BinaryReader {
    private final ByteInput in;
    private final ParseOptions options;
    private String[] strings;
    private ArrayType[] types;

    BinaryReader(ByteInput in, ParseOptions options) {
        this.in = in;
        this.options = options;
    }

    /** The program of the file; its equations are checked, its rules not. */
    Jaxpr read() {
        try {
            return tablesAndPrograms();
        } catch (FluxionException e) {
            throw e.code() == ErrorCode.LIMIT_EXCEEDED ? e.at(SourceInfo.UNKNOWN, "reading byte " + in.position()) : e;
        }
    }

    private Jaxpr tablesAndPrograms() {
        strings = table("strings", String[]::new, in::string);
        types = table("types", ArrayType[]::new, this::type);
        Literal[] literals = table("literals", Literal[]::new, this::literal);
        SourceInfo[] sources = table("sources", SourceInfo[]::new, this::source);
        ArrayData[] constants = table("constants", ArrayData[]::new, this::constant);
        int count = in.count("programs");
        ReadBudget budget = new ReadBudget(options.limits());
        ProgramTable programs = new ProgramTable(count, budget);
        OperationDecoder operations =
                new OperationDecoder(in, strings, new ValueDecoder(in, strings, programs), options);
        ProgramDecoder decoder = new ProgramDecoder(in, budget, operations, types, literals, sources, constants);
        for (int i = 0; i < count; i++) {
            programs.add(decoder.read());
        }
        Jaxpr root = programs.get(in);
        if (in.remaining() > 0) {
            throw in.wrong(in.position(), in.remaining() + " bytes are left behind the program");
        }
        return root;
    }

    private <T> T[] table(String what, IntFunction<T[]> make, Supplier<T> read) {
        T[] entries = make.apply(in.count(what));
        for (int i = 0; i < entries.length; i++) {
            entries[i] = read.get();
        }
        return entries;
    }

    private ArrayType type() {
        DType dtype = in.dtype();
        return new ArrayType(dtype, in.shape());
    }

    private Literal literal() {
        DType dtype = in.dtype();
        int start = in.position();
        long bits = in.fixed(dtype.byteSize());
        return switch (dtype) {
            case BOOL -> Literal.of(ElementBytes.truth(in, start, bits));
            case INT32, FLOAT32 -> Literal.ofBits(dtype, (int) bits);
            case INT64, FLOAT64 -> Literal.ofBits(dtype, bits);
        };
    }

    private SourceInfo source() {
        String file = strings[in.index("string", strings.length)];
        int line = in.number("the line of a source", Integer.MAX_VALUE);
        String method = strings[in.index("string", strings.length)];
        int slash = method.indexOf('/');
        return slash < 0
                ? new SourceInfo(file, line, method)
                : new SourceInfo(file, line, method.substring(0, slash), method.substring(slash + 1));
    }

    private ArrayData constant() {
        ArrayType type = types[in.index("type", types.length)];
        return options.arrays().apply(type, ElementBytes.read(type, in));
    }
}
