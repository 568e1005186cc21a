package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Literal;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Shape;
import dev.fluxion.ir.SourceInfo;
import io.vavr.collection.Array;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Runs single operations on values that are known before the program runs: masks, tables, positions of elements. */
final class KnownValues {
    /** An operand is a literal, which stays one, or data of a type. */
    private record Key(Primitive primitive, Array<Object> operands) {}

    private final Map<Key, Executable> compiled = new HashMap<>();
    private final Map<Key, int[]> placed = new HashMap<>();

    /** Computes something once. */
    static <T> Supplier<T> once(Supplier<T> compute) {
        return new Supplier<>() {
            private T value;

            @Override
            public T get() {
                if (value == null) {
                    value = compute.get();
                }
                return value;
            }
        };
    }

    static ArrayData of(Literal literal) {
        return Backend.get()
                .compile(new JaxprBuilder().build(Array.of(literal)))
                .run()[0];
    }

    /** The elements from {@code first} on, as an array of the given type. */
    static ArrayData part(ArrayData whole, ArrayType type, int first) {
        return array(type, i -> whole, i -> first + i);
    }

    /** The elements of arrays of one size behind each other, as an array of the given type. */
    static ArrayData joined(ArrayType type, Array<Fact> parts) {
        ArrayData[] data = parts.map(part -> part.value().get()).toJavaArray(ArrayData[]::new);
        int size = type.size() / data.length;
        return array(type, i -> data[i / size], i -> i % size);
    }

    /** The array whose element i is element {@code index(i)} of {@code source(i)}. */
    private static ArrayData array(ArrayType type, IntFunction<ArrayData> source, IntUnaryOperator index) {
        IntStream all = IntStream.range(0, type.size());
        Object elements = switch (type.dtype()) {
            case BOOL -> {
                boolean[] flags = new boolean[type.size()];
                all.forEach(i -> flags[i] = source.apply(i).booleanAt(index.applyAsInt(i)));
                yield flags;
            }
            case FLOAT32 -> {
                float[] floats = new float[type.size()];
                all.forEach(i -> floats[i] = (float) source.apply(i).doubleAt(index.applyAsInt(i)));
                yield floats;
            }
            case INT32 ->
                all.map(i -> (int) source.apply(i).longAt(index.applyAsInt(i))).toArray();
            case INT64 ->
                all.mapToLong(i -> source.apply(i).longAt(index.applyAsInt(i))).toArray();
            case FLOAT64 ->
                all.mapToDouble(i -> source.apply(i).doubleAt(index.applyAsInt(i)))
                        .toArray();
        };
        return Backend.get().array(type, elements);
    }

    /** Output {@code index} of one operation, computed when it is asked for; null unless all operands are known. */
    Supplier<ArrayData> apply(Primitive primitive, Array<Atom> atoms, Array<Fact> operands, int index) {
        return operands.forAll(Fact::isKnown) ? once(() -> run(primitive, atoms, operands)[index]) : null;
    }

    private ArrayData[] run(Primitive primitive, Array<Atom> atoms, Array<Fact> operands) {
        Key key = new Key(primitive, atoms.map(atom -> atom instanceof Literal literal ? literal : atom.type()));
        ArrayData[] data = operands.zip(atoms)
                .filter(p -> !(p._2 instanceof Literal))
                .map(p -> p._1.value().get())
                .toJavaArray(ArrayData[]::new);
        return executable(key).run(data);
    }

    /** The positions of the operands' elements at the places where an operation that moves elements brings them. */
    int[] places(Primitive movement, ArrayData... positions) {
        return (int[]) executable(new Key(movement, Array.of(positions).map(ArrayData::type)))
                .run(positions)[0]
                .toHostArray();
    }

    /** As {@link #places} for one array of the given shape, counted from 0; kept. */
    int[] places(Primitive movement, Shape shape) {
        ArrayType type = new ArrayType(DType.INT32, shape);
        return placed.computeIfAbsent(new Key(movement, Array.of(type)), key -> places(movement, positions(shape, 0)));
    }

    /** {@code first, first + 1, ...} in the given shape. */
    static ArrayData positions(Shape shape, int first) {
        int[] positions = new int[shape.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = first + i;
        }
        return Backend.get().array(new ArrayType(DType.INT32, shape), positions);
    }

    private Executable executable(Key key) {
        return compiled.computeIfAbsent(key, k -> {
            JaxprBuilder builder = new JaxprBuilder();
            Array<Atom> inputs =
                    k.operands().map(o -> o instanceof Literal literal ? literal : builder.input((ArrayType) o));
            return Backend.get().compile(builder.build(builder.append(k.primitive(), inputs, SourceInfo.UNKNOWN)));
        });
    }
}
