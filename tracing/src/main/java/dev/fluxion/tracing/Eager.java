package dev.fluxion.tracing;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.Control;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.Ints;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Movement;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import dev.fluxion.ir.cache.BoundedCache;
import dev.fluxion.ir.cache.CacheCounters;
import dev.fluxion.ir.cache.CacheStatistics;
import dev.fluxion.numpy.NDArray;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.OptionalLong;

/** Operations outside every trace: one-equation programs, compiled once for each primitive and types. */
final class Eager {
    /** The hash is in the path of every operation, and so are no collections. */
    private static final class Key {
        private final Primitive primitive;
        private final ArrayType[] types;
        private final int hash;

        Key(Primitive primitive, ArrayType... types) {
            this.primitive = primitive;
            this.types = types;
            this.hash = 31 * primitive.hashCode() + Arrays.hashCode(types);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && hash == that.hash
                    && Arrays.equals(types, that.types)
                    && primitive.equals(that.primitive);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static final int MOST_ENTRIES = 4096;
    private static final BoundedCache<Key, Executable> COMPILED = new BoundedCache<>(MOST_ENTRIES, new CacheCounters());

    private Eager() {}

    static CacheStatistics cacheStatistics() {
        return COMPILED.statistics("eager operations", OptionalLong.empty());
    }

    static void clearCache() {
        COMPILED.clear();
    }

    static Array<NDArray> run(Primitive primitive, NDArray... inputs) {
        ArrayData[] data = new ArrayData[inputs.length];
        ArrayType[] types = new ArrayType[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            data[i] = dataOf(inputs[i]);
            types[i] = data[i].type();
        }
        Key key = new Key(primitive, types);
        if (primitive instanceof Control) {
            // Its sub-programs are compared by identity and mostly fresh; the engine knows equal programs.
            return run(Backend.get().compile(program(key)), data);
        }
        Executable executable = COMPILED.get(key);
        if (executable == null) {
            executable = COMPILED.putIfAbsent(key, Backend.get().compile(program(key)));
        }
        return run(executable, data);
    }

    static Array<NDArray> run(Executable executable, ArrayData... inputs) {
        ArrayData[] outputs = executable.run(inputs);
        NDArray[] results = new NDArray[outputs.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = NDArray.of(outputs[i]);
        }
        return Array.of(results);
    }

    static ArrayData dataOf(NDArray array) {
        return switch (array.value()) {
            case Value.Concrete concrete -> concrete.read();
            case Value.Tracer tracer -> throw Trace.leaked(tracer);
        };
    }

    /** The operation as a program; scalars beside arrays in elementwise operations are broadcast inside it. */
    private static Jaxpr program(Key key) {
        JaxprBuilder builder = new JaxprBuilder();
        SourceInfo here = UserFrames.caller();
        Array<Atom> inputs = Array.of(key.types).map(builder::input);
        if (key.primitive instanceof Elementwise) {
            Shape shape =
                    inputs.map(in -> in.type().shape()).find(s -> !s.isScalar()).getOrElse(Shape.SCALAR);
            inputs = inputs.map(in -> in.type().isScalar()
                    ? builder.append(new Movement.BroadcastInDim(shape, Ints.of()), Array.of(in), here)
                            .get(0)
                    : in);
        }
        return builder.build(builder.append(key.primitive, inputs, here));
    }
}
