package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.TreeDef;
import io.vavr.collection.Array;

/** What a trace depends on: the structure of the arguments, static values included, and the types of their arrays. */
public record Signature(TreeDef structure, Array<ArrayType> types) {
    static Signature of(Flat arguments) {
        return new Signature(arguments.treeDef(), arguments.leaves().map(NDArray::type));
    }

    /** Whether the arguments have this signature; compared without a hash. */
    boolean fits(Flat arguments) {
        Array<NDArray> leaves = arguments.leaves();
        if (leaves.size() != types.size()) {
            return false;
        }
        for (int i = 0; i < leaves.size(); i++) {
            if (!leaves.get(i).type().equals(types.get(i))) {
                return false;
            }
        }
        return arguments.treeDef().equals(structure);
    }

    /** A line for each place where this signature differs from an earlier one. */
    Array<String> differences(Signature earlier) {
        Array<String> lines = structure.differences(earlier.structure).map(Signature::argument);
        if (types.size() != earlier.types.size()) {
            return lines;
        }
        Array<String> paths = structure.paths();
        for (int i = 0; i < types.size(); i++) {
            if (!types.get(i).equals(earlier.types.get(i))) {
                lines = lines.append(argument(paths.get(i)) + " is " + types.get(i) + ", was " + earlier.types.get(i));
            }
        }
        return lines;
    }

    /** {@code argument 0.w} for the path {@code [0].w}. */
    private static String argument(String text) {
        return text.replaceFirst("^\\[(\\d+)]", "argument $1");
    }

    /** How far this signature is from another: structures first, then dtypes and shapes. */
    int distance(Signature that) {
        int distance = 3 * structure.differences(that.structure).size();
        for (int i = 0; i < Math.min(types.size(), that.types.size()); i++) {
            ArrayType a = types.get(i);
            ArrayType b = that.types.get(i);
            distance += (a.dtype() == b.dtype() ? 0 : 1) + (a.shape().equals(b.shape()) ? 0 : 1);
        }
        return distance;
    }
}
