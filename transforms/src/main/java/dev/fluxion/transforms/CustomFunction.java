package dev.fluxion.transforms;

import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.Control;
import dev.fluxion.numpy.NDArray;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import dev.fluxion.tree.Tree;
import dev.fluxion.tree.TreeDef;
import io.vavr.collection.Array;
import java.io.Serializable;

/** A function that has rules of its own, and which of its arguments they differentiate. */
public final class CustomFunction implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeFunction f;
    private final transient TreeFunction arranged;
    private final Argnums argnums;

    private CustomFunction(TreeFunction f, Argnums argnums) {
        this.f = f;
        this.argnums = argnums;
        this.arranged = TreeFunction.internal(f.label(), arguments -> f.apply(argnums.restore(arguments)));
    }

    /**
     * @param arguments how many arguments f takes
     * @param nondiff the positions of those that are not differentiated
     * @throws dev.fluxion.ir.FluxionException FX0104 when a position is no argument's or given twice, or none is left
     */
    public static CustomFunction of(TreeFunction f, int arguments, Array<Integer> nondiff) {
        return new CustomFunction(f, Argnums.of(arguments, nondiff));
    }

    private Object readResolve() {
        return new CustomFunction(f, argnums);
    }

    String label() {
        return f.label();
    }

    Argnums argnums() {
        return argnums;
    }

    /** Runs the function as it is. */
    Object apply(Array<?> arguments) {
        return f.apply(arguments);
    }

    /** A call in the current trace. */
    Site site(Array<?> arguments) {
        Flat flat = arranged.flatten("a custom rule", argnums.arrange(arguments));
        Flat own = Tree.flatten(argnums.diff(arguments));
        TracedTree traced = arranged.trace("a custom rule", flat);
        SubPrograms.Closed closed = SubPrograms.withoutConstants(traced.jaxpr());
        Array<NDArray> inputs = flat.leaves().appendAll(traced.captures()).appendAll(closed.constants());
        return new Site(argnums, traced, flat.treeDef(), own.treeDef(), closed, inputs);
    }

    /**
     * The call of a custom function. The inputs of its program are the leaves of the differentiated arguments, those of the
     * others, the captured values and the program's constants.
     *
     * @param structure of all arguments, the differentiated ones first
     * @param own the structure of the differentiated arguments
     */
    record Site(
            Argnums argnums,
            TracedTree traced,
            TreeDef structure,
            TreeDef own,
            SubPrograms.Closed closed,
            Array<NDArray> inputs) {

        Array<ArrayType> inputTypes() {
            return closed.jaxpr().inputTypes();
        }

        Array<ArrayType> outputTypes() {
            return closed.jaxpr().outputTypes();
        }

        /** The types of the differentiated leaves. */
        Array<ArrayType> types() {
            return inputTypes().take(own.leafCount());
        }

        /** How many inputs are not differentiated. */
        int captured() {
            return inputs.size() - own.leafCount();
        }

        /** Marks the inputs that may carry an ordinary derivative: floating ones that no rule speaks of. */
        Array<Boolean> throughBody() {
            int last = structure.leafCount() + traced.captures().size();
            return Leaves.floating(inputTypes())
                    .zipWithIndex((floating, i) -> floating && i >= own.leafCount() && i < last);
        }

        /** The arguments as the user wrote them, from inputs of the program. */
        Array<?> arguments(Array<NDArray> inputs) {
            return argnums.restore(arranged(inputs));
        }

        /** The arguments that are not differentiated, null at the places of the others. */
        Array<?> nondiff(Array<NDArray> inputs) {
            return argnums.nondiffOnly(arranged(inputs));
        }

        private Array<?> arranged(Array<NDArray> inputs) {
            return structure.unflatten(inputs.take(structure.leafCount()));
        }

        /** Tangents of the arguments, null at the places of those that are not differentiated. */
        Array<?> tangents(Array<NDArray> leaves) {
            return argnums.spread(own.unflatten(leaves.take(own.leafCount())));
        }

        /** One equation in the current trace. */
        Object bind(Control primitive) {
            return traced.result().unflatten(Tracing.bindAll(primitive, inputs));
        }
    }
}
