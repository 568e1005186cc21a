package dev.fluxion.tracing;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Operations outside every trace: one-equation programs, compiled once for each primitive and types. */
final class Eager {
    private record Key(Primitive primitive, Array<ArrayType> types) {}

    private static final int MOST_ENTRIES = 4096;
    private static final Map<Key, Executable> COMPILED = new ConcurrentHashMap<>();

    private Eager() {}

    static Array<NDArray> run(Primitive primitive, NDArray... inputs) {
        ArrayData[] data = new ArrayData[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            data[i] = dataOf(inputs[i]);
        }
        Key key = new Key(primitive, Array.of(inputs).map(NDArray::type));
        Executable executable = COMPILED.get(key);
        if (executable == null) {
            executable = Backend.get().compile(program(key));
            if (COMPILED.size() >= MOST_ENTRIES) {
                COMPILED.clear();
            }
            COMPILED.put(key, executable);
        }
        return Array.of(executable.run(data)).map(NDArray::of);
    }

    static ArrayData dataOf(NDArray array) {
        return switch (array.value()) {
            case Value.Concrete(var data) -> data;
            case Value.Tracer tracer -> throw Trace.leaked(tracer);
        };
    }

    /** The operation as a program; scalars beside arrays in elementwise operations are broadcast inside it. */
    private static Jaxpr program(Key key) {
        JaxprBuilder builder = new JaxprBuilder();
        SourceInfo here = UserFrames.caller();
        Array<Atom> inputs = Array.narrow(key.types().map(builder::input));
        if (key.primitive() instanceof Elementwise) {
            Shape shape =
                    key.types().map(ArrayType::shape).find(s -> !s.isScalar()).getOrElse(Shape.SCALAR);
            inputs = inputs.map(in -> in.type().isScalar()
                    ? builder.append(new Movement.BroadcastInDim(shape, Ints.of()), Array.of(in), here)
                            .get(0)
                    : in);
        }
        return builder.build(builder.append(key.primitive(), inputs, here));
    }
}
