package dev.fluxion.transforms;

import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.Executable;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Ints;
import dev.fluxion.tracing.Tracing;
import dev.fluxion.tree.Flat;
import io.vavr.collection.Array;

/** A function traced for given arguments, to be compiled and called for such arguments only. */
public final class AheadOfTime {
    private final TreeFunction function;
    private final Ints donated;
    private final Signature signature;
    private final TracedTree traced;

    private AheadOfTime(TreeFunction function, Ints donated, Signature signature, TracedTree traced) {
        this.function = function;
        this.donated = donated;
        this.signature = signature;
        this.traced = traced;
    }

    /**
     * @throws FluxionException FX0301 when the function closes over values of an enclosing trace
     */
    public static AheadOfTime of(TreeFunction f, Ints donated, Array<?> arguments) {
        Flat flat = f.flatten("lower", arguments);
        TracedTree traced = f.trace("lower", flat);
        if (!traced.captures().isEmpty()) {
            throw Tracing.located(FluxionException.of(
                            ErrorCode.CONCRETE_VALUE_NEEDED,
                            "lower of " + f.label() + ": it closes over traced values, which are not known yet")
                    .hint("lower functions outside of traced code, or pass the values as arguments"));
        }
        return new AheadOfTime(f, donated, Signature.of(flat), traced);
    }

    public String label() {
        return function.label();
    }

    public Signature signature() {
        return signature;
    }

    public TracedTree traced() {
        return traced;
    }

    /** The compiled program; compiled now or before. */
    public Executable compiled() {
        return donated.isEmpty()
                ? traced.program().compiled()
                : Donation.program(traced, donated, signature.structure()).compiled();
    }

    /**
     * The result for arguments of the structure and types that this was traced for.
     *
     * @throws FluxionException FX0604 for others
     */
    public Object call(Array<?> arguments) {
        Flat flat = function.flatten("compiled", arguments);
        if (!signature.fits(flat)) {
            FluxionException error = FluxionException.of(
                    ErrorCode.COMPILED_MISMATCH,
                    "compiled " + label() + ": the arguments are not those that it was compiled for");
            for (String line : Signature.of(flat).differences(signature)) {
                error = error.detail(line);
            }
            throw Tracing.located(
                    error.hint("lower and compile it for these arguments too, or call jit(f), which compiles for any"));
        }
        return Staging.run(traced, donated, flat);
    }
}
