package dev.fluxion.tree;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Backend;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Shape;
import dev.fluxion.lax.Lax;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import io.vavr.Function1;
import io.vavr.collection.Array;

/** A tree as one vector, and back: what optimisers and linear algebra want. */
public final class Ravel {
    private Ravel() {}

    /**
     * A tree as a vector.
     *
     * @param flat all elements, row-major, one array after the other
     * @param unravel a vector of the same length -> the tree
     */
    public record Raveled<T>(NDArray flat, Function1<NDArray, T> unravel) {}

    /**
     * All elements of a tree in one vector, in the common dtype of its arrays; {@code unravel} gives each array its own
     * dtype again. A tree without arrays gives {@code f64[0]}. (JAX: {@code ravel_pytree}.)
     */
    public static <T> Raveled<T> ravel(T tree) {
        Flat parts = Tree.flatten(tree);
        TreeDef treeDef = parts.treeDef();
        Array<ArrayType> types = parts.leaves().map(NDArray::type);
        DType dtype = types.map(ArrayType::dtype).reduceOption(DType::promote).getOrElse(DType.FLOAT64);
        Array<NDArray> vectors =
                parts.leaves().map(leaf -> Lax.convertElementType(Lax.reshape(leaf, Shape.of(leaf.size())), dtype));
        NDArray flat = switch (vectors.size()) {
            case 0 -> NDArray.of(Backend.get().array(ArrayType.of(DType.FLOAT64, 0), new double[0]));
            case 1 -> vectors.head();
            default -> Lax.concatenate(vectors, 0);
        };
        return new Raveled<>(flat, vector -> treeDef.unflatten(split(vector, flat.type(), types)));
    }

    private static Array<NDArray> split(NDArray vector, ArrayType expected, Array<ArrayType> types) {
        if (!vector.type().equals(expected)) {
            throw Tracing.located(FluxionException.of(ErrorCode.SHAPE_MISMATCH, "unravel: not a vector of this tree")
                    .detail("expected " + expected)
                    .detail("given " + vector.type()));
        }
        int[] at = {0};
        return types.map(type -> {
            int from = at[0];
            at[0] += type.size();
            NDArray part = Lax.sliceInDim(vector, from, at[0], 1, 0);
            return Lax.convertElementType(Lax.reshape(part, type.shape()), type.dtype());
        });
    }
}
