package dev.fluxion.ir;

import io.vavr.collection.Array;
import java.util.Optional;

/**
 * An operation of the user's own. Its meaning is a program over other operations ({@link #body}), a host function
 * ({@link #host}), or both (then the host function is what runs, and the body what transforms see where no rule is
 * given). Rules are programs too; write them in Java and obtain them with {@code makeJaxpr}. Implement {@code equals} and
 * {@code hashCode} by value (a record does) so that equal equations are shared.
 */
public non-sealed interface Custom extends Primitive {
    /**
     * The result types.
     *
     * @throws FluxionException when the operation does not accept such inputs
     */
    Array<ArrayType> outputTypes(Array<ArrayType> inputs);

    /** The operation as a program over other operations. */
    default Optional<Jaxpr> body(Array<ArrayType> inputs) {
        return Optional.empty();
    }

    /**
     * Whether running it does something besides giving results, such as printing. Such an operation stays in the program
     * though nothing reads its results, runs once each time the program comes to it, and keeps its place among others.
     */
    default boolean hasEffect() {
        return false;
    }

    /** The operation as a function on host data. Must be pure (but see {@link #hasEffect}) and safe to call from many threads. */
    default Optional<HostFunction> host() {
        return Optional.empty();
    }

    /** A program of (inputs, input tangents) giving (outputs, output tangents); integer inputs have no tangent slot. */
    default Optional<Jaxpr> jvp(Array<ArrayType> inputs) {
        return Optional.empty();
    }

    /**
     * When the operation is linear in the inputs marked true: a program of (the other inputs, output cotangents) giving
     * the cotangents of the marked inputs.
     */
    default Optional<Jaxpr> transpose(Array<ArrayType> inputs, Array<Boolean> linear) {
        return Optional.empty();
    }

    /**
     * The operation over a batch: a program whose inputs marked true have a leading axis of {@code size}, and whose
     * outputs all have one.
     */
    default Optional<Jaxpr> batch(Array<ArrayType> inputs, Array<Boolean> batched, int size) {
        return Optional.empty();
    }

    /** A function on host data. */
    @FunctionalInterface
    interface HostFunction {
        /**
         * @param inputs fresh row-major Java arrays, one per input ({@code boolean[] int[] long[] float[] double[]})
         * @return row-major Java arrays, one per output
         */
        Array<Object> apply(Array<Object> inputs);
    }
}
