package dev.fluxion.numpy;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Constant;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import io.vavr.collection.Array;
import java.io.InvalidObjectException;
import java.io.Serializable;

/** An array in a stream of Java objects: a program without inputs that gives it, so that it is read with all checks. */
record SerializedArray(Jaxpr program) implements Serializable {
    private static final long serialVersionUID = 1L;

    static SerializedArray of(ArrayData data) {
        JaxprBuilder builder = new JaxprBuilder();
        return new SerializedArray(builder.build(Array.of(builder.constant(data))));
    }

    private Object readResolve() throws InvalidObjectException {
        if (program == null || program.constants().size() != 1) {
            throw new InvalidObjectException("not an array");
        }
        Constant constant = program.constants().get(0);
        return NDArray.of(constant.value());
    }
}
