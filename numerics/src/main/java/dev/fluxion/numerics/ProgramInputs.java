package dev.fluxion.numerics;

import dev.fluxion.ir.ArrayData;
import dev.fluxion.ir.ArrayType;
import dev.fluxion.ir.ErrorCode;
import dev.fluxion.ir.FluxionException;
import dev.fluxion.ir.Jaxpr;

/** The arguments of one run, checked against the program before anything is computed. */
public final class ProgramInputs {
    private ProgramInputs() {}

    /** The types of the inputs of a program. */
    public static ArrayType[] types(Jaxpr jaxpr) {
        return jaxpr.inputTypes().toJavaArray(ArrayType[]::new);
    }

    /**
     * Refuses arguments that do not fit.
     *
     * @throws FluxionException when their number or types are not the program's
     */
    public static void check(ArrayType[] types, ArrayData... inputs) {
        if (inputs.length != types.length) {
            throw FluxionException.of(
                    ErrorCode.BAD_DATA, "run: the program takes " + types.length + " inputs, given " + inputs.length);
        }
        for (int i = 0; i < types.length; i++) {
            if (!inputs[i].type().equals(types[i])) {
                throw FluxionException.of(ErrorCode.BAD_DATA, "run: input " + i + " is of another type")
                        .detail("the program takes " + types[i])
                        .detail("given " + inputs[i].type());
            }
        }
    }
}
