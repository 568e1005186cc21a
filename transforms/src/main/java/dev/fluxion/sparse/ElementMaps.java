package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Atom;
import dev.fluxion.ir.Custom;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.JaxprBuilder;
import dev.fluxion.ir.Primitive;
import dev.fluxion.ir.Var;
import io.vavr.collection.Array;
import java.util.Arrays;
import java.util.Optional;

/** What {@link TakeElements} and {@link AddElements} share: both read a last axis through a list of indices. */
final class ElementMaps {
    private ElementMaps() {}

    /** The type with a last axis of another size. */
    static ArrayType resized(ArrayType type, int size) {
        return type.withShape(type.shape().with(type.rank() - 1, size));
    }

    static Object take(Object x, int[] indices, int size) {
        return switch (x) {
            case double[] from -> {
                int rows = size == 0 ? 0 : from.length / size;
                double[] out = new double[rows * indices.length];
                for (int i = 0; i < out.length; i++) {
                    out[i] = from[i / indices.length * size + indices[i % indices.length]];
                }
                yield out;
            }
            case float[] from -> {
                int rows = size == 0 ? 0 : from.length / size;
                float[] out = new float[rows * indices.length];
                for (int i = 0; i < out.length; i++) {
                    out[i] = from[i / indices.length * size + indices[i % indices.length]];
                }
                yield out;
            }
            default -> throw new IllegalStateException("not floating: " + x.getClass());
        };
    }

    static Object add(Object x, int[] indices, int size) {
        return switch (x) {
            case double[] from -> {
                int rows = indices.length == 0 ? 1 : from.length / indices.length;
                double[] out = new double[rows * size];
                for (int i = 0; i < from.length; i++) {
                    out[i / indices.length * size + indices[i % indices.length]] += from[i];
                }
                yield out;
            }
            case float[] from -> {
                int rows = indices.length == 0 ? 1 : from.length / indices.length;
                float[] out = new float[rows * size];
                for (int i = 0; i < from.length; i++) {
                    out[i / indices.length * size + indices[i % indices.length]] += from[i];
                }
                yield out;
            }
            default -> throw new IllegalStateException("not floating: " + x.getClass());
        };
    }

    /** {@code (indices, cotangent) -> transpose(cotangent, indices)}: both are linear in their first operand. */
    static Optional<Jaxpr> transposed(Custom transpose, ArrayType indices, ArrayType cotangent, Array<Boolean> linear) {
        if (linear.get(1) || !linear.get(0)) {
            return Optional.empty();
        }
        JaxprBuilder builder = new JaxprBuilder();
        Var index = builder.input(indices);
        Var ct = builder.input(cotangent);
        return Optional.of(builder.build(Array.of(builder.append(transpose, ct, index))));
    }

    /** A batch of arrays is a larger array; the indices are the same for all. */
    static Optional<Jaxpr> batched(Primitive p, Array<ArrayType> inputs, Array<Boolean> batched, int batch) {
        if (batched.get(1)) {
            return Optional.empty();
        }
        ArrayType x = inputs.get(0);
        JaxprBuilder builder = new JaxprBuilder();
        Atom all = builder.input(x.withShape(x.shape().insert(0, batch)));
        return Optional.of(builder.build(Array.of(builder.append(p, all, builder.input(inputs.get(1))))));
    }

    /** Elements depend on those that they are taken from or that are added to them. */
    static Dependence dependence(Custom p, Array<Fact> in, ArrayType out) {
        Dependence x = in.get(0).dependence();
        Fact indices = in.get(1);
        if (!indices.isKnown()) {
            return Dependence.same(out.shape(), x.all());
        }
        int[] index = (int[]) indices.value().get().toHostArray();
        int size = out.shape().dims().last();
        if (p instanceof TakeElements take) {
            return Dependence.of(out.shape(), i -> x.get(i / index.length * take.size() + index[i % index.length]));
        }
        IndexSet.Union[] unions = new IndexSet.Union[out.size()];
        Arrays.setAll(unions, i -> new IndexSet.Union());
        for (int i = 0; i < x.shape().size(); i++) {
            unions[i / index.length * size + index[i % index.length]].add(x.get(i));
        }
        return Dependence.of(out.shape(), i -> unions[i].get());
    }
}
