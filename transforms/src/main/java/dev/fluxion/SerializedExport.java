package dev.fluxion;

import dev.fluxion.ir.binary.SizedBytes;
import dev.fluxion.ir.text.ParseOptions;
import dev.fluxion.transforms.ExportedProgram;
import io.vavr.collection.Array;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

/** An exported function in a stream of Java objects: its file. Records come back as maps. */
public final class SerializedExport implements Externalizable {
    private static final long serialVersionUID = 1L;

    private transient ExportedProgram program;

    /** For the stream. */
    public SerializedExport() {}

    SerializedExport(ExportedProgram program) {
        this.program = program;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        SizedBytes.write(out, program.toBytes());
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        program = ExportedProgram.read(SizedBytes.read(in), ParseOptions.DEFAULT, Array.empty());
    }

    private Object readResolve() {
        return new Exported(program);
    }
}
