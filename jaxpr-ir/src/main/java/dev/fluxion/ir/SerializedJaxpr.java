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
import java.util.ArrayList;
import java.util.List;

/**
 * A program in a stream of Java objects: its binary form, read with all the checks of a file. User-defined operations, which
 * have to be serialisable themselves, stand behind it.
 */
public final class SerializedJaxpr implements Externalizable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CUSTOMS = 1000;

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
        if (count < 0 || count > MAX_CUSTOMS) {
            throw new InvalidObjectException("a program with " + count + " operations of users");
        }
        List<Custom> customs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!(in.readObject() instanceof Custom custom)) {
                throw new InvalidObjectException("not a user-defined operation");
            }
            customs.add(custom);
        }
        jaxpr = JaxprFiles.fromBytes(file, ParseOptions.DEFAULT.withCustoms(customs.toArray(Custom[]::new)));
    }

    private Object readResolve() {
        return jaxpr;
    }
}
