package dev.fluxion.numerics.codegen;

import dev.fluxion.ir.Atom;
import dev.fluxion.ir.DType;
import dev.fluxion.ir.Elementwise;
import dev.fluxion.ir.Jaxpr;
import dev.fluxion.ir.ReduceOp;
import dev.fluxion.ir.StructuralHash;
import io.vavr.collection.Array;
import java.util.Objects;

/**
 * A fused elementwise region: for every index of a loop nest, {@code outputs[...] = body(inputs[...])}.
 *
 * <p>Extents and strides of the nest are arguments of {@link Kernel#run}; only what the innermost dimension looks like is
 * part of the specification, so that one kernel serves all sizes and ranks.
 *
 * @param body a program on scalars (rank 0) of {@link Elementwise} primitives only, without constants
 * @param loop false for a rank-0 nest: the body runs once, in straight-line code
 * @param inputs how the innermost dimension steps through each input of the body
 * @param outputs what becomes of each output of the body
 */
public record KernelSpec(Jaxpr body, boolean loop, Array<InnerStride> inputs, Array<Output> outputs) {
    /** Kernels of more arrays are wide: none of their outputs may be an input as well. */
    public static final int SHARING_ARRAYS = 16;

    /** Where the values of one output of the body go. */
    public sealed interface Output {
        InnerStride inner();

        /** {@code array[index] = value}. {@code inner} is ONE or ANY; in a rank-0 nest ONE. */
        record Store(InnerStride inner) implements Output {}

        /**
         * {@code array[index] = op over the loop dimensions in which the array's stride is 0}. {@link Kernel#run} sets the
         * array to the identity first. {@code inner} is ZERO when the innermost dimension is reduced, else ONE or ANY.
         *
         * <p>The order is fixed. Kept innermost dimension: the elements are combined one by one in loop order. Reduced
         * innermost dimension: each row is cut into blocks of {@link Kernel#REDUCTION_BLOCK}; element i of a block goes to
         * accumulator i mod {@link Kernel#ACCUMULATORS}, the accumulators are combined as a binary tree (i with i + 8, i + 4,
         * i + 2, i + 1), and the blocks one by one in loop order.
         */
        record Reduce(ReduceOp op, InnerStride inner) implements Output {}
    }

    /** Whether the innermost dimension of some output is reduced. */
    boolean reducesRows() {
        return !rowDtypes().isEmpty();
    }

    /** The dtypes of the outputs whose innermost dimension is reduced, each once. */
    Array<DType> rowDtypes() {
        return body.outputs()
                .zip(outputs)
                .filter(output -> output._2().inner() == InnerStride.ZERO)
                .map(output -> output._1().dtype())
                .distinct();
    }

    /** What kernels are cached by: specifications of equal keys have equal code. */
    public record Key(StructuralHash body, boolean loop, Array<InnerStride> inputs, Array<Output> outputs) {}

    public KernelSpec {
        Objects.requireNonNull(body, "body");
        require(body.constants().isEmpty(), "the body has constants");
        require(body.inputs().size() == inputs.size(), "one stride per input of the body");
        require(body.outputs().size() == outputs.size(), "one end per output of the body");
        require(body.inputs().forAll(in -> in.type().isScalar()), "the body is a program on scalars");
        require(
                body.equations().forAll(e -> e.primitive() instanceof Elementwise),
                "the body has elementwise operations only");
        require(
                outputs.forAll(out -> out instanceof Output.Reduce || out.inner() != InnerStride.ZERO),
                "a store steps through its array");
        require(loop || outputs.forAll(Output.Store.class::isInstance), "a rank-0 nest reduces nothing");
    }

    public Key key() {
        return new Key(body.structuralHash(), loop, inputs, outputs);
    }

    /** The same accesses around another program of the same type. */
    KernelSpec withBody(Jaxpr newBody) {
        return new KernelSpec(newBody, loop, inputs, outputs);
    }

    /** The number of arrays: inputs, then outputs. */
    public int arrayCount() {
        return inputs.size() + outputs.size();
    }

    /** Whether an array may be an input and an output. */
    boolean mayShareArrays() {
        return arrayCount() <= SHARING_ARRAYS;
    }

    /** The element type of each array: inputs, then outputs. */
    public Array<DType> dtypes() {
        return body.inputs().map(Atom::dtype).appendAll(body.outputs().map(Atom::dtype));
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("kernel specification: " + rule);
        }
    }
}
