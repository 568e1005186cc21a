package dev.fluxion.ir;

import dev.fluxion.ir.binary.JaxprFiles;
import dev.fluxion.ir.binary.SizedBytes;
import dev.fluxion.ir.text.ParseOptions;
import io.vavr.collection.Array;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

/**
 * A program in a stream of Java objects: its binary form, read with all the checks of a file. User-defined operations, which
 * have to be serialisable themselves, stand behind it.
 */
public final class SerializedJaxpr implements Externalizable {
    private static final long serialVersionUID = 1L;

    private transient Jaxpr jaxpr;

    /** For the stream. */
    public SerializedJaxpr() {}

    SerializedJaxpr(Jaxpr jaxpr) {
        this.jaxpr = jaxpr;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        SizedBytes.write(out, JaxprFiles.toBytes(jaxpr));
        Array<Custom> customs = JaxprFiles.customsOf(jaxpr);
        out.writeInt(customs.size());
        for (Custom custom : customs) {
            out.writeObject(custom);
        }
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        byte[] file = SizedBytes.read(in);
        int count = in.readInt();
        if (count < 0 || count > file.length) {
            throw new InvalidObjectException("a program of " + file.length + " bytes with " + count + " operations");
        }
        Array<Custom> customs = Array.empty();
        for (int i = 0; i < count; i++) {
            if (!(in.readObject() instanceof Custom custom)) {
                throw new InvalidObjectException("not a user-defined operation");
            }
            customs = customs.append(custom);
        }
        jaxpr = JaxprFiles.fromBytes(file, ParseOptions.DEFAULT.withCustoms(customs.toJavaArray(Custom[]::new)));
    }

    private Object readResolve() {
        return jaxpr;
    }
}
