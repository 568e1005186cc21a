package dev.fluxion.sparse;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.transforms.Jvp;
import dev.fluxion.transforms.JvpProgram;
import dev.fluxion.transforms.TracedTree;
import io.vavr.collection.Array;

/**
 * The pattern of a Jacobian, read off the program of its forward derivative: which elements of the input tangents each
 * element of the output tangents depends on. What derivative rules say, users' rules included, is in that program.
 */
final class Detection {
    private Detection() {}

    /**
     * Rows are the elements of all results, columns those of the arguments, leaf after leaf, row-major. All of them are
     * floats.
     */
    static SparsityPattern of(TracedTree traced) {
        Jaxpr jaxpr = traced.jaxpr();
        JvpProgram jvp = forward(traced);
        int[] first = {0};
        Array<Fact> facts = jvp.jaxpr().inputTypes().zipWithIndex((type, i) -> {
            if (i < jaxpr.inputs().size()) {
                return Fact.independent(type);
            }
            Fact tangent = Fact.of(type, Dependence.identity(type.shape(), first[0]));
            first[0] += type.size();
            return tangent;
        });
        Array<Fact> tangents =
                new Propagation().run(jvp.jaxpr(), facts).drop(jaxpr.outputs().size());
        IndexSet[] rows = new IndexSet[size(jaxpr.outputTypes())];
        int at = 0;
        int next = 0;
        for (int o = 0; o < jaxpr.outputs().size(); o++) {
            Dependence of = jvp.activeOutputs().get(o) ? tangents.get(next++).dependence() : null;
            for (int e = 0; e < jaxpr.outputs().get(o).shape().size(); e++) {
                rows[at++] = of == null ? IndexSet.EMPTY : of.get(e);
            }
        }
        return SparsityPattern.ofRows(rows.length, first[0], i -> rows[i]);
    }

    /** The program of the forward derivative with respect to all arguments. */
    static JvpProgram forward(TracedTree traced) {
        return Jvp.of(traced.jaxpr(), traced.jaxpr().inputs().zipWithIndex((in, i) -> i < traced.arguments()));
    }

    /** The number of elements of arrays of the given types. */
    static int size(Array<ArrayType> types) {
        return types.map(ArrayType::size).sum().intValue();
    }

    /** Refuses leaves without derivative. */
    static void requireFloating(String what, Array<ArrayType> types) {
        types.filter(type -> !type.dtype().isFloating()).forEach(type -> {
            throw Tracing.located(
                    FluxionException.of(ErrorCode.NON_FLOAT_GRAD, what + ": " + type + " has no derivative")
                            .hint("convert it with astype(DType.FLOAT64)"));
        });
    }
}
