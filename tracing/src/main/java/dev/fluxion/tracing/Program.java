package dev.fluxion.tracing;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;

/** A program that remembers its compiled form. Outside every trace a call runs it; inside, its equations join the trace. */
public final class Program {
    private final Jaxpr jaxpr;
    private final Ints donated;
    private volatile Executable executable;

    public Program(Jaxpr jaxpr) {
        this(jaxpr, Ints.of());
    }

    /**
     * @param donated the inputs whose buffers the program may take over when it runs: each call has to own them, see
     *     {@link dev.fluxion.ir.ArrayData#donate}
     */
    public Program(Jaxpr jaxpr, Ints donated) {
        this.jaxpr = jaxpr;
        this.donated = donated;
    }

    public Jaxpr jaxpr() {
        return jaxpr;
    }

    /** The results for the given inputs. */
    public Array<NDArray> call(Array<NDArray> inputs) {
        Trace trace = Trace.current();
        if (trace != null) {
            return trace.inline(jaxpr, inputs);
        }
        ArrayData[] data = new ArrayData[inputs.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = Eager.dataOf(inputs.get(i));
        }
        return Eager.run(compiled(), data);
    }

    /** The compiled form; compiled by the first call. */
    public Executable compiled() {
        Executable known = executable;
        if (known == null) {
            known = Backend.get().compile(jaxpr, donated);
            executable = known;
        }
        return known;
    }
}
